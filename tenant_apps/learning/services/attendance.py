"""Recording who was present, and finishing the topics of those for whom it is enough."""

import datetime
import uuid
from collections.abc import Collection, Sequence
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from shared_apps.access.selectors import permissions_of
from shared_apps.audit import services as audit
from shared_apps.desk.choices import Step
from shared_apps.offerings.choices import OfferingState
from shared_apps.offerings.services import proposals
from tenant_apps.learning.checkin import window_of
from tenant_apps.learning.choices import TAKING, AttendanceWay, Chain, SeatState
from tenant_apps.learning.errors import AttendanceRefused
from tenant_apps.learning.models import Attendance, ClassSession, Enrolment, Offering, Seat
from tenant_apps.learning.selectors.attendance import Presence, presence_of
from tenant_apps.learning.selectors.topics import topic_of
from tenant_apps.learning.services.completion import grant
from tenant_apps.learning.services.enrolments import move_to
from tenant_apps.learning.services.seating import lock_offering
from tenants.schemas import current_tenant
from toolkit.indonesian import clock, date_time


def require_recorder(by: Any) -> None:
    """Raise PermissionDenied unless `by` may record attendance at the open tenant."""
    if "attendance.record" not in permissions_of(by, current_tenant()):
        raise PermissionDenied


@transaction.atomic
def record_list(
    *, by: Any, session: ClassSession, present: Collection[uuid.UUID], shown: Collection[uuid.UUID]
) -> tuple[int, int]:
    """Make the list of a session say what the form says of the seats that it showed.

    Returns how many were added and taken away. Who has completed the class stays present.
    """
    require_recorder(by)
    _require_begun(session)
    # Batches of one class come one after the other, so that they never wait for each other.
    offering = lock_offering(session.offering_id)
    seats = list(Seat.objects.filter(offering=offering, pk__in=shown, state__in=TAKING))
    there = set(
        Attendance.objects.filter(session=session, seat__in=seats).values_list("seat_id", flat=True)
    )
    added = [seat for seat in seats if seat.pk in present and seat.pk not in there]
    gone = [
        seat
        for seat in seats
        if seat.pk in there and seat.pk not in present and seat.state != SeatState.COMPLETED
    ]
    _add(session, added, how=AttendanceWay.LIST, by=by)
    Attendance.objects.filter(session=session, seat__in=gone).delete()
    if added or gone:
        audit.record(
            "attendance.recorded", by=by, kind="offering", ref=offering.pk,
            data={"session": session.title, "added": len(added), "removed": len(gone)},
        )  # fmt: skip
    settle(by=by, offering=offering, seats=[*added, *gone])
    return len(added), len(gone)


@transaction.atomic
def record_many(*, by: Any, offering: Offering, rows: Sequence[tuple[ClassSession, Seat]]) -> int:
    """Add presence from a file; what is there already stays. Returns how many were new."""
    require_recorder(by)
    offering = lock_offering(offering.pk)
    before = Attendance.objects.filter(session__offering=offering).count()
    Attendance.objects.bulk_create(
        [
            Attendance(session=session, seat=seat, how=AttendanceWay.XLSX, recorded_by=by.pk)
            for session, seat in rows
        ],
        ignore_conflicts=True,
    )
    made = Attendance.objects.filter(session__offering=offering).count() - before
    if made:
        audit.record(
            "attendance.imported", by=by, kind="offering", ref=offering.pk, data={"count": made}
        )
    seats = {seat.pk: seat for _session, seat in rows}
    settle(by=by, offering=offering, seats=list(seats.values()))
    return made


@transaction.atomic
def check_in(*, by: Any, session: ClassSession) -> bool:
    """Record the person who confirms a scanned code; False when they were recorded before.

    Raises AttendanceRefused without a seat, and before or after the session's window.
    """
    opens_at, closes_at = window_of(session)
    now = timezone.now()
    if now < opens_at:
        raise AttendanceRefused(
            _("Presensi dibuka pukul {time}. Pindai lagi kodenya pada saat itu.").format(
                time=clock(opens_at)
            )
        )
    if now > closes_at:
        raise AttendanceRefused(
            _("Presensi ditutup {time}. Minta pengajar mencatat kehadiran Anda.").format(
                time=date_time(closes_at)
            )
        )
    seat = Seat.objects.filter(
        offering=session.offering_id, member_id=by.pk, state__in=TAKING
    ).first()
    if seat is None:
        raise AttendanceRefused(
            _("Anda bukan peserta kelas ini, jadi kehadiran tidak dicatat. Hubungi panitia.")
        )
    made = _add(session, [seat], how=AttendanceWay.QR, by=by)
    if made:
        audit.record(
            "attendance.recorded", by=by, kind="offering", ref=session.offering_id,
            data={"session": session.title, "how": "qr"},
        )  # fmt: skip
        settle(by=by, offering=session.offering, seats=[seat])
    return bool(made)


def _require_begun(session: ClassSession) -> None:
    opens_at, _closes_at = window_of(session)
    if timezone.now() < opens_at:
        raise AttendanceRefused(
            _("Kehadiran dapat dicatat mulai {time}.").format(time=date_time(opens_at))
        )


def _add(session: ClassSession, seats: Sequence[Seat], *, how: str, by: Any) -> int:
    rows = [Attendance(session=session, seat=seat, how=how, recorded_by=by.pk) for seat in seats]
    Attendance.objects.bulk_create(rows, ignore_conflicts=True)
    return Attendance.objects.filter(pk__in=[row.pk for row in rows]).count()


def settle(*, by: Any, offering: Offering, seats: Sequence[Seat], final: bool = False) -> int:
    """Finish the topics of those whose attendance is enough; returns how many seats completed.

    Learning in a room alone ends with its last session (or with `final`, when the class is
    closed); with tests, what was passed before ends with the session that makes it enough.
    """
    presences = presence_of(offering, seats)
    over = final or _has_last_begun(offering)
    completed = 0
    for seat in seats:
        presence = presences[seat.pk]
        proposals.follow(
            tenant=current_tenant(), uuid=offering.pk, account_id=seat.member_id,
            attendance=presence.percent,
        )  # fmt: skip
        if presence.is_enough:
            completed += _finish(by, offering, seat, presence, over=over)
    return completed


def _finish(by: Any, offering: Offering, seat: Seat, presence: Presence, *, over: bool) -> bool:
    now = timezone.now()
    rows = (
        Enrolment.objects.select_for_update(no_key=True)
        .filter(offering=offering, member=seat.member_id, completed_at__isnull=True)
        .order_by("pk")
    )
    for enrolment in rows:
        if enrolment.chain == Chain.ROOM and over:
            at = min(now, _end_of(offering) or now)
        elif enrolment.passed_at is not None:
            at = max(enrolment.passed_at, min(now, presence.last_end or now))
        else:
            continue
        topic = topic_of(enrolment)
        grant(
            by=by, enrolment=enrolment, topic=topic, at=at, offering=offering, presence=presence
        )  # fmt: skip
        move_to(enrolment, topic, Step.SURVEY, "completed_at", "certificate_id")
    seat.refresh_from_db(fields=["state"])
    return seat.state == SeatState.COMPLETED


def _has_last_begun(offering: Offering) -> bool:
    last = offering.sessions.order_by("-starts_at").first()
    return last is not None and (
        last.starts_at <= timezone.now() or offering.state == OfferingState.CLOSED
    )


def _end_of(offering: Offering) -> datetime.datetime | None:
    last = offering.sessions.order_by("-ends_at").first()
    return last.ends_at if last else offering.ends_at
