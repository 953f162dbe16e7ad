"""Making offerings and their sessions, and leading them from draft to closed."""

import datetime
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import Max, Min
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from shared_apps.audit import services as audit
from shared_apps.offerings.choices import SEATING, Mode, OfferingState
from shared_apps.offerings.services import announcements
from shared_apps.recognition.choices import Form
from tenant_apps.learning.choices import TopicState
from tenant_apps.learning.errors import OfferingRefused
from tenant_apps.learning.models import Attendance, ClassSession, Offering, Seat, SessionTrainer
from tenant_apps.learning.selectors.offerings import programme_title, sessions_of, topics_of
from tenant_apps.learning.services.seating import lock_offering, move_up
from tenant_apps.learning.services.seats import require_manager
from tenants.schemas import current_tenant

#: Forms that count by the day of attendance, so they need a room.
BY_DAY = (Form.SEMINAR, Form.WORKSHOP, Form.SOCIALISATION)
ONLINE = (Form.E_LEARNING, Form.DISTANCE)
RESERVED = frozenset({"hadir", "kalender"})
LONGEST_SLUG = 80


@dataclass(frozen=True)
class Trainer:
    """Who teaches a session: a trainer's account if they have one, the name, and teaching hours."""

    name: str
    hours: Decimal
    account_id: uuid.UUID | None = None


def announce(offering: Offering) -> None:
    """Renew what other agencies and calendars know of an offering."""
    sessions = sessions_of(offering)
    announcements.announce(
        tenant=current_tenant(),
        uuid=offering.pk,
        path=f"/kelas/{offering.slug}/",
        title=offering.full_title,
        programme=programme_title(offering),
        jp=sum((topic.jp for topic in topics_of(offering)), Decimal(0)),
        mode=offering.mode,
        state=offering.state,
        place=offering.place,
        starts_at=offering.starts_at,
        ends_at=offering.ends_at,
        enrol_from=offering.enrol_from,
        enrol_until=offering.enrol_until,
        capacity=offering.capacity,
        seats_taken=offering.seats_taken,
        quota=offering.quota,
        visibility=offering.visibility,
        agencies=offering.agencies,
        sessions=[
            {
                "id": str(session.pk),
                "title": session.title,
                "starts_at": session.starts_at.astimezone(datetime.UTC).isoformat(),
                "ends_at": session.ends_at.astimezone(datetime.UTC).isoformat(),
                "room": session.room,
                "link": session.link,
            }
            for session in sessions
        ],
    )


def _free_slug(title: str) -> str:
    base = slugify(title)[:LONGEST_SLUG].strip("-") or "kelas"
    taken = set(Offering.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    slug, number = base, 1
    while slug in taken | RESERVED:
        number += 1
        slug = f"{base}-{number}"
    return slug


@transaction.atomic
def save_offering(
    *, by: Any, values: Mapping[str, Any], offering: Offering | None = None
) -> Offering:
    """Write a new offering, or change one; `values` are columns. Raises OfferingRefused.

    Who has a seat keeps it: neither topic, mode nor tests change any more, and the capacity stays
    at or above the seats that are taken. A larger one lets the waiting list move up.
    """
    require_manager(by)
    if offering is None:
        row = Offering(slug=_free_slug(f"{values['title']} {values.get('batch', '')}"))
    else:
        row = lock_offering(offering.pk)
        _check_change(row, values)
    for name, value in values.items():
        setattr(row, name, value)
    _check(row)
    row.updated_at = timezone.now()
    row.save(force_insert=offering is None)
    if offering is not None:
        _take_dates(row)
    audit.record(
        "offering.changed" if offering else "offering.made", by=by, kind="offering", ref=row.pk,
        data={"title": row.full_title},
    )  # fmt: skip
    announce(row)
    if row.state in SEATING:
        move_up(row)
    return row


def _check_change(row: Offering, values: Mapping[str, Any]) -> None:
    capacity = values.get("capacity", row.capacity)
    if capacity is not None and capacity < row.seats_taken:
        raise OfferingRefused(
            _("{count} tempat sudah terisi; kapasitas tidak bisa lebih kecil.").format(
                count=row.seats_taken
            ),
            field="capacity",
        )
    fixed = ("topic", "learning_path", "mode", "with_tests")
    changed = [name for name in fixed if name in values and values[name] != getattr(row, name)]
    if changed and Seat.objects.filter(offering=row).exists():
        raise OfferingRefused(
            _("Tidak dapat diubah lagi karena sudah ada pendaftar."), field=changed[0]
        )


def _check(row: Offering) -> None:
    if (row.topic is None) == (row.learning_path is None):
        raise OfferingRefused(_("Pilih satu topik atau satu jalur belajar."), field="topic")
    if row.learning_path is not None and row.form in BY_DAY:
        raise OfferingRefused(
            _("Bentuk ini dihitung per hari dan hanya berlaku untuk satu topik."), field="form"
        )
    if not row.meets and not row.with_tests:
        raise OfferingRefused(
            _("E-learning selalu memakai tes; hanya kelas tatap muka yang bisa tanpa tes."),
            field="with_tests",
        )
    if not row.meets and row.form not in ONLINE:
        raise OfferingRefused(
            _("Bentuk ini memerlukan tatap muka. Pilih e-learning atau pelatihan jarak jauh."),
            field="form",
        )
    if row.meets and row.form == Form.E_LEARNING:
        raise OfferingRefused(
            _("E-learning tidak memakai tatap muka. Pilih bentuk lain."), field="form"
        )
    if row.mode == Mode.WINDOW and not (row.starts_at and row.ends_at):
        raise OfferingRefused(
            _("E-learning berjangka memerlukan waktu mulai dan selesai."), field="starts_at"
        )
    if row.starts_at and row.ends_at and row.ends_at < row.starts_at:
        raise OfferingRefused(_("Waktu selesai harus setelah waktu mulai."), field="ends_at")
    if row.ends_at and not row.starts_at:
        raise OfferingRefused(_("Isi juga waktu mulai."), field="starts_at")
    if row.enrol_from and row.enrol_until and row.enrol_until < row.enrol_from:
        raise OfferingRefused(
            _("Batas pendaftaran harus setelah pembukaannya."), field="enrol_until"
        )


def _take_dates(row: Offering) -> None:
    """Let a class begin with its first session and end with its last."""
    if not row.meets:
        return
    found = row.sessions.aggregate(first=Min("starts_at"), last=Max("ends_at"))
    if found["first"]:
        row.starts_at, row.ends_at = found["first"], found["last"]
        row.save(update_fields=["starts_at", "ends_at"])


# --- sessions ---------------------------------------------------------------------------------


@transaction.atomic
def save_session(
    *,
    by: Any,
    offering: Offering,
    values: Mapping[str, Any],
    trainers: Sequence[Trainer],
    session: ClassSession | None = None,
) -> ClassSession:
    """Write a session with its trainers; the offering's dates follow. Raises OfferingRefused."""
    require_manager(by)
    locked = lock_offering(offering.pk)
    if locked.state in (OfferingState.CLOSED, OfferingState.CANCELLED):
        raise OfferingRefused(_("Kelas ini sudah selesai atau dibatalkan."))
    if not locked.meets:
        raise OfferingRefused(_("E-learning tidak memakai sesi tatap muka."))
    row = session or ClassSession(offering=locked)
    for name, value in values.items():
        setattr(row, name, value)
    if row.ends_at <= row.starts_at:
        raise OfferingRefused(_("Waktu selesai harus setelah waktu mulai."), field="ends_at")
    names = [trainer.name for trainer in trainers]
    if len(set(names)) < len(names):
        raise OfferingRefused(_("Nama pengajar yang sama tertulis dua kali."), field="trainers")
    row.updated_at = timezone.now()
    row.save()
    row.trainers.all().delete()
    SessionTrainer.objects.bulk_create(
        SessionTrainer(
            session=row, account_id=each.account_id, name=each.name[:160], hours=each.hours
        )
        for each in trainers
    )
    _take_dates(locked)
    audit.record(
        "session.saved", by=by, kind="offering", ref=locked.pk, data={"session": row.title}
    )
    announce(locked)
    return row


@transaction.atomic
def remove_session(*, by: Any, session: ClassSession) -> None:
    """Delete a session at which nobody's presence was recorded; raises OfferingRefused."""
    require_manager(by)
    locked = lock_offering(session.offering_id)
    if Attendance.objects.filter(session=session).exists():
        raise OfferingRefused(_("Kehadiran sesi ini sudah dicatat, jadi sesi tidak dapat dihapus."))
    title = session.title
    session.delete()
    _take_dates(locked)
    audit.record("session.removed", by=by, kind="offering", ref=locked.pk, data={"session": title})
    announce(locked)


# --- life -------------------------------------------------------------------------------------


@transaction.atomic
def open_offering(*, by: Any, offering: Offering) -> Offering:
    """Let people find the offering and sign up; raises OfferingRefused while something lacks."""
    require_manager(by)
    locked = lock_offering(offering.pk)
    if locked.state not in (OfferingState.DRAFT, OfferingState.RUNNING):
        raise OfferingRefused(_("Hanya draf dan kelas yang berjalan dapat dibuka pendaftarannya."))
    if not topics_of(locked):
        raise OfferingRefused(_("Jalur belajar ini belum berisi topik."))
    if any(topic.state != TopicState.PUBLISHED for topic in topics_of(locked)):
        raise OfferingRefused(_("Terbitkan topiknya dahulu; peserta memerlukan materinya."))
    if locked.meets and not locked.sessions.exists():
        raise OfferingRefused(_("Tambahkan sedikitnya satu sesi tatap muka dahulu."))
    return _move(locked, OfferingState.OPEN, "offering.opened", by=by)


@transaction.atomic
def start_offering(*, by: Any, offering: Offering) -> Offering:
    """End the signing up: the class runs; the training unit can still seat people."""
    require_manager(by)
    locked = lock_offering(offering.pk)
    if locked.state != OfferingState.OPEN:
        raise OfferingRefused(_("Hanya kelas yang dibuka dapat dimulai."))
    return _move(locked, OfferingState.RUNNING, "offering.started", by=by)


def _move(offering: Offering, state: str, verb: str, *, by: Any) -> Offering:
    offering.state, offering.updated_at = state, timezone.now()
    offering.save(update_fields=["state", "updated_at"])
    audit.record(verb, by=by, kind="offering", ref=offering.pk)
    announce(offering)
    return offering
