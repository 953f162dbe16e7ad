"""Answering people whom other agencies proposed for an offering, and proposing one's own."""

import uuid
from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from shared_apps.audit import services as audit
from shared_apps.offerings.choices import ProposalState
from shared_apps.offerings.errors import ProposalRefused
from shared_apps.offerings.models import Announcement, Proposal
from shared_apps.offerings.services import proposals as shared
from tenant_apps.learning.choices import SeatSource, SeatState
from tenant_apps.learning.models import Offering
from tenant_apps.learning.services.assignment import match, read_numbers
from tenant_apps.learning.services.seating import lock_offering, place
from tenant_apps.learning.services.seats import require_manager, require_seating
from tenants.schemas import current_tenant


@transaction.atomic
def accept(*, by: Any, offering: Offering, person_ids: Sequence[uuid.UUID]) -> tuple[int, int, int]:
    """Seat proposed people; returns how many sit, wait, and went back with a reason."""
    require_manager(by)
    locked = lock_offering(offering.pk)
    require_seating(locked)
    tenant = current_tenant()
    rows = shared.lock_people(tenant=tenant, uuid=locked.pk, ids=person_ids)
    placed = place(
        locked, [row.account_id for row in rows], source=SeatSource.PROPOSED, by=by
    )  # fmt: skip
    counts = {ProposalState.SEATED: 0, ProposalState.WAITING: 0, ProposalState.RETURNED: 0}
    for row in rows:
        why = placed.refusals.get(row.account_id, "")
        seat = placed.seats.get(row.account_id)
        if why:
            state = ProposalState.RETURNED
        elif seat is not None and seat.state == SeatState.WAITING:
            state = ProposalState.WAITING
        else:
            state = ProposalState.SEATED
        shared.answer(row=row, state=state, note=why)
        counts[state] += 1
    _close(by, locked, [row.proposal_id for row in rows], "", counts)
    return counts[ProposalState.SEATED], counts[ProposalState.WAITING], counts[
        ProposalState.RETURNED
    ]  # fmt: skip


@transaction.atomic
def give_back(*, by: Any, offering: Offering, person_ids: Sequence[uuid.UUID], note: str) -> int:
    """Return proposed people to their agency with a note; says how many."""
    require_manager(by)
    if not note.strip():
        raise ProposalRefused(_("Tulis catatan; instansi pengusul membacanya."), field="note")
    locked = lock_offering(offering.pk)
    rows = shared.lock_people(tenant=current_tenant(), uuid=locked.pk, ids=person_ids)
    for row in rows:
        shared.answer(row=row, state=ProposalState.RETURNED, note=note)
    _close(by, locked, [row.proposal_id for row in rows], note, {ProposalState.RETURNED: len(rows)})
    return len(rows)


def _close(
    by: Any,
    offering: Offering,
    proposals: Sequence[uuid.UUID],
    note: str,
    counts: dict[ProposalState, int],
) -> None:
    if not proposals:
        return
    shared.close(proposals=sorted(set(proposals)), answer_text=note, title=offering.full_title)
    audit.record(
        "proposal.answered", by=by, kind="offering", ref=offering.pk,
        data={str(state): count for state, count in counts.items()},
    )  # fmt: skip


def propose(*, by: Any, announcement: Announcement, text: str, note: str) -> Proposal:
    """Propose people of the open tenant's own agency by their pasted numbers.

    Raises ProposalRefused that names every number which is not one of its people: nobody is sent
    until the list is right.
    """
    numbers, faulty = read_numbers(text)
    if faulty:
        raise ProposalRefused(
            _("Bukan NIP atau NI PPPK: {lines}.").format(lines=", ".join(faulty[:5])),
            field="numbers",
        )
    matched = match(numbers, agency_id=current_tenant().agency_id)
    if matched.refusals:
        listed = " ".join(f"{number}: {why}" for number, why in list(matched.refusals.items())[:5])
        raise ProposalRefused(
            _("{count} nomor belum dapat diusulkan. {list}").format(
                count=len(matched.refusals), list=listed
            ),
            field="numbers",
        )
    return shared.propose(
        by=by, announcement=announcement, account_ids=list(matched.accounts.values()), note=note
    )
