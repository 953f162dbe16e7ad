"""Background work of this app."""

from django_tasks import task

from tenant_apps.members.services import matches
from tenants.schemas import for_each_tenant


@task()
def match_new() -> int:
    """Confirm new identities that match a staff list; every two minutes. Returns how many."""
    found = for_each_tenant(lambda _tenant: matches.confirm_new().confirmed)
    return sum(count for _tenant, count in found)
