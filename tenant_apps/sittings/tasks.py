"""Background work of sittings: adding scored answers to the statistics of their questions."""

from django_tasks import task

from tenant_apps.sittings.services.counting import count_answers as count_here
from tenants.models import Tenant
from tenants.schemas import for_each_tenant


@task()
def count_answers() -> int:
    """Count the tests that were scored since the last time; returns how many."""

    def work(tenant: Tenant) -> int:
        return count_here()

    return sum(count for _tenant, count in for_each_tenant(work))
