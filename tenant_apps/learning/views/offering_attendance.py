"""Attendance in the workspace: the list of a session, XLSX up and down, and the QR screen."""

import io
import uuid
from typing import Any

import segno
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from shared_apps.accounts import nip
from shared_apps.accounts import selectors as accounts
from tenant_apps.learning import checkin
from tenant_apps.learning.choices import TAKING
from tenant_apps.learning.models import Offering, Seat
from tenant_apps.learning.seat_forms import FileForm
from tenant_apps.learning.selectors import attendance as reads
from tenant_apps.learning.selectors.offerings import minimum_attendance, sessions_of
from tenant_apps.learning.services import attendance, attendance_files
from tenant_apps.learning.views.offering_sessions import find_session
from tenant_apps.learning.views.offering_shared import find_offering, frame, in_room_time
from toolkit import xlsx
from toolkit.access_rules import needs
from toolkit.errors import DomainError


def _meeting(slug: str) -> Offering:
    offering = find_offering(slug)
    if not offering.meets:
        raise Http404
    return offering


@needs("attendance.record")
@in_room_time
def overview(request: HttpRequest, slug: str) -> HttpResponse:
    """The sessions with how many were present; `?format=xlsx` for the whole register."""
    offering = _meeting(slug)
    if request.GET.get("format") == "xlsx":
        header, rows = attendance_files.register(offering)
        return xlsx.download(f"kehadiran-{slug}", header, rows)
    form = FileForm(
        request.POST if request.method == "POST" else None,
        request.FILES if request.method == "POST" else None,
    )
    if form.is_bound and form.is_valid():
        try:
            done = attendance_files.take_register(
                by=request.user, offering=offering, upload=form.cleaned_data["file"]
            )
        except DomainError as why:
            form.add_error("file", str(why))
        else:
            if done.returned is not None:
                response = xlsx.answer(f"kehadiran-{slug}-kesalahan", done.returned)
                response.status_code = 422
                return response
            messages.success(
                request, _("{count} kehadiran baru tercatat dari berkas.").format(count=done.made)
            )
            return HttpResponseRedirect(reverse("offering_attendance", args=[slug]))
    seats = Seat.objects.filter(offering=offering, state__in=TAKING).count()
    counts = attendance_files.counts(offering)
    return render(
        request,
        "learning/offering_attendance.html",
        {
            **frame(offering, "offering_attendance"),
            "sessions": [(row, counts.get(row.pk, 0)) for row in sessions_of(offering)],
            "seats": seats,
            "minimum": minimum_attendance(offering),
            "form": form,
        },
        status=422 if form.is_bound else 200,
    )


@needs("attendance.record")
@in_room_time
def session_list(request: HttpRequest, slug: str, session_id: uuid.UUID) -> HttpResponse:
    """Who was present at one session, as a list to tick."""
    offering = _meeting(slug)
    session = find_session(offering, session_id)
    seats = list(Seat.objects.filter(offering=offering, state__in=TAKING))
    if request.method == "POST":
        shown = _ids(request, "ada")
        try:
            added, removed = attendance.record_list(
                by=request.user, session=session, present=_ids(request, "hadir"), shown=shown
            )
        except DomainError as why:
            messages.warning(request, str(why))
        else:
            messages.success(
                request,
                _("Daftar hadir tersimpan: {added} ditambah, {removed} dihapus.").format(
                    added=added, removed=removed
                ),
            )
        return HttpResponseRedirect(reverse("offering_session_attendance", args=[slug, session_id]))
    people = accounts.holders(seat.member_id for seat in seats)
    present = reads.present_at(session)
    rows: list[dict[str, Any]] = sorted(
        (
            {
                "seat": seat,
                "person": people[seat.member_id],
                "number": nip.format_number(people[seat.member_id].number),
                "attendance": present.get(seat.pk),
            }
            for seat in seats
        ),
        key=lambda row: row["person"].name.casefold(),
    )
    return render(
        request,
        "learning/session_attendance.html",
        {
            **frame(offering, "offering_attendance", session.title),
            "session": session,
            "rows": rows,
            "count": len(present),
        },
    )


def _ids(request: HttpRequest, name: str) -> set[uuid.UUID]:
    found = set()
    for text in request.POST.getlist(name):
        try:
            found.add(uuid.UUID(text))
        except ValueError:
            continue
    return found


@needs("attendance.record")
@never_cache
@require_safe
@in_room_time
def qr_screen(request: HttpRequest, slug: str, session_id: uuid.UUID) -> HttpResponse:
    """The rotating code for the screen in the room; the page renews itself."""
    offering = _meeting(slug)
    session = find_session(offering, session_id)
    path = reverse("scanned", args=[checkin.token_for(session.pk)])
    address = request.build_absolute_uri(path)
    opens_at, closes_at = checkin.window_of(session)
    page: dict[str, Any] = {
        **frame(offering, "offering_attendance", _("Kode QR")),
        "session": session,
        "code": _drawn(address),
        "count": len(reads.present_at(session)),
        "opens_at": opens_at,
        "closes_at": closes_at,
    }
    response = render(request, "learning/session_qr.html", page)
    # Renews the code without a script; half of a code's life is always left on the screen.
    response["Refresh"] = "20"
    return response


def _drawn(address: str) -> str:
    buffer = io.BytesIO()
    segno.make(address, error="m", micro=False).save(
        buffer, kind="svg", xmldecl=False, svgclass="qr", lineclass=None, omitsize=True, border=2
    )
    return mark_safe(buffer.getvalue().decode())
