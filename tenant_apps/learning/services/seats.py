"""What people and the training unit do with seats: sign up, approve, decline, withdraw, remove."""

import uuid
from collections.abc import Sequence
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from shared_apps.access.selectors import permissions_of
from shared_apps.audit import services as audit
from shared_apps.offerings.choices import SEATING
from tenant_apps.learning.choices import EnrolmentMode, SeatSource, SeatState
from tenant_apps.learning.errors import SeatRefused
from tenant_apps.learning.models import Offering, Seat
from tenant_apps.learning.services.seating import (
    leave,
    lock_offering,
    move_up,
    place,
    seat_waiting,
)
from tenants.schemas import current_tenant

HELD = (SeatState.APPLIED, SeatState.WAITING, SeatState.SEATED)


def require_manager(by: Any) -> None:
    """Raise PermissionDenied unless `by` may run offerings at the open tenant."""
    if "offering.manage" not in permissions_of(by, current_tenant()):
        raise PermissionDenied


def require_seating(offering: Offering) -> None:
    """Raise SeatRefused for an offering in which nobody can be seated now."""
    if offering.state not in SEATING:
        raise SeatRefused(_("Kelas ini tidak menerima peserta sekarang."))


@transaction.atomic
def sign_up(*, by: Any, offering: Offering) -> Seat:
    """Sign a person up: seated, waiting when it is full, or applied where somebody approves.

    Signing up again returns the same seat. Raises SeatRefused with a sentence.
    """
    locked = lock_offering(offering.pk)
    own = Seat.objects.filter(offering=locked, member_id=by.pk).first()
    if own is not None and own.state not in (SeatState.WITHDRAWN, SeatState.DECLINED):
        return own
    if own is not None and own.state == SeatState.DECLINED:
        raise SeatRefused(_("Pendaftaran Anda di kelas ini tidak diterima."))
    if not locked.takes_sign_ups():
        raise SeatRefused(_("Pendaftaran kelas ini sedang tidak dibuka."))
    if locked.enrolment == EnrolmentMode.ASSIGNED:
        raise SeatRefused(_("Peserta kelas ini ditetapkan penyelenggara."))
    placed = place(
        locked,
        [by.pk],
        source=SeatSource.SELF,
        by=by,
        apply_only=locked.enrolment == EnrolmentMode.APPROVAL,
    )
    if by.pk in placed.refusals:
        raise SeatRefused(placed.refusals[by.pk])
    seat = placed.seats[by.pk]
    audit.record(
        "seat.applied", by=by, kind="offering", ref=locked.pk, data={"state": str(seat.state)}
    )
    return seat


@transaction.atomic
def withdraw(*, by: Any, offering: Offering) -> None:
    """Give one's own seat back; the first of the waiting list moves up in the same transaction."""
    locked = lock_offering(offering.pk)
    seat = Seat.objects.filter(offering=locked, member_id=by.pk, state__in=HELD).first()
    if seat is None:
        return
    require_seating(locked)
    leave(locked, [seat], SeatState.WITHDRAWN, by=None, note="")
    audit.record("seat.withdrawn", by=by, kind="offering", ref=locked.pk)


@transaction.atomic
def approve(*, by: Any, offering: Offering, seat_ids: Sequence[uuid.UUID]) -> tuple[int, int]:
    """Accept applicants in the order in which they applied; returns how many sit and wait."""
    require_manager(by)
    locked = lock_offering(offering.pk)
    require_seating(locked)
    rows = list(
        Seat.objects.filter(offering=locked, pk__in=seat_ids, state=SeatState.APPLIED).order_by(
            "made_at", "pk"
        )
    )
    seat_waiting(locked, rows, by=by)
    seated = sum(row.state == SeatState.SEATED for row in rows)
    if rows:
        audit.record(
            "seat.given", by=by, kind="offering", ref=locked.pk,
            data={"seated": seated, "waiting": len(rows) - seated},
        )  # fmt: skip
    return seated, len(rows) - seated


@transaction.atomic
def decline(*, by: Any, offering: Offering, seat_ids: Sequence[uuid.UUID], note: str) -> int:
    """Decline applicants and people who wait, with a note that they read; returns how many."""
    require_manager(by)
    _require_note(note)
    locked = lock_offering(offering.pk)
    rows = list(
        Seat.objects.filter(
            offering=locked, pk__in=seat_ids, state__in=[SeatState.APPLIED, SeatState.WAITING]
        )
    )
    leave(locked, rows, SeatState.DECLINED, by=by, note=note)
    if rows:
        audit.record(
            "seat.declined", by=by, kind="offering", ref=locked.pk,
            data={"count": len(rows), "note": note[:300]},
        )  # fmt: skip
    return len(rows)


@transaction.atomic
def remove(*, by: Any, offering: Offering, seat_ids: Sequence[uuid.UUID], note: str) -> int:
    """Take participants out, with a note that they read; the waiting list moves up."""
    require_manager(by)
    _require_note(note)
    locked = lock_offering(offering.pk)
    rows = list(Seat.objects.filter(offering=locked, pk__in=seat_ids, state=SeatState.SEATED))
    leave(locked, rows, SeatState.WITHDRAWN, by=by, note=note)
    if rows:
        audit.record(
            "seat.withdrawn", by=by, kind="offering", ref=locked.pk,
            data={"count": len(rows), "note": note[:300]},
        )  # fmt: skip
    return len(rows)


def _require_note(note: str) -> None:
    if not note.strip():
        raise SeatRefused(_("Tulis alasannya; orang yang bersangkutan membacanya."), field="note")


@transaction.atomic
def widen(*, by: Any, offering: Offering) -> int:
    """Let the waiting list move up after the capacity has grown; returns how many did."""
    require_manager(by)
    locked = lock_offering(offering.pk)
    return len(move_up(locked)) if locked.state in SEATING else 0
