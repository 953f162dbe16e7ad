"""Giving and taking seats: what every way into an offering shares, under a lock of its row.

Locks are taken in the order offering, enrolments, seats. A batch costs a fixed number of
statements and one for each desk item, so that ten thousand people are seated in a minute.
"""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from shared_apps.offerings.choices import SEATING
from shared_apps.offerings.services import announcements
from tenant_apps.learning.choices import GONE, TAKING, SeatState
from tenant_apps.learning.models import Enrolment, Offering, Seat, Topic
from tenant_apps.learning.selectors.offerings import topics_of
from tenant_apps.learning.services.binding import (
    Enrolments,
    enrolments_of,
    link,
    link_all,
    release,
)
from tenant_apps.learning.services.seat_news import tell
from tenant_apps.members.services import joining
from tenants.schemas import current_tenant


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
    enrolments = enrolments_of(people, topics)
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
    link_all(offering, rows[:room])
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
    link_all(offering, rows)
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


def _elsewhere(offering: Offering, enrolments: Enrolments) -> dict[uuid.UUID, str]:
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
