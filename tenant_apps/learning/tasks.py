"""Background work of learning: tests whose time ran out while nobody looked."""

import structlog
from django_tasks import task

from tenant_apps.learning.choices import TestPurpose
from tenant_apps.learning.models import Enrolment
from tenant_apps.learning.selectors.topics import topic_of
from tenant_apps.learning.services import attachments
from tenant_apps.learning.services.tests import submit_test
from tenant_apps.sittings import selectors as sittings
from tenants.models import Tenant
from tenants.schemas import for_each_tenant

log = structlog.get_logger("lintas.learning")


@task()
def submit_overdue() -> int:
    """Submit every test whose deadline has passed, from what was saved; returns how many."""
    return sum(count for _tenant, count in for_each_tenant(_submit_overdue))


@task()
def sweep_files() -> int:
    """Delete files that no version of their topic shows; daily. Returns how many."""
    return sum(count for _tenant, count in for_each_tenant(lambda _tenant: attachments.sweep()))


def _submit_overdue(tenant: Tenant) -> int:
    count = 0
    for sitting in sittings.overdue():
        enrolment = Enrolment.objects.filter(
            member_id=sitting.member_id, topic_id=sitting.subject_uuid
        ).first()
        if enrolment is None:
            log.warning("overdue test without enrolment", sitting=str(sitting.pk))
            continue
        submit_test(
            by=None,
            enrolment=enrolment,
            topic=topic_of(enrolment),
            purpose=TestPurpose(sitting.purpose),
            sitting_id=sitting.pk,
        )
        count += 1
    return count
