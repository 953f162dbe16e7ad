"""Background work of the tenant itself."""

from django_tasks import task

from tenant_apps.administration.services import announcements, roles
from tenants.schemas import for_each_tenant


@task()
def remind_of_ending_roles() -> int:
    """Tell of roles that end soon; returns how many notices were new."""
    return roles.remind_of_ending()


@task()
def tell_announcements() -> int:
    """Tell of announcements whose first day has come; returns how many."""
    return sum(count for _tenant, count in for_each_tenant(lambda _: announcements.tell_due()))
