"""Sessions of a class in the workspace, and the teaching hours of trainers."""

import uuid

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from shared_apps.access.selectors import holders_at
from shared_apps.accounts import selectors as accounts
from tenant_apps.learning.models import ClassSession, Offering, SessionTrainer
from tenant_apps.learning.offering_forms import SessionForm
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
from toolkit.indonesian import date_time, jp
from toolkit.tables import Column, Filter, Listing


def find_session(offering: Offering, session_id: uuid.UUID) -> ClassSession:
    """Return a session of an offering; 404 for another's."""
    session = get_object_or_404(
        ClassSession.objects.prefetch_related("trainers"), pk=session_id, offering=offering
    )
    session.offering = offering
    return session


def _staff() -> list[tuple[uuid.UUID, str]]:
    """Return who may teach here: account and name."""
    people = accounts.holders(holders_at(current_tenant(), "attendance.record"))
    return sorted(((pk, row.name) for pk, row in people.items()), key=lambda row: row[1])


@needs("offering.manage")
@in_room_time
def session_new(request: HttpRequest, slug: str) -> HttpResponse:
    """Add a session."""
    return _form_page(request, find_offering(slug), None)


@needs("offering.manage")
@in_room_time
def session_edit(request: HttpRequest, slug: str, session_id: uuid.UUID) -> HttpResponse:
    """Change a session."""
    offering = find_offering(slug)
    return _form_page(request, offering, find_session(offering, session_id))


def _form_page(
    request: HttpRequest, offering: Offering, session: ClassSession | None
) -> HttpResponse:
    if not offering.meets:
        raise Http404
    data = request.POST if request.method == "POST" else None
    form = SessionForm(data, instance=session, zone=zone_label(), staff=_staff())
    if data is not None and form.is_valid():
        try:
            services.save_session(
                by=request.user, offering=offering, values=form.values(),
                trainers=form.trainers(), session=session,
            )  # fmt: skip
        except DomainError as why:
            name = why.field if why.field in form.fields else None
            form.add_error(name, str(why))
        else:
            messages.success(request, _("Sesi tersimpan."))
            return HttpResponseRedirect(reverse("offering", args=[offering.slug]))
    title = _("Ubah sesi") if session else _("Sesi baru")
    return render(
        request,
        "learning/session_form.html",
        {**frame(offering, "offering", title), "form": form, "title": title, "session": session},
        status=422 if data is not None else 200,
    )


@needs("offering.manage")
@require_POST
def session_remove(request: HttpRequest, slug: str, session_id: uuid.UUID) -> HttpResponse:
    """Delete a session at which nobody was recorded."""
    session = find_session(find_offering(slug), session_id)
    try:
        services.remove_session(by=request.user, session=session)
    except DomainError as why:
        messages.warning(request, str(why))
    else:
        messages.success(request, _("Sesi dihapus."))
    return HttpResponseRedirect(reverse("offering", args=[slug]))


def _in_year(rows: QuerySet[SessionTrainer], value: str) -> QuerySet[SessionTrainer]:
    return rows.filter(session__starts_at__year=int(value)) if value.isdecimal() else rows.none()


@needs("offering.view")
@require_safe
@in_room_time
def teaching_hours(request: HttpRequest) -> HttpResponse:
    """Who taught which session for how many hours, all classes."""
    columns: list[Column] = [
        Column("pengajar", _("Pengajar"), lambda row: row.name, order=["name"]),
        Column(
            "kelas", _("Kelas"), lambda row: row.session.offering.full_title,
            order=["session__offering__title"],
            cell=lambda row: format_html(
                '<a href="{}">{}</a>',
                reverse("offering", args=[row.session.offering.slug]),
                row.session.offering.full_title,
            ),
        ),
        Column("sesi", _("Sesi"), lambda row: row.session.title, order=["session__title"]),
        Column("mulai", _("Mulai"), lambda row: row.session.starts_at,
               order=["session__starts_at"], cell=lambda row: date_time(row.session.starts_at)),
        Column("jam", _("Jam mengajar (JP)"), lambda row: row.hours, order=["hours"],
               numeric=True, cell=lambda row: jp(row.hours)),
    ]  # fmt: skip
    listing = Listing(
        params=request.GET,
        rows=SessionTrainer.objects.select_related("session__offering"),
        columns=columns,
        filters=[
            Filter("q", _("Nama pengajar"), lambda rows, value: rows.filter(name__icontains=value)),
            Filter("tahun", _("Tahun"), _in_year),
        ],
        default="-mulai",
        name="jam-mengajar",
    )
    if listing.wants_download:
        return listing.download()
    return render(request, "learning/teaching.html", {"listing": listing})
