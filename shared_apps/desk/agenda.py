"""A person's agenda across tenants: sessions of their classes, and deadlines on their desk.

Read from shared tables only: the desk says which classes, their announcements say when.
"""

import datetime
from dataclasses import dataclass
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from shared_apps.desk.choices import ItemState, SeatStep
from shared_apps.desk.models import CalendarAddress, Item
from shared_apps.offerings import selectors as offerings
from shared_apps.offerings.choices import OfferingState
from shared_apps.offerings.models import Announcement
from tenants import hosts
from tenants.choices import ThingKind
from toolkit.calendars import Appointment

#: How far back a calendar reaches.
PAST = datetime.timedelta(days=400)
MOST_ITEMS = 500


@dataclass(frozen=True)
class Entry:
    """One appointment with the words of where the person stands."""

    appointment: Appointment
    status: str
    provider: str


def account_of(token: str) -> UUID | None:
    """Return whose calendar an address is; None for one that was taken away."""
    row = CalendarAddress.objects.filter(token=token, account__is_active=True).first()
    return row.account_id if row else None


def address_of(account_id: UUID) -> CalendarAddress | None:
    """Return a person's calendar address."""
    return CalendarAddress.objects.filter(pk=account_id).first()


def _status(step: str, state: str) -> str:
    if state == OfferingState.CANCELLED:
        return _("dibatalkan")
    return {
        SeatStep.APPLIED: _("menunggu persetujuan"),
        SeatStep.WAITING: _("daftar tunggu"),
        SeatStep.OVER: _("selesai"),
    }.get(SeatStep(step) if step in SeatStep.values else SeatStep.SEATED, _("terdaftar"))


def agenda_of(account_id: UUID, *, since: datetime.datetime | None = None) -> list[Entry]:
    """Return a person's appointments from a moment on, the earliest first: two queries."""
    first = since or timezone.now() - PAST
    items = list(Item.objects.filter(account_id=account_id).order_by("-updated_at")[:MOST_ITEMS])
    classes = {
        (item.tenant_id, item.uuid): item for item in items if item.kind == ThingKind.OFFERING
    }
    entries: list[Entry] = []
    for row in offerings.announced(classes):
        item = classes[row.tenant_id, row.uuid]
        seated = item.step in (SeatStep.SEATED, SeatStep.OVER)
        entries += _of_class(row, _status(item.step, row.state), with_link=seated)
    found = [row for row in entries if _end(row) >= first]
    return sorted(found, key=lambda row: row.appointment.starts_at)


def _end(row: Entry) -> datetime.datetime:
    return row.appointment.ends_at or row.appointment.starts_at


def _of_class(row: Announcement, status: str, *, with_link: bool) -> list[Entry]:
    """Return the appointments; the address of a meeting only for who has a seat."""
    url = hosts.tenant_url(row.tenant_id, row.path)
    cancelled = row.state == OfferingState.CANCELLED
    entries = [
        Entry(
            Appointment(
                # The same as in the file of the class itself, so that no program shows it twice.
                uid=f"{session['id']}@{row.tenant.code}.lintas",
                summary=f"{row.title}: {session['title']} ({status})",
                starts_at=datetime.datetime.fromisoformat(session["starts_at"]),
                ends_at=datetime.datetime.fromisoformat(session["ends_at"]),
                changed_at=row.updated_at,
                place=session["room"] or row.place,
                text=session["link"] if with_link else "",
                url=url,
                cancelled=cancelled,
            ),
            status,
            row.tenant.name,
        )
        for session in row.sessions
    ]
    if not entries and row.ends_at:
        entries.append(
            Entry(
                Appointment(
                    uid=f"{row.uuid}@{row.tenant.code}.lintas",
                    summary=_("Batas akhir: {title}").format(title=f"{row.title} ({status})"),
                    starts_at=row.ends_at,
                    changed_at=row.updated_at,
                    url=url,
                    cancelled=cancelled,
                ),
                status,
                row.tenant.name,
            )
        )
    return entries


def seated_in(row: Announcement) -> list[UUID]:
    """Return who has a seat in an announced class, by their desks."""
    return list(
        Item.objects.filter(
            tenant=row.tenant_id,
            kind=ThingKind.OFFERING,
            uuid=row.uuid,
            step=SeatStep.SEATED,
            state=ItemState.OPEN,
        ).values_list("account_id", flat=True)
    )
