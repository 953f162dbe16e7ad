"""Results of learning: `/kelola/hasil/`. Sums only, no personal data."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from shared_apps.jobs import exports
from tenant_apps.reports import drawings, results
from tenant_apps.reports.results import Result, bands, days_text, shown
from toolkit import indonesian, tables
from toolkit.access_rules import needs


@needs("result.view")
@require_safe
def learning_results(request: HttpRequest) -> HttpResponse:
    """Figures of a topic and a period, with their trend, by topic and by agency."""
    listing = results.listing(request.GET, request.user)
    wanted = results.asked(listing)
    kind = request.GET.get("format", "")
    table = request.GET.get("tabel", "")
    if listing.wants_download and table == "bulan":
        return tables.answer(
            "hasil-per-bulan", *_table(_("Bulan"), _months(wanted, request.user)), kind
        )
    if listing.wants_download and table == "instansi":
        rows = iter(_agencies(wanted, request.user))
        return tables.answer("hasil-per-instansi", *_table(_("Instansi"), rows), kind)
    if listing.wants_download:
        return exports.answer(request, results.EXPORT, listing)
    total = results.shielded(results.total(wanted), request.user)
    months = list(_months(wanted, request.user))
    return render(
        request,
        "reports/results.html",
        {
            "listing": listing,
            "total": total,
            "tiles": _tiles(total),
            "months": [(indonesian.month(month), row) for month, row in months],
            "months_chart": drawings.months(months) if months else "",
            "bands": [(label, getattr(total, f"n_gain_{band}")) for band, label in bands()],
            "bands_chart": ""
            if total.few or not total.n_gain_count
            else drawings.n_gain_bands(total),
            "agencies": [] if wanted.topic else _agencies(wanted, request.user),
            "query": listing.query(),
        },
    )


def _tiles(total: Result) -> list[tuple[str, str]]:
    figures = [
        (_("Mulai"), indonesian.number(total.started)),
        (_("Selesai"), indonesian.number(total.completed)),
        (_("Penyelesaian"), shown(total.rate, " %")),
        (_("Rata-rata pre-test"), shown(total.pre)),
        (_("Rata-rata post-test"), shown(total.post)),
        (_("Kenaikan"), shown(total.gain)),
        (_("N-gain"), shown(total.n_gain)),
        (_("Lulus pada kesempatan pertama"), shown(total.first_try_rate, " %")),
        (_("Median hari sampai selesai"), days_text(total.median_days)),
        (_("JP diberikan"), indonesian.jp(total.jp)),
    ]
    return [(label, value or "–") for label, value in figures]


def _months(wanted: results.Asked, account: Any) -> Iterator[tuple[Any, Result]]:
    for month, row in results.by_month(wanted):
        yield month, results.shielded(row, account)


def _agencies(wanted: results.Asked, account: Any) -> list[tuple[str, Result]]:
    return [
        (name, results.shielded(row, account)) for name, row in results.by_agency(wanted.period)
    ]


def _table(first: str, rows: Iterator[tuple[Any, Result]]) -> tuple[list[str], Any]:
    """Return header and rows of a downloaded table."""
    header = [
        first, _("Mulai"), _("Selesai"), _("Penyelesaian (%)"), _("Rata-rata pre-test"),
        _("Rata-rata post-test"), _("Kenaikan"), _("N-gain"),
        _("Lulus pada kesempatan pertama (%)"), _("JP"),
    ]  # fmt: skip
    lines = (
        [
            key, row.started, row.completed, row.rate, row.pre, row.post, row.gain, row.n_gain,
            row.first_try_rate, row.jp,
        ]
        for key, row in rows
    )  # fmt: skip
    return header, lines
