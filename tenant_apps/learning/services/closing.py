"""The end of an offering: closing it for everybody as a job, or calling it off."""

from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from shared_apps.audit import services as audit
from shared_apps.jobs import services as jobs
from shared_apps.jobs.models import Job
from shared_apps.offerings.choices import SEATING, OfferingState
from tenant_apps.learning.choices import SeatState
from tenant_apps.learning.errors import OfferingRefused
from tenant_apps.learning.models import Enrolment, Offering, Seat
from tenant_apps.learning.selectors.offerings import topics_of
from tenant_apps.learning.services.attendance import settle
from tenant_apps.learning.services.binding import release
from tenant_apps.learning.services.offerings import announce
from tenant_apps.learning.services.seat_news import tell
from tenant_apps.learning.services.seating import leave, lock_offering
from tenant_apps.learning.services.seats import HELD, require_manager

BATCH = 50
KIND = "offerings.close"


@transaction.atomic
def close_offering(*, by: Any, offering: Offering) -> Job:
    """Close an offering: no more seats; a job then settles everybody's result."""
    require_manager(by)
    locked = lock_offering(offering.pk)
    if locked.state not in SEATING:
        raise OfferingRefused(_("Hanya kelas yang dibuka atau berjalan dapat ditutup."))
    locked.state = OfferingState.CLOSED
    locked.save(update_fields=["state"])
    audit.record("offering.closed", by=by, kind="offering", ref=locked.pk)
    announce(locked)
    return jobs.enqueue(
        kind=KIND,
        by=by,
        title=_("Penutupan kelas: {title}").format(title=locked.full_title),
        params={"offering": str(locked.pk)},
    )


def run_closing(work: jobs.Work) -> None:
    """Settle the seats of a closed offering in batches: completed, or not enough."""
    offering_id = work.params["offering"]
    done = int(work.at.get("done", 0))
    total = Seat.objects.filter(offering=offering_id).count()
    while True:
        with transaction.atomic():
            locked = lock_offering(offering_id)
            rows = list(Seat.objects.filter(offering=locked, state__in=HELD).order_by("pk")[:BATCH])
            if not rows:
                break
            _settle_batch(work.by, locked, rows)
            done += len(rows)
            work.checkpoint({"done": done}, done=done, total=max(total, done))
    completed = Seat.objects.filter(offering=offering_id, state=SeatState.COMPLETED).count()
    absent = Seat.objects.filter(offering=offering_id, state=SeatState.ABSENT).count()
    slug = Offering.objects.values_list("slug", flat=True).get(pk=offering_id)
    work.finish(
        [
            _("{count} peserta menyelesaikan kelas.").format(count=completed),
            _("{count} peserta tidak memenuhi syarat.").format(count=absent),
        ],
        next_path=reverse("offering_people", args=[slug]),
        next_label=_("Lihat peserta"),
    )


def _settle_batch(by: Any, offering: Offering, rows: list[Seat]) -> None:
    seated = [seat for seat in rows if seat.state == SeatState.SEATED]
    if offering.meets:
        settle(by=by, offering=offering, seats=seated, final=True)
    short = [seat for seat in seated if seat.state == SeatState.SEATED]
    named = {topic.pk: topic for topic in topics_of(offering)}
    for enrolment in (
        Enrolment.objects.select_for_update(no_key=True)
        .filter(offering=offering, member__in=[seat.member_id for seat in short])
        .order_by("pk")
    ):
        release(enrolment, named[enrolment.topic_id])
    _set_absent(offering, short, by=by)
    leave(
        offering,
        [seat for seat in rows if seat.state in (SeatState.APPLIED, SeatState.WAITING)],
        SeatState.DECLINED,
        by=by,
        note=_("Kelas sudah selesai."),
    )


def _set_absent(offering: Offering, seats: list[Seat], *, by: Any) -> None:
    for seat in seats:
        seat.state = SeatState.ABSENT
    Seat.objects.filter(pk__in=[seat.pk for seat in seats]).update(
        state=SeatState.ABSENT, decided_by=by.pk
    )
    tell(offering, seats, by=by, notice="")


@transaction.atomic
def cancel_offering(*, by: Any, offering: Offering, note: str) -> int:
    """Call an offering off and tell everybody who has or wants a seat; returns how many."""
    require_manager(by)
    if not note.strip():
        raise OfferingRefused(_("Tulis alasan pembatalan; peserta membacanya."), field="note")
    locked = lock_offering(offering.pk)
    if locked.state in (OfferingState.CLOSED, OfferingState.CANCELLED):
        raise OfferingRefused(_("Kelas ini sudah selesai atau sudah dibatalkan."))
    if Seat.objects.filter(offering=locked, state=SeatState.COMPLETED).exists():
        raise OfferingRefused(_("Sudah ada peserta yang menyelesaikan kelas ini. Tutup kelasnya."))
    locked.state = OfferingState.CANCELLED
    locked.save(update_fields=["state"])
    rows = list(Seat.objects.filter(offering=locked, state__in=HELD))
    leave(
        locked, rows, SeatState.WITHDRAWN, by=by, note=note, notice="offering.cancelled"
    )  # fmt: skip
    audit.record(
        "offering.cancelled", by=by, kind="offering", ref=locked.pk,
        data={"note": note[:300], "people": len(rows)},
    )  # fmt: skip
    announce(locked)
    return len(rows)
