"""Background work of the tenant itself."""

from django_tasks import task

from tenant_apps.administration.services import roles


@task()
def remind_of_ending_roles() -> int:
    """Tell of roles that end soon; returns how many notices were new."""
    return roles.remind_of_ending()
