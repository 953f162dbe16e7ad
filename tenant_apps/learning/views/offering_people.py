"""Participants of a class in the workspace: the list, bulk actions, and assigning people."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from shared_apps.access.selectors import permissions_of
from shared_apps.accounts import selectors as accounts
from shared_apps.accounts.selectors import Holder
from shared_apps.employees import selectors as employees
from tenant_apps.learning.choices import SeatSource, SeatState
from tenant_apps.learning.models import Offering, Seat
from tenant_apps.learning.seat_forms import FileForm, NumbersForm, RuleForm
from tenant_apps.learning.selectors.attendance import Presence, presence_of
from tenant_apps.learning.services import assignment, seats
from tenant_apps.learning.views.offering_shared import find_offering, frame, in_room_time
from tenants import hosts
from tenants.schemas import current_tenant
from toolkit import sheets, xlsx
from toolkit.access_rules import needs
from toolkit.errors import DomainError
from toolkit.indonesian import date_time
from toolkit.tables import Column, Filter, Listing

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
               cell=lambda row: date_time(row.seat.made_at)),
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


@needs("participant.view")
@require_safe
@in_room_time
def people(request: HttpRequest, slug: str) -> HttpResponse:
    """Everybody who has, wants or had a seat."""
    offering = find_offering(slug)
    listing = Listing(
        params=request.GET,
        rows=Seat.objects.filter(offering=offering),
        columns=_columns(
            offering, pick="offering.manage" in permissions_of(request.user, current_tenant())
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
    if listing.wants_download:
        return listing.download()
    counts = {
        state: Seat.objects.filter(offering=offering, state=state).count()
        for state in (SeatState.APPLIED, SeatState.WAITING)
    }
    return render(
        request,
        "learning/offering_people.html",
        {
            **frame(offering, "offering_people"),
            "listing": listing,
            "applied": counts[SeatState.APPLIED],
            "waiting": counts[SeatState.WAITING],
            "back": request.get_full_path(),
        },
    )


def _chosen(request: HttpRequest) -> list[uuid.UUID]:
    ids = []
    for text in request.POST.getlist("pilih"):
        try:
            ids.append(uuid.UUID(text))
        except ValueError:
            continue
    return ids


@needs("offering.manage")
@require_POST
def people_act(request: HttpRequest, slug: str) -> HttpResponse:
    """Approve, decline or remove the people who are ticked."""
    offering = find_offering(slug)
    chosen, note = _chosen(request), request.POST.get("catatan", "")
    action = request.POST.get("aksi", "")
    back = HttpResponseRedirect(reverse("offering_people", args=[slug]))
    if not chosen:
        messages.info(request, _("Centang dahulu orang yang dimaksud."))
        return back
    try:
        if action == "setujui":
            seated, waiting = seats.approve(by=request.user, offering=offering, seat_ids=chosen)
            messages.success(
                request,
                _("{seated} orang disetujui dan mendapat tempat, {waiting} ke daftar tunggu.")
                .format(seated=seated, waiting=waiting),
            )  # fmt: skip
        elif action == "tolak":
            count = seats.decline(by=request.user, offering=offering, seat_ids=chosen, note=note)
            messages.success(request, _("{count} pendaftaran ditolak.").format(count=count))
        elif action == "keluarkan":
            count = seats.remove(by=request.user, offering=offering, seat_ids=chosen, note=note)
            messages.success(
                request,
                _("{count} peserta dikeluarkan; daftar tunggu naik.").format(count=count),
            )
    except DomainError as why:
        messages.warning(request, str(why))
    return back


@needs("offering.manage")
@in_room_time
def assign(request: HttpRequest, slug: str) -> HttpResponse:
    """Assign people by a pasted list, a file, or a rule; a job then does it."""
    offering = find_offering(slug)
    units = [
        (str(row.id), row.label) for row in employees.units_of_agency(current_tenant().agency_id)
    ]
    way = request.POST.get("cara", "")
    forms: dict[str, Any] = {
        "tempel": NumbersForm(request.POST if way == "tempel" else None, prefix="tempel"),
        "berkas": FileForm(
            request.POST if way == "berkas" else None,
            request.FILES if way == "berkas" else None,
            prefix="berkas",
        ),
        "aturan": RuleForm(
            request.POST if way in ("aturan", "hitung") else None, prefix="aturan", units=units
        ),
    }
    form = forms["aturan" if way == "hitung" else way] if way in (*forms, "hitung") else None
    preview = None
    if form is not None and form.is_valid():
        try:
            if way == "hitung":
                preview = _preview(form)
            else:
                job = _assign(request, offering, way, form)
                return HttpResponseRedirect(reverse("job", args=[job.pk]))
        except DomainError as why:
            form.add_error(why.field if why.field in form.fields else None, str(why))
    refused = form is not None and not form.is_valid()
    return render(
        request,
        "learning/offering_assign.html",
        {
            **frame(offering, "offering_people", _("Tetapkan peserta")),
            "forms": forms,
            "preview": preview,
            "agency": current_tenant().agency,
            "invitation": _invitation(offering),
        },
        status=422 if refused else 200,
    )


def _rule(form: Any) -> dict[str, Any]:
    data = form.cleaned_data
    return {
        "unit_ids": [uuid.UUID(data["unit"])] if data["unit"] else [],
        "post_kinds": data["post_kinds"],
        "grades": data["grades"],
    }


def _preview(form: Any) -> dict[str, int]:
    found = employees.matching(current_tenant().agency_id, *_rule(form).values())
    total = found.count()
    ready = found.filter(account__isnull=False).count()
    return {"total": total, "ready": ready, "without": total - ready}


def _assign(request: HttpRequest, offering: Offering, way: str, form: Any) -> Any:
    data = form.cleaned_data
    if way == "tempel":
        return assignment.assign_text(by=request.user, offering=offering, text=data["numbers"])
    if way == "berkas":
        return assignment.assign_file(by=request.user, offering=offering, upload=data["file"])
    return assignment.assign_rule(by=request.user, offering=offering, **_rule(form))


def _invitation(offering: Offering) -> str:
    """Return a text to copy for people who have no account yet."""
    return _(
        "Bapak/Ibu, Anda direncanakan mengikuti {title}. Mohon mendaftar dahulu dengan NIP di "
        "{url}, lalu beri tahu kami agar Anda ditetapkan sebagai peserta."
    ).format(title=offering.full_title, url=hosts.portal_url("/akun/daftar/"))


@needs("offering.manage")
@require_safe
def assign_template(request: HttpRequest, slug: str) -> HttpResponse:
    """An empty table to fill in."""
    find_offering(slug)
    return xlsx.answer("templat-peserta", sheets.template(assignment.COLUMNS))
