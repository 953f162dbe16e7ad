"""The workspace's list of classes, and making, changing and leading one: `/kelola/kelas/`."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from shared_apps.offerings import selectors as shared
from shared_apps.offerings.choices import Mode, OfferingState
from tenant_apps.learning.models import Offering
from tenant_apps.learning.offering_forms import OfferingForm
from tenant_apps.learning.seat_forms import NoteForm
from tenant_apps.learning.selectors import offerings
from tenant_apps.learning.services import closing
from tenant_apps.learning.services import offerings as services
from tenant_apps.learning.views.offering_shared import (
    find_offering,
    frame,
    in_room_time,
    zone_label,
)
from tenants.schemas import current_tenant
from toolkit.access_rules import needs
from toolkit.errors import DomainError
from toolkit.indonesian import date_short
from toolkit.tables import Column, Filter, Listing

VIEW, MANAGE = "offering.view", "offering.manage"
STATE_TAG = {
    OfferingState.DRAFT: "tag-warn",
    OfferingState.OPEN: "tag-ok",
    OfferingState.RUNNING: "tag-info",
    OfferingState.CANCELLED: "tag-bad",
}


def _state_cell(row: Offering) -> object:
    return format_html(
        '<span class="tag {}">{}</span>',
        STATE_TAG.get(OfferingState(row.state), ""),
        row.get_state_display(),
    )


def _columns() -> list[Column]:
    return [
        Column(
            "judul", _("Kelas"), lambda row: row.full_title, order=["title", "batch"],
            cell=lambda row: format_html(
                '<a href="{}">{}</a>', reverse("offering", args=[row.slug]), row.full_title
            ),
        ),
        Column("topik", _("Topik"), offerings.programme_title, order=["topic__title"]),
        Column("cara", _("Cara"), lambda row: row.get_mode_display(), order=["mode"]),
        Column(
            "status", _("Status"), lambda row: row.get_state_display(), order=["state"],
            cell=_state_cell,
        ),
        Column(
            "mulai", _("Mulai"), lambda row: row.starts_at, order=["starts_at"],
            cell=lambda row: _moment(row.starts_at),
        ),
        Column("terisi", _("Terisi"), lambda row: row.seats_taken, order=["seats_taken"],
               numeric=True),
        Column("kapasitas", _("Kapasitas"), lambda row: row.capacity, order=["capacity"],
               numeric=True),
        Column("menunggu", _("Daftar tunggu"), lambda row: row.waiting, order=["waiting"],
               numeric=True),
        Column("persetujuan", _("Perlu persetujuan"), lambda row: row.applied,
               order=["applied"], numeric=True),
        Column("selesai", _("Selesai"), lambda row: row.completed, order=["completed"],
               numeric=True),
    ]  # fmt: skip


def _moment(value: Any) -> str | None:
    return None if value is None else date_short(timezone.localtime(value))


@needs(VIEW)
@require_safe
@in_room_time
def offering_list(request: HttpRequest) -> HttpResponse:
    """All classes of the tenant."""
    listing = Listing(
        params=request.GET,
        rows=offerings.all_offerings(),
        columns=_columns(),
        filters=[
            Filter("q", _("Cari"), lambda rows, value: rows.filter(title__icontains=value)),
            Filter("status", _("Status"), lambda rows, value: rows.filter(state=value),
                   choices=OfferingState.choices),
            Filter("cara", _("Cara"), lambda rows, value: rows.filter(mode=value),
                   choices=Mode.choices),
        ],
        default="-mulai",
        name="kelas",
    )  # fmt: skip
    if listing.wants_download:
        return listing.download()
    return render(
        request,
        "learning/offerings.html",
        {"listing": listing, "proposed": sum(shared.unanswered(current_tenant()).values())},
    )


@needs(MANAGE)
@in_room_time
def offering_new(request: HttpRequest) -> HttpResponse:
    """Make a class; it starts as a draft."""
    return _form_page(request, None)


@needs(MANAGE)
@in_room_time
def offering_edit(request: HttpRequest, slug: str) -> HttpResponse:
    """Change a class."""
    return _form_page(request, find_offering(slug))


def _form_page(request: HttpRequest, offering: Offering | None) -> HttpResponse:
    data = request.POST if request.method == "POST" else None
    initial = {"topic": request.GET.get("topik")} if offering is None else {}
    form = OfferingForm(data, instance=offering, zone=zone_label(), initial=initial)
    status = 200
    if data is not None:
        status = 422
        if form.is_valid():
            try:
                row = services.save_offering(
                    by=request.user, values=form.values(), offering=offering
                )
            except DomainError as why:
                form.add_error(why.field or None, str(why))
            else:
                messages.success(request, _("Kelas tersimpan."))
                return HttpResponseRedirect(reverse("offering", args=[row.slug]))
    page: dict[str, Any] = {"form": form, "title": _("Kelas baru")}
    if offering:
        page = {**frame(offering, "offering", _("Ubah")), **page, "title": _("Ubah kelas")}
    return render(request, "learning/offering_form.html", page, status=status)


@needs(VIEW)
@require_safe
@in_room_time
def offering_page(request: HttpRequest, slug: str) -> HttpResponse:
    """One class: its facts, sessions, and what to do next."""
    offering = find_offering(slug)
    return render(
        request,
        "learning/offering.html",
        {
            **frame(offering, "offering"),
            "sessions": offerings.sessions_of(offering),
            "minimum": offerings.minimum_attendance(offering),
            "zone": zone_label(),
            "public_url": request.build_absolute_uri(reverse("class", args=[slug])),
        },
    )


@needs(MANAGE)
@require_POST
def offering_move(request: HttpRequest, slug: str) -> HttpResponse:
    """Open, start or close a class, as the pressed button says."""
    offering = find_offering(slug)
    action = request.POST.get("aksi", "")
    try:
        if action == "tutup":
            job = closing.close_offering(by=request.user, offering=offering)
            return HttpResponseRedirect(reverse("job", args=[job.pk]))
        if action == "buka":
            services.open_offering(by=request.user, offering=offering)
            messages.success(request, _("Pendaftaran kelas dibuka."))
        elif action == "mulai":
            services.start_offering(by=request.user, offering=offering)
            messages.success(request, _("Kelas berjalan; pendaftaran sendiri ditutup."))
    except DomainError as why:
        messages.warning(request, str(why))
    return HttpResponseRedirect(reverse("offering", args=[slug]))


@needs(MANAGE)
def offering_cancel(request: HttpRequest, slug: str) -> HttpResponse:
    """Call a class off, with a reason that everybody in it reads."""
    offering = find_offering(slug)
    form = NoteForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            count = closing.cancel_offering(
                by=request.user, offering=offering, note=form.cleaned_data["note"]
            )
        except DomainError as why:
            form.add_error(why.field or None, str(why))
        else:
            messages.success(
                request, _("Kelas dibatalkan; {count} orang diberi tahu.").format(count=count)
            )
            return HttpResponseRedirect(reverse("offering", args=[slug]))
    return render(
        request,
        "learning/offering_note.html",
        {
            **frame(offering, "offering", _("Batalkan kelas")),
            "form": form,
            "title": _("Batalkan kelas"),
            "button": _("Batalkan kelas ini"),
            "danger": True,
        },
        status=422 if form.is_bound else 200,
    )
