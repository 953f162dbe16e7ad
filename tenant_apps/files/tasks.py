"""Background work of this app."""

from django_tasks import task

from tenant_apps.files.services.removal import sweep_bytes
from tenants.schemas import for_each_tenant


@task()
def sweep() -> int:
    """Delete old bytes that no row names; daily. Returns how many."""
    return sum(count for _tenant, count in for_each_tenant(lambda _tenant: sweep_bytes()))
