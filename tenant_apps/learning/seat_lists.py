"""The list of everybody who has, wants or had a seat: for its page, and for long exports."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _

from shared_apps.access.selectors import permissions_of
from shared_apps.accounts import selectors as accounts
from shared_apps.accounts.selectors import Holder
from tenant_apps.learning.choices import SeatSource, SeatState
from tenant_apps.learning.models import Offering, Seat
from tenant_apps.learning.selectors.attendance import Presence, presence_of
from tenants.schemas import current_tenant
from toolkit.indonesian import date_short
from toolkit.tables import Column, Filter, Listing

EXPORT = "offering.people"
TAG = {
    SeatState.SEATED: "tag-ok",
    SeatState.COMPLETED: "tag-ok",
    SeatState.WAITING: "tag-warn",
    SeatState.APPLIED: "tag-warn",
    SeatState.ABSENT: "tag-bad",
}


@dataclass(frozen=True)
class Row:
    """A seat with its person and attendance."""

    seat: Seat
    person: Holder
    presence: Presence


def _enrich(offering: Offering, rows: list[Seat]) -> Sequence[Row]:
    people = accounts.holders(row.member_id for row in rows)
    presences = presence_of(offering, rows)
    return [Row(row, people[row.member_id], presences[row.pk]) for row in rows]


def _columns(offering: Offering, *, pick: bool) -> list[Column]:
    columns = [
        Column(
            "nama", _("Nama"), lambda row: row.person.name,
            cell=lambda row: _pick(row) if pick else row.person.name,
        ),
        Column("nip", _("NIP/NI PPPK"), lambda row: row.person.number),
        Column("instansi", _("Instansi"), lambda row: row.person.agency_name),
        Column(
            "status", _("Status"), lambda row: row.seat.get_state_display(), order=["state"],
            cell=lambda row: format_html(
                '<span class="tag {}">{}</span>',
                TAG.get(SeatState(row.seat.state), ""), row.seat.get_state_display(),
            ),
        ),
        Column("nomor", _("Nomor tunggu"), lambda row: row.seat.number, order=["number"],
               numeric=True),
        Column("asal", _("Asal"), lambda row: row.seat.get_source_display(), order=["source"]),
        Column("daftar", _("Sejak"), lambda row: row.seat.made_at, order=["made_at"],
               cell=lambda row: date_short(timezone.localtime(row.seat.made_at))),
        Column("catatan", _("Catatan"), lambda row: row.seat.note, only_export=True),
    ]  # fmt: skip
    if offering.meets:
        columns.append(
            Column("hadir", _("Kehadiran (persen)"), lambda row: row.presence.percent,
                   numeric=True)
        )  # fmt: skip
    return columns


def _pick(row: Row) -> object:
    return format_html(
        '<label class="pick"><input type="checkbox" name="pilih" form="tindakan" value="{}">'
        " {}</label>",
        row.seat.pk, row.person.name,
    )  # fmt: skip


def listing(params: Mapping[str, str], by: Any, offering: Offering) -> Listing:
    """Return the list as an address asks for it; who may manage seats can tick people."""
    return Listing(
        params=params,
        rows=Seat.objects.filter(offering=offering),
        columns=_columns(
            offering, pick="offering.manage" in permissions_of(by, current_tenant())
        ),
        filters=[
            Filter("status", _("Status"), lambda rows, value: rows.filter(state=value),
                   choices=SeatState.choices),
            Filter("asal", _("Asal"), lambda rows, value: rows.filter(source=value),
                   choices=SeatSource.choices),
        ],
        default="daftar",
        enrich=lambda rows: _enrich(offering, rows),
        name=f"peserta-{offering.slug}",
    )  # fmt: skip


def build(params: Mapping[str, str], by: Any) -> Listing:
    """Make the list again for a job, from what the address asked for."""
    return listing(params, by, Offering.objects.get(slug=params["kelas"]))
