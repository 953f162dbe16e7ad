"""Announcements: `/kelola/pengumuman/`, and the page of one, `/pengumuman/…/`."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from shared_apps.accounts.requests import SignedInRequest
from tenant_apps.administration.choices import Audience
from tenant_apps.administration.forms.announcements import AnnouncementForm
from tenant_apps.administration.models import Announcement
from tenant_apps.administration.permissions import TENANT
from tenant_apps.administration.selectors import announcements as selectors
from tenant_apps.administration.services import announcements as services
from tenants.schemas import current_tenant
from tenants.selectors import today_at
from toolkit import indonesian, markdown
from toolkit.access_rules import needs, public
from toolkit.errors import DomainError
from toolkit.tables import Column, Filter, Listing


def _state(row: Announcement) -> tuple[str, str]:
    """Return the state in words and the class of its tag."""
    today = today_at(current_tenant())
    if row.withdrawn_at:
        return _("Ditarik"), "tag-bad"
    if row.starts_on > today:
        return _("Terjadwal"), "tag-info"
    if row.ends_on and row.ends_on < today:
        return _("Berakhir"), ""
    return _("Tampil"), "tag-ok"


def _audience(row: Announcement) -> str:
    if row.topic is not None:
        return _("Peserta “{title}”").format(title=row.topic.title)
    return str(Audience(row.audience).label)


def _listing(request: SignedInRequest) -> Listing:
    def title_cell(row: Announcement) -> str:
        return format_html('<a href="{}">{}</a>', reverse("announcement", args=[row.pk]), row.title)

    def state_cell(row: Announcement) -> str:
        words, tag = _state(row)
        return format_html('<span class="tag {}">{}</span>', tag, words)

    def days(day: Any) -> str:
        return indonesian.date_short(day) if day else ""

    def first(row: Announcement) -> str:
        return days(row.starts_on)

    return Listing(
        params=request.GET,
        rows=selectors.announcements(),
        columns=[
            Column("judul", _("Judul"), lambda row: row.title, order=["title"], cell=title_cell),
            Column("untuk", _("Untuk"), _audience, order=["audience"]),
            Column("mulai", _("Hari pertama"), first, order=["starts_on"]),
            Column("sampai", _("Hari terakhir"), lambda row: days(row.ends_on), order=["ends_on"]),
            Column("status", _("Status"), lambda row: _state(row)[0], cell=state_cell),
            Column(
                "sampai_ke", _("Kotak masuk"), lambda row: row.reached, order=["reached"],
                numeric=True,
            ),
        ],
        filters=[
            Filter("q", _("Judul"), lambda rows, text: rows.filter(title__icontains=text)),
            Filter(
                "untuk", _("Untuk"), lambda rows, value: rows.filter(audience=value),
                Audience.choices,
            ),
        ],
        default="-mulai",
        name="pengumuman",
    )  # fmt: skip


@needs(TENANT)
@require_safe
def announcement_list(request: SignedInRequest) -> HttpResponse:
    """All announcements of this tenant."""
    listing = _listing(request)
    if listing.wants_download:
        return listing.download()
    return render(request, "administration/announcements.html", {"listing": listing})


def _found(announcement_id: uuid.UUID) -> Announcement:
    found = selectors.find_announcement(announcement_id)
    if found is None:
        raise Http404
    return found


@needs(TENANT)
@never_cache
def announcement_form(
    request: SignedInRequest, announcement_id: uuid.UUID | None = None
) -> HttpResponse:
    """Write a new announcement, or change one."""
    found = _found(announcement_id) if announcement_id else None
    names = tuple(AnnouncementForm.base_fields)
    initial: dict[str, Any] = {"starts_on": today_at(current_tenant())}
    if found:
        initial = {name: getattr(found, name) for name in names}
    form = AnnouncementForm(
        request.POST if request.method == "POST" else None,
        initial=initial,
        was_told=bool(found and found.told_at),
    )
    if request.method == "POST" and form.is_valid():
        try:
            if found:
                services.change(by=request.user, announcement=found, values=form.cleaned_data)
                made = found
            else:
                made = services.write(by=request.user, values=form.cleaned_data)
        except DomainError as error:
            form.add_error(error.field or None, str(error))
        else:
            messages.success(request, _("Pengumuman tersimpan."))
            return redirect("announcement", made.pk)
    context = {"form": form, "announcement": found}
    status = 422 if form.is_bound else 200
    return render(request, "administration/announcement_form.html", context, status=status)


@needs(TENANT)
@require_safe
def announcement(request: SignedInRequest, announcement_id: uuid.UUID) -> HttpResponse:
    """One announcement as its readers see it, with a text to copy into a chat."""
    found = _found(announcement_id)
    words, tag = _state(found)
    return render(
        request,
        "administration/announcement.html",
        {
            "announcement": found,
            "text": mark_safe(markdown.render(found.text)),
            "state": words,
            "tag": tag,
            "audience": _audience(found),
            "chat_text": selectors.chat_text(found),
            "public_path": selectors.page_path(found),
        },
    )


@needs(TENANT)
@require_POST
def announcement_withdraw(request: SignedInRequest, announcement_id: uuid.UUID) -> HttpResponse:
    """Take an announcement back."""
    services.withdraw(by=request.user, announcement=_found(announcement_id))
    messages.success(request, _("Pengumuman ditarik."))
    return redirect("announcements")


@public
@never_cache
@require_safe
def announcement_page(request: HttpRequest, announcement_id: uuid.UUID) -> HttpResponse:
    """One announcement for its readers; not there (404) for anybody else."""
    found = _found(announcement_id)
    if not selectors.may_read(request.user, found):
        raise Http404
    return render(
        request,
        "administration/announcement_page.html",
        {"announcement": found, "text": mark_safe(markdown.render(found.text))},
    )
