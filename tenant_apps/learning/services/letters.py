"""Calling the participants of an offering: a frozen letter, and a notice to each of them."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from shared_apps.accounts import selectors as accounts
from shared_apps.accounts.selectors import Holder
from shared_apps.notifications import services as notifications
from shared_apps.offerings import selectors as shared
from shared_apps.offerings.errors import ProposalRefused
from shared_apps.offerings.models import Letter
from shared_apps.offerings.services import letters
from tenant_apps.learning.choices import SeatState
from tenant_apps.learning.models import Offering, Seat
from tenant_apps.learning.services.seats import require_manager
from tenants.schemas import current_tenant


def called_people(offering: Offering) -> list[Holder]:
    """Return the seated people by agency and name."""
    ids = Seat.objects.filter(offering=offering, state=SeatState.SEATED).values_list(
        "member_id", flat=True
    )
    people = accounts.holders(ids).values()
    return sorted(people, key=lambda row: (row.agency_name.casefold(), row.name.casefold()))


@transaction.atomic
def call(*, by: Any, offering: Offering, number: str, agency_id: int | None) -> Letter:
    """Issue a letter to all seated people, or to those of one agency, and tell each of them."""
    require_manager(by)
    tenant = current_tenant()
    announcement = shared.announcement_of(tenant=tenant, uuid=offering.pk)
    if announcement is None:
        raise ProposalRefused(_("Buka kelasnya dahulu."))
    people = [
        row for row in called_people(offering) if agency_id is None or row.agency_id == agency_id
    ]
    letter = letters.issue(
        by=by,
        announcement=announcement,
        agency_id=agency_id,
        number=number,
        people=[
            {"name": row.name, "number": row.number, "agency": row.agency_name} for row in people
        ],
    )
    notifications.notify(
        kind="offering.called",
        account_ids=[row.account_id for row in people],
        data={
            "title": offering.full_title,
            "number": letter.number,
            "starts_at": (offering.starts_at or letter.issued_at).isoformat(),
        },
        path=f"/kelas/{offering.slug}/",
        key=str(letter.pk),
    )
    return letter
