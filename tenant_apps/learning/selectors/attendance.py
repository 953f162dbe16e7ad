"""Reads of attendance: who was present, and whether that is enough for the certificate."""

import datetime
import uuid
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from tenant_apps.learning.models import Attendance, ClassSession, Offering, Seat
from tenant_apps.learning.selectors.offerings import minimum_attendance
from tenants.schemas import current_tenant


@dataclass
class Presence:
    """One person's attendance: sessions attended, all planned ones, and the least that is asked."""

    total: int
    minimum: int
    attended: list[ClassSession] = field(default_factory=list)

    @property
    def percent(self) -> int:
        """Share of the sessions in percent, rounded down."""
        return 100 * len(self.attended) // self.total if self.total else 0

    @property
    def is_enough(self) -> bool:
        """Whether it reaches the minimum: integers only, never a rounded percentage."""
        return self.total > 0 and 100 * len(self.attended) >= self.minimum * self.total

    @property
    def last_end(self) -> datetime.datetime | None:
        """When the last attended session ended."""
        return max((session.ends_at for session in self.attended), default=None)

    @property
    def days(self) -> int:
        """On how many days the person attended, in the tenant's zone."""
        zone = ZoneInfo(current_tenant().time_zone)
        return len({session.starts_at.astimezone(zone).date() for session in self.attended})


def presence_of(offering: Offering, seats: Iterable[Seat]) -> dict[uuid.UUID, Presence]:
    """Return the attendance of each seat, by its id: two queries."""
    sessions = {session.pk: session for session in offering.sessions.all()}
    minimum = minimum_attendance(offering)
    found = {seat.pk: Presence(len(sessions), minimum) for seat in seats}
    rows = Attendance.objects.filter(seat__in=list(found)).values_list("seat_id", "session_id")
    for seat_id, session_id in rows:
        found[seat_id].attended.append(sessions[session_id])
    return found


def presence_of_member(offering: Offering, member_id: uuid.UUID) -> Presence:
    """Return the attendance of one person; of somebody without a seat, none."""
    seat = Seat.objects.filter(offering=offering, member_id=member_id).first()
    if seat is None:
        return Presence(0, minimum_attendance(offering))
    return presence_of(offering, [seat])[seat.pk]


def present_at(session: ClassSession) -> dict[uuid.UUID, Attendance]:
    """Return who was present at a session, by seat."""
    return {row.seat_id: row for row in Attendance.objects.filter(session=session)}


def ways_of(offering: Offering) -> dict[uuid.UUID, dict[uuid.UUID, str]]:
    """Return seat → session → how presence was recorded, for a whole offering."""
    found: dict[uuid.UUID, dict[uuid.UUID, str]] = defaultdict(dict)
    rows = Attendance.objects.filter(session__offering=offering)
    for seat_id, session_id, how in rows.values_list("seat_id", "session_id", "how"):
        found[seat_id][session_id] = how
    return found
