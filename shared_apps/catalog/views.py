"""Pages of the catalogue on the portal."""

from decimal import Decimal
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from shared_apps.catalog import selectors
from shared_apps.catalog.selectors import EntryPage, Filters
from tenants import hosts
from toolkit import markdown
from toolkit.access_rules import public
from toolkit.search import MOST_QUERY_TEXT, Query, parse
from toolkit.whole_numbers import whole_number

# Choices of the filter by JP: half-open ranges.
JP_RANGES: dict[str, tuple[Any, tuple[Decimal | None, Decimal | None]]] = {
    "1": (gettext_lazy("Kurang dari 2 JP"), (None, Decimal(2))),
    "2": (gettext_lazy("2–3 JP"), (Decimal(2), Decimal(4))),
    "4": (gettext_lazy("4 JP atau lebih"), (Decimal(4), None)),
}


def page_number(request: HttpRequest) -> int:
    """Return the page asked for; the first for anything that is not a number."""
    return whole_number(request.GET.get("halaman", ""), digits=5) or 1


def _find(account: Any, query: Query, filters: Filters, newest: bool, number: int) -> EntryPage:
    if not query:
        return selectors.newest(account, filters=filters, number=number)
    find = selectors.search_newest if newest else selectors.search
    return find(query, account, filters=filters, number=number)


@public
@require_safe
def catalogue(request: HttpRequest) -> HttpResponse:
    """Search and list of all that tenants publish, with filters in the address."""
    text = request.GET.get("q", "").replace("\0", "").strip()[:MOST_QUERY_TEXT]
    query = parse(text)
    code, jp = request.GET.get("penyelenggara", ""), request.GET.get("jp", "")
    newest = request.GET.get("urut") == "terbaru"
    chosen = next((p for p in selectors.providers() if p.code == code), None)
    filters = Filters(
        tenant_id=chosen.pk if chosen else None,
        jp=JP_RANGES[jp][1] if jp in JP_RANGES else (None, None),
    )
    page = _find(request.user, query, filters, newest, page_number(request))
    nothing = bool(query) and not page.entries and page.number == 1
    return render(
        request,
        "catalog/catalogue.html",
        {
            "q": text,
            "searched": bool(query),
            "page": page,
            "newest": newest,
            "filtered": chosen is not None or jp in JP_RANGES,
            "provider_options": _options(
                [(p.code, p.name) for p in selectors.providers()], chosen.code if chosen else ""
            ),
            "jp_options": _options([(key, label) for key, (label, _r) in JP_RANGES.items()], jp),
            "unknown_words": (
                selectors.words_without_match(query, request.user) if nothing else []
            ),
        },
    )


def _options(choices: list[tuple[str, Any]], selected: str) -> str:
    """Return `<option>` elements; written here since a template loop costs five times as much."""
    plain = '<option value="{}">{}</option>'
    marked = '<option value="{}" selected>{}</option>'
    return mark_safe(
        "".join(
            format_html(marked if value == selected else plain, value, label)
            for value, label in choices
        )
    )


@public
@require_safe
def provider(request: HttpRequest, code: str) -> HttpResponse:
    """Public page of one training provider: who it is and what it publishes."""
    tenant = selectors.provider_by_code(code)
    if tenant is None:
        raise Http404
    page = selectors.newest(
        request.user, filters=Filters(tenant_id=tenant.pk), number=page_number(request)
    )
    return render(
        request,
        "catalog/provider.html",
        {
            "provider": tenant,
            "description": mark_safe(markdown.render(tenant.description)),
            "page": page,
            "provider_url": hosts.tenant_url(tenant.pk),
            "crumbs": [
                {"url": "/katalog/", "label": _("Katalog")},
                {"url": "", "label": tenant.name},
            ],
        },
    )
