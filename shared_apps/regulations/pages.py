"""The register for everybody: `/regulasi/`, on the portal and on tenants."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from shared_apps.regulations import permissions, selectors
from shared_apps.regulations.choices import RegulationKind, RegulationStatus
from shared_apps.regulations.models import Regulation
from toolkit.access_rules import public
from toolkit.tables import Column, Filter, Listing

TAGS = {
    RegulationStatus.IN_FORCE: "tag-ok",
    RegulationStatus.AMENDED: "tag-warn",
    RegulationStatus.PARTLY_REVOKED: "tag-warn",
    RegulationStatus.REVOKED: "tag-bad",
}


def status_tag(row: Regulation) -> str:
    """Return the status as a coloured tag with its word."""
    shown = row.status if row.checked or row.change else RegulationStatus.UNKNOWN
    tag = TAGS.get(RegulationStatus(shown), "")
    return format_html('<span class="tag {}">{}</span>', tag, row.status_shown)


def listing_of(request: HttpRequest, rows: Any, *, edit: bool = False) -> Listing:
    """Return regulations as a list with filters; `edit` links to where they are written."""

    def name(row: Regulation) -> str:
        path = f"{request.path}{row.key}/" if edit else row.path
        return format_html('<a href="{}">{}</a>', path, row.label)

    def with_status(rows: Any, value: str) -> Any:
        if value == RegulationStatus.UNKNOWN:
            return rows.filter(checked=False, change=0)
        return rows.filter(status=value).exclude(checked=False, change=0)

    def of_year(rows: Any, value: str) -> Any:
        return rows.filter(year=int(value)) if value.isascii() and value.isdigit() else rows.none()

    return Listing(
        params=request.GET,
        rows=rows,
        columns=[
            Column(
                "peraturan", _("Peraturan"), lambda row: row.label,
                order=["kind", "year", "number"], cell=name,
            ),
            Column("tentang", _("Tentang"), lambda row: row.about, order=["about"]),
            Column("tahun", _("Tahun"), lambda row: row.year, order=["year", "kind", "number"]),
            Column(
                "status", _("Status"), lambda row: row.status_shown, order=["status"],
                cell=status_tag,
            ),
            Column("sumber", _("Sumber"), lambda row: row.source, only_export=True),
        ],
        filters=[
            Filter("q", _("Nomor atau kata"), selectors.with_words),
            Filter(
                "jenis", _("Jenis"), lambda rows, value: rows.filter(kind=value),
                RegulationKind.choices,
            ),
            Filter("thn", _("Tahun"), lambda rows, value: of_year(rows, value[:4])),
            Filter("status", _("Status"), with_status, RegulationStatus.choices),
        ],
        default="-tahun",
        name="regulasi",
    )  # fmt: skip


@public
@require_safe
def regulation_list(request: HttpRequest) -> HttpResponse:
    """All regulations; a number as people type it leads to its page at once."""
    asked = {key for key, value in request.GET.items() if value}
    if asked == {"q"}:
        found = selectors.cited_as(request.GET.get("q", ""))
        if found is not None:
            return HttpResponseRedirect(found.path)
    listing = listing_of(request, selectors.seen_here())
    if listing.wants_download:
        return listing.download()
    return render(request, "regulations/list.html", {"listing": listing})


@public
@require_safe
def suggest(request: HttpRequest) -> JsonResponse:
    """What somebody who types in an editor may mean, as JSON."""
    rows = selectors.suggestions(request.GET.get("q", "")[:100])
    found = [{"insert": row.label, "about": row.about, "status": row.status_shown} for row in rows]
    return JsonResponse({"found": found})


def find_or_404(key: str) -> Regulation:
    """Return the regulation that the address names."""
    found = selectors.find_regulation(key)
    if found is None:
        raise Http404
    return found


def page_of(request: HttpRequest, regulation: Regulation) -> dict[str, Any]:
    """Return what the page of a regulation shows."""
    suffered, done = selectors.relations_of(regulation)
    tenant = permissions.open_tenant()
    edit = "/lan/regulasi/" if tenant is None else "/kelola/regulasi/"
    may_write = request.user.is_authenticated and permissions.may_write(request.user, regulation)
    return {
        "regulation": regulation,
        "status": status_tag(regulation),
        "suffered": suffered,
        "done": done,
        "edit_url": f"{edit}{regulation.key}/" if may_write else "",
    }


@public
@require_safe
def regulation_page(request: HttpRequest, key: str) -> HttpResponse:
    """One regulation on the portal: whether it holds, and what was done to it."""
    context = page_of(request, find_or_404(key))
    return render(request, "regulations/regulation.html", context)
