"""The work list `/kelola/rujukan/`, and a regulation's page with what cites it here."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from shared_apps.accounts.requests import SignedInRequest
from shared_apps.accounts.selectors import holders
from shared_apps.regulations.pages import find_or_404, page_of, status_tag
from tenant_apps.citations import selectors, services
from tenant_apps.citations.models import Citation
from toolkit.access_rules import needs, public
from toolkit.errors import DomainError
from toolkit.tables import Column, Filter, Listing
from toolkit.whole_numbers import whole_number


@public
@require_safe
def regulation_page(request: HttpRequest, key: str) -> HttpResponse:
    """One regulation on a tenant, with what cites it here and the person may see."""
    regulation = find_or_404(key)
    context = page_of(request, regulation)
    context["citing"] = selectors.citing(regulation, request.user)
    return render(request, "citations/regulation.html", context)


def _with_owners(rows: list[Citation]) -> list[Citation]:
    names = holders({row.owner_id for row in rows if row.owner_id})
    for row in rows:
        person = names.get(row.owner_id) if row.owner_id else None
        row.owner_name = person.name if person else ""  # type: ignore[attr-defined]
    return rows


def _cited(row: Citation) -> str:
    if row.article:
        article = _("Pasal {article}").format(article=row.article)
        return f"{row.regulation.label} {article}"
    return row.regulation.label


def _listing(request: SignedInRequest) -> Listing:
    def title(row: Citation) -> str:
        return format_html('<a href="{}">{}</a>', row.path, row.title)

    def cited(row: Citation) -> str:
        return format_html('<a href="{}">{}</a>', row.regulation.path, _cited(row))

    def button(row: Citation) -> str:
        return render_to_string("citations/confirm.html", {"row": row}, request=request)

    return Listing(
        params=request.GET,
        rows=selectors.works_on(request.user),
        columns=[
            Column("materi", _("Materi"), lambda row: row.title, order=["title"], cell=title),
            Column("peraturan", _("Merujuk"), _cited, order=["regulation__key"], cell=cited),
            Column(
                "status", _("Kini"), lambda row: row.regulation.status_shown,
                cell=lambda row: status_tag(row.regulation),
            ),
            Column(
                "sejak", _("Sejak"), lambda row: row.regulation.changed_at,
                order=["regulation__changed_at"],
            ),
            Column("pemilik", _("Pemilik"), lambda row: row.owner_name or "–"),
            Column("tindakan", _("Tindakan"), lambda row: "", cell=button),
        ],
        filters=[
            Filter("q", _("Materi"), lambda rows, text: rows.filter(title__icontains=text)),
            Filter(
                "milik", _("Pemilik"),
                lambda rows, _value: rows.filter(owner_id=request.user.pk),
                [("saya", _("Milik saya"))],
            ),
        ],
        enrich=_with_owners,
        name="rujukan",
    )  # fmt: skip


@needs("workspace.view")
@require_safe
def work_list(request: SignedInRequest) -> HttpResponse:
    """What cites a regulation that was amended or revoked; one's own first."""
    listing = _listing(request)
    if listing.wants_download:
        return listing.download()
    return render(request, "citations/work_list.html", {"listing": listing})


@needs("workspace.view")
@require_POST
def confirm(request: SignedInRequest, citation_id: uuid.UUID) -> HttpResponse:
    """Note that a thing still holds, as the law stood when the person looked."""
    seen: Any = whole_number(request.POST.get("dilihat", ""), digits=9)
    try:
        row = services.confirm(by=request.user, citation_id=citation_id, seen=seen or 0)
    except DomainError as refusal:
        messages.info(request, str(refusal))
    else:
        done = _("“{title}” dinyatakan masih sesuai dengan {regulation}.")
        messages.success(request, done.format(title=row.title, regulation=row.regulation.label))
    return HttpResponseRedirect(services.WORK_LIST)
