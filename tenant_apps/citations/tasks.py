"""Background work: tell who owns what cites a regulation that moved."""

from django_tasks import task

from tenant_apps.citations import services
from tenants.schemas import for_each_tenant


@task()
def tell_owners() -> int:
    """Compare each tenant's citations with the register; returns how many notices were new."""
    return sum(count for _tenant, count in for_each_tenant(lambda _: services.tell_owners()))
