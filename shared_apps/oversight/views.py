"""`/lan/`: the figures of all agencies."""

from dataclasses import dataclass

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from shared_apps.oversight import documents, selectors
from shared_apps.oversight.selectors import AgencyRow
from shared_apps.recognition.choices import FIRST_YEAR
from shared_apps.rules import selectors as rules
from tenants.choices import AgencyKind
from toolkit import indonesian, xlsx
from toolkit.access_rules import needs
from toolkit.whole_numbers import whole_number

PAGE_SIZE = 100
COLUMNS = (
    ("nama", gettext_lazy("Instansi"), False),
    ("jenis", gettext_lazy("Jenis"), False),
    ("pegawai", gettext_lazy("Pegawai aktif"), True),
    ("orang", gettext_lazy("Orang"), True),
    ("belajar", gettext_lazy("Orang belajar"), True),
    ("sertifikat", gettext_lazy("Sertifikat terbit"), True),
    ("jp", gettext_lazy("JP"), True),
    ("memenuhi", gettext_lazy("Memenuhi sasaran"), True),
    ("persen", gettext_lazy("Persen"), True),
)


@dataclass(frozen=True)
class Asked:
    """What the address asks for, with everything unusable left out."""

    year: int
    words: str
    kind: str
    everyone: bool
    order: str


def _asked(request: HttpRequest) -> Asked:
    current = timezone.localdate().year
    year = whole_number(request.GET.get("tahun", ""), digits=4) or current
    kind = request.GET.get("jenis", "")
    order = request.GET.get("urut", "nama")
    return Asked(
        year=year if FIRST_YEAR <= year <= current else current,
        words=request.GET.get("q", "").strip()[:80],
        kind=kind if kind in AgencyKind.values else "",
        everyone=request.GET.get("semua") == "1",
        order=order if order.removeprefix("-") in selectors.SORTS else "nama",
    )


def _shown(rows: list[AgencyRow], asked: Asked) -> list[AgencyRow]:
    found = selectors.narrowed(rows, words=asked.words, kind=asked.kind, everyone=asked.everyone)
    return selectors.ordered(found, asked.order)


def _heads(order: str) -> list[dict[str, object]]:
    """Return the column heads: where a click leads, and the order that holds now."""
    heads: list[dict[str, object]] = []
    for name, label, numeric in COLUMNS:
        first = f"-{name}" if numeric else name
        turned = name if numeric else f"-{name}"
        sort = {name: "ascending", f"-{name}": "descending"}.get(order, "")
        heads.append(
            {
                "label": label,
                "numeric": numeric,
                "sort": sort,
                "next": turned if order == first else first,
            }
        )
    return heads


@needs("national.view")
@require_safe
def agencies(request: HttpRequest) -> HttpResponse:
    """All agencies of a year with national sums; filters and order stand in the address."""
    asked = _asked(request)
    rows = selectors.agency_rows(asked.year)
    shown = _shown(rows, asked)
    current = timezone.localdate().year
    return render(
        request,
        "oversight/agencies.html",
        {
            "asked": asked,
            "total": selectors.national(rows),
            "page": Paginator(shown, PAGE_SIZE).get_page(request.GET.get("halaman")),
            "heads": _heads(asked.order),
            "years": range(current, FIRST_YEAR - 1, -1),
            "kinds": AgencyKind.choices,
            "target": rules.whole("jp.target.pns"),
            "made_at": timezone.now(),
        },
    )


@needs("national.view")
@require_safe
def agencies_xlsx(request: HttpRequest) -> HttpResponse:
    """The same table, with the same filters and order, as a workbook."""
    asked = _asked(request)
    rows = _shown(selectors.agency_rows(asked.year), asked)
    headings, cells = documents.agency_table(rows)
    note = _("Dihitung pada {moment}.").format(moment=indonesian.date_time(timezone.now()))
    return xlsx.download(f"lintas-instansi-{asked.year}", headings, cells, note=note)
