"""Telling everybody concerned where a person stands with an offering.

The person by desk and notice, the agency that proposed them by the shared row: in the
transaction of the change.
"""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from shared_apps.desk import services as desk
from shared_apps.desk.choices import SeatStep
from shared_apps.notifications import services as notifications
from shared_apps.offerings.choices import ProposalState
from shared_apps.offerings.services import proposals
from tenant_apps.learning.choices import SeatState
from tenant_apps.learning.models import Offering, Seat
from tenants.choices import ThingKind
from tenants.schemas import current_tenant

STEP_OF = {
    SeatState.APPLIED: SeatStep.APPLIED,
    SeatState.WAITING: SeatStep.WAITING,
    SeatState.SEATED: SeatStep.SEATED,
    SeatState.COMPLETED: SeatStep.OVER,
    SeatState.ABSENT: SeatStep.OVER,
}
NOTICE_OF = {SeatState.SEATED: "seat.given", SeatState.WAITING: "seat.waiting"}
PROPOSAL_OF = {
    SeatState.SEATED: ProposalState.SEATED,
    SeatState.WAITING: ProposalState.WAITING,
    SeatState.DECLINED: ProposalState.RETURNED,
    SeatState.WITHDRAWN: ProposalState.WITHDRAWN,
    SeatState.COMPLETED: ProposalState.COMPLETED,
    SeatState.ABSENT: ProposalState.ABSENT,
}


def tell(
    offering: Offering, seats: Sequence[Seat], *, by: Any, notice: str | None = None, note: str = ""
) -> None:
    """Keep desk, notices and the proposing agency in step with some seats of one new state."""
    tenant, path = current_tenant(), f"/kelas/{offering.slug}/"
    groups: dict[str, list[Seat]] = defaultdict(list)
    for seat in seats:
        step = STEP_OF.get(SeatState(seat.state))
        thing = {
            "account_id": seat.member_id, "tenant": tenant, "kind": ThingKind.OFFERING,
            "uuid": offering.pk,
        }  # fmt: skip
        if step is None:
            desk.remove(**thing)
        else:
            desk.put(
                **thing, title=offering.full_title, step=step, path=path,
                due_at=offering.starts_at or offering.ends_at, done=step == SeatStep.OVER,
            )  # fmt: skip
        kind = NOTICE_OF.get(SeatState(seat.state), "") if notice is None else notice
        # Who signed up reads the answer on the page; the others are told.
        if kind and not (notice is None and getattr(by, "pk", None) == seat.member_id):
            groups[kind].append(seat)
    for kind, rows in groups.items():
        for changed_at in {row.changed_at for row in rows}:
            notifications.notify(
                kind=kind,
                account_ids=[row.member_id for row in rows if row.changed_at == changed_at],
                data={"title": offering.full_title, "note": note or "–"},
                path=path,
                key=f"{offering.pk}:{changed_at.isoformat()}",
            )
    if offering.quota:
        for seat in seats:
            state = PROPOSAL_OF.get(SeatState(seat.state))
            if state is not None:
                proposals.follow(
                    tenant=tenant, uuid=offering.pk, account_id=seat.member_id, state=state
                )
