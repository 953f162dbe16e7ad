"""Telling a proposed person's own agency how far they are, in the transaction of the change."""

from shared_apps.offerings.services import proposals
from tenant_apps.learning.models import Enrolment
from tenant_apps.learning.steps import chain_of, steps_done
from tenants.schemas import current_tenant


def tell_home(enrolment: Enrolment) -> None:
    """Write the steps done of an enrolment in a class; does nothing for who was not proposed.

    The enrolment counts as the caller holds it, the person's others in the class as stored.
    """
    if enrolment.offering_id is None:
        return
    rows = [
        enrolment,
        *Enrolment.objects.filter(
            offering=enrolment.offering_id, member=enrolment.member_id
        ).exclude(pk=enrolment.pk),
    ]
    proposals.follow(
        tenant=current_tenant(),
        uuid=enrolment.offering_id,
        account_id=enrolment.member_id,
        done=sum(steps_done(row) for row in rows),
        total=sum(len(chain_of(row)) for row in rows),
    )
