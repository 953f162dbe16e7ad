"""Participants of a class in the workspace: the list, bulk actions, and assigning people."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from shared_apps.employees import selectors as employees
from shared_apps.jobs import exports
from tenant_apps.learning import seat_lists
from tenant_apps.learning.choices import SeatState
from tenant_apps.learning.models import Offering, Seat
from tenant_apps.learning.seat_forms import FileForm, NumbersForm, RuleForm
from tenant_apps.learning.services import assignment, seats
from tenant_apps.learning.views.offering_shared import find_offering, frame, in_room_time
from tenants import hosts
from tenants.schemas import current_tenant
from toolkit import sheets, xlsx
from toolkit.access_rules import needs
from toolkit.errors import DomainError


@needs("participant.view")
@require_safe
@in_room_time
def people(request: HttpRequest, slug: str) -> HttpResponse:
    """Everybody who has, wants or had a seat."""
    offering = find_offering(slug)
    listing = seat_lists.listing(request.GET, request.user, offering)
    if listing.wants_download:
        extra = {"kelas": offering.slug}
        return exports.answer(request, seat_lists.EXPORT, listing, extra=extra)
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
