"""Giving and taking seats: what every way into an offering shares, under a lock of its row.

Locks are taken in the order offering, enrolments, seats. A batch costs a fixed number of
statements and one for each desk item, so that ten thousand people are seated in a minute.
"""

import uuid
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from shared_apps.desk import services as desk
from shared_apps.desk.choices import SeatStep, Step
from shared_apps.notifications import services as notifications
from shared_apps.offerings.choices import SEATING, ProposalState
from shared_apps.offerings.services import announcements, proposals
from shared_apps.recognition.services import totals
from tenant_apps.learning.choices import GONE, TAKING, Chain, SeatState
from tenant_apps.learning.errors import SeatRefused
from tenant_apps.learning.models import Enrolment, Offering, Seat, Topic
from tenant_apps.learning.selectors.offerings import topics_of
from tenant_apps.learning.services import figures
from tenant_apps.learning.services.enrolments import put_on_desk
from tenant_apps.members.services import joining
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


@dataclass
class Placed:
    """What came of a batch: the seats by account, and sentences for those who got none."""

    seats: dict[uuid.UUID, Seat] = field(default_factory=dict)
    refusals: dict[uuid.UUID, str] = field(default_factory=dict)


def lock_offering(offering_id: uuid.UUID) -> Offering:
    """Return an offering locked and fresh: seats are given and taken one after the other."""
    return Offering.objects.select_for_update(no_key=True).get(pk=offering_id)


def place(
    offering: Offering,
    account_ids: Sequence[uuid.UUID],
    *,
    source: str,
    by: Any,
    apply_only: bool = False,
) -> Placed:
    """Seat people in a locked offering in their order, or put them on its waiting list.

    `apply_only` makes applications that wait for an approval. Who has a seat already keeps it; who
    has completed the programme, or takes part in it elsewhere, is refused with a sentence.
    """
    placed = Placed()
    people = list(dict.fromkeys(account_ids))
    topics = topics_of(offering)
    seats = {
        seat.member_id: seat for seat in Seat.objects.filter(offering=offering, member__in=people)
    }
    enrolments = _enrolments(people, topics)
    busy = _elsewhere(offering, enrolments)
    wanted: list[Seat] = []
    for account_id in people:
        seat = seats.get(account_id)
        if seat is not None and seat.state not in GONE:
            placed.seats[account_id] = seat
            placed.refusals[account_id] = _("Sudah terdaftar di kelas ini.")
            continue
        why = _obstacle(enrolments.get(account_id, {}), topics, busy)
        if why:
            placed.refusals[account_id] = why
            continue
        joining.join(account_id=account_id)
        fresh = seat or Seat(offering=offering, member_id=account_id)
        fresh.source, fresh.note, fresh.made_at = source, "", timezone.now()
        wanted.append(fresh)
        placed.seats[account_id] = fresh
    room = len(wanted) if offering.capacity is None else offering.seats_left or 0
    if apply_only:
        _set(wanted, SeatState.APPLIED, by=by)
    else:
        _queue(offering, wanted[room:], by=by)
        _set(wanted[:room], SeatState.SEATED, by=by)
    _store(wanted)
    seated = [] if apply_only else wanted[:room]
    offering.seats_taken += len(seated)
    _keep_count(offering)
    link(offering, seated, topics, enrolments)
    tell(offering, wanted, by=by)
    return placed


def seat_waiting(offering: Offering, seats: Sequence[Seat], *, by: Any) -> None:
    """Give seats of a locked offering to applicants, in their order; the rest waits."""
    rows = list(seats)
    room = len(rows) if offering.capacity is None else offering.seats_left or 0
    _queue(offering, rows[room:], by=by)
    _set(rows[:room], SeatState.SEATED, by=by)
    _store(rows)
    offering.seats_taken += len(rows[:room])
    _keep_count(offering)
    _link(offering, rows[:room])
    tell(offering, rows, by=by)


def move_up(offering: Offering) -> list[Seat]:
    """Seat the first of the waiting list of a locked offering, as far as there is room."""
    if offering.state not in SEATING:
        return []
    waiting = Seat.objects.filter(offering=offering, state=SeatState.WAITING).order_by("number")
    left = offering.seats_left
    rows = list(waiting if left is None else waiting[:left])
    if not rows:
        return []
    _set(rows, SeatState.SEATED, by=None)
    _store(rows)
    offering.seats_taken += len(rows)
    _keep_count(offering)
    _link(offering, rows)
    tell(offering, rows, by=None, notice="seat.moved_up")
    return rows


def leave(
    offering: Offering,
    seats: Iterable[Seat],
    state: str,
    *,
    by: Any,
    note: str,
    notice: str | None = None,
) -> None:
    """Take people out of a locked offering and let the waiting list move up."""
    rows = list(seats)
    topics = topics_of(offering)
    took = [seat for seat in rows if seat.state in TAKING]
    enrolled = list(
        Enrolment.objects.select_for_update(no_key=True)
        .filter(offering=offering, member__in=[seat.member_id for seat in took])
        .order_by("pk")
    )
    named = {topic.pk: topic for topic in topics}
    for enrolment in enrolled:
        release(enrolment, named[enrolment.topic_id])
    for seat in rows:
        seat.note = note[:300]
    _set(rows, state, by=by)
    _store(rows)
    offering.seats_taken -= len(took)
    _keep_count(offering)
    if notice is None:
        notice = "seat.declined" if state == SeatState.DECLINED else "seat.removed"
    tell(offering, rows, by=by, notice="" if by is None else notice, note=note)
    move_up(offering)


def release(enrolment: Enrolment, topic: Topic) -> None:
    """Let a locked enrolment that is not completed go on as learning by oneself.

    A pass inside the class does not count there: the post-test is taken again.
    """
    enrolment.offering_id = None
    if enrolment.completed_at is None and enrolment.chain != Chain.SELF:
        if enrolment.step == Step.ATTENDANCE:
            passed = enrolment.passed_at is not None
            enrolment.step = Step.POST_TEST if passed else _first_step(enrolment)
            enrolment.passed_at = None
        enrolment.chain = Chain.SELF
        put_on_desk(enrolment, topic)
    enrolment.save(update_fields=["offering", "step", "passed_at", "chain"])


def _first_step(enrolment: Enrolment) -> Step:
    return Step.PRE_TEST if enrolment.pre_total is None else Step.READING


def _enrolments(
    people: Sequence[uuid.UUID], topics: Sequence[Topic]
) -> dict[uuid.UUID, dict[uuid.UUID, Enrolment]]:
    """Return the people's enrolments in the topics, locked: account → topic → enrolment."""
    found: dict[uuid.UUID, dict[uuid.UUID, Enrolment]] = defaultdict(dict)
    rows = Enrolment.objects.select_for_update(no_key=True).filter(
        member__in=people, topic__in=[topic.pk for topic in topics]
    )
    for row in rows.order_by("pk"):
        found[row.member_id][row.topic_id] = row
    return found


def _elsewhere(
    offering: Offering, enrolments: dict[uuid.UUID, dict[uuid.UUID, Enrolment]]
) -> dict[uuid.UUID, str]:
    """Return the titles of the other offerings that hold some of the enrolments."""
    ids = {
        row.offering_id
        for rows in enrolments.values()
        for row in rows.values()
        if row.offering_id and row.offering_id != offering.pk and row.completed_at is None
    }
    return {each.pk: each.full_title for each in Offering.objects.filter(pk__in=ids)} if ids else {}


def _obstacle(
    own: dict[uuid.UUID, Enrolment], topics: Sequence[Topic], busy: dict[uuid.UUID, str]
) -> str:
    """Say why somebody cannot be seated; empty when nothing stands against it."""
    done = [topic for topic in topics if topic.pk in own and own[topic.pk].completed_at]
    if topics and len(done) == len(topics):
        return _("Sudah menyelesaikan {title}; JP-nya sudah tercatat.").format(title=done[0].title)
    for row in own.values():
        if row.completed_at is None and row.offering_id in busy:
            return _("Sudah menjadi peserta kelas {title} untuk topik ini.").format(
                title=busy[row.offering_id]
            )
    return ""


def _link(offering: Offering, seats: Sequence[Seat]) -> None:
    topics = topics_of(offering)
    link(offering, seats, topics, _enrolments([seat.member_id for seat in seats], topics))


def link(
    offering: Offering,
    seats: Sequence[Seat],
    topics: Sequence[Topic],
    enrolments: dict[uuid.UUID, dict[uuid.UUID, Enrolment]],
) -> None:
    """Enrol the seated people in each topic, or bind what they have begun to the offering."""
    people = [seat.member_id for seat in seats]
    learned = set(
        Enrolment.objects.filter(member__in=people).values_list("member_id", flat=True).distinct()
    )
    made: list[Enrolment] = []
    bound: list[Enrolment] = []
    for account_id in people:
        for topic in topics:
            row = enrolments.get(account_id, {}).get(topic.pk)
            if row is None:
                made.append(_new(offering, account_id, topic))
            elif row.completed_at is None:
                bound.append(_bound(offering, row))
    # Somebody may begin the topic alone at this very moment; their row is bound then.
    Enrolment.objects.bulk_create(made, ignore_conflicts=True)
    stored = {
        (row.member_id, row.topic_id): row
        for row in Enrolment.objects.filter(
            member__in={row.member_id for row in made}, topic__in=[topic.pk for topic in topics]
        )
    } if made else {}  # fmt: skip
    for row in made:
        kept = stored[row.member_id, row.topic_id]
        if kept.pk != row.pk:
            bound.append(_bound(offering, kept))
    if bound:
        Enrolment.objects.bulk_update(bound, ["offering", "chain", "step"])
    figures.count_starts(row for row in made if stored[row.member_id, row.topic_id].pk == row.pk)
    named = {topic.pk: topic for topic in topics}
    for row in [*made, *bound]:
        put_on_desk(row, named[row.topic_id])
    newcomers = [account_id for account_id in people if account_id not in learned]
    for account_id in newcomers:
        totals.count_learner(tenant_id=current_tenant().pk, account_id=account_id)


def _new(offering: Offering, account_id: uuid.UUID, topic: Topic) -> Enrolment:
    if topic.current_id is None:
        raise SeatRefused(_("Terbitkan topiknya dahulu; peserta memerlukan materinya."))
    return Enrolment(
        id=uuid.uuid4(),
        member_id=account_id,
        topic=topic,
        version_id=topic.current_id,
        offering=offering,
        chain=offering.chain,
        step=Step.ATTENDANCE if offering.chain == Chain.ROOM else Step.PRE_TEST,
    )


def _bound(offering: Offering, enrolment: Enrolment) -> Enrolment:
    """Let what somebody has begun alone belong to the offering; the caller stores it."""
    enrolment.offering, enrolment.chain = offering, offering.chain
    if offering.chain == Chain.ROOM:
        enrolment.step = Step.ATTENDANCE
    return enrolment


def _queue(offering: Offering, seats: Sequence[Seat], *, by: Any) -> None:
    """Put people at the end of the waiting list, each with the next number."""
    _set(seats, SeatState.WAITING, by=by)
    for seat in seats:
        offering.last_number += 1
        seat.number = offering.last_number


def _set(seats: Iterable[Seat], state: str, *, by: Any) -> None:
    now = timezone.now()
    for seat in seats:
        seat.state, seat.changed_at, seat.number = state, now, None
        seat.decided_by = getattr(by, "pk", None)


def _store(seats: Sequence[Seat]) -> None:
    """Write seats, new or not, in one statement."""
    Seat.objects.bulk_create(
        seats,
        update_conflicts=True,
        unique_fields=["offering", "member"],
        update_fields=[
            "state", "source", "number", "note", "decided_by", "made_at", "changed_at"
        ],
    )  # fmt: skip


def _keep_count(offering: Offering) -> None:
    offering.save(update_fields=["seats_taken", "last_number"])
    announcements.count_seats(
        tenant=current_tenant(), uuid=offering.pk, seats_taken=offering.seats_taken
    )


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
