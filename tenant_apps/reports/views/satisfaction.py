"""Satisfaction (IKM): `/kelola/kepuasan/`. Sums and anonymous comments."""

from collections.abc import Iterator
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from shared_apps.rules import selectors as rules
from tenant_apps.learning.selectors import figures as kept
from tenant_apps.learning.selectors.progress import offering_titles
from tenant_apps.learning.selectors.topics import topic_titles
from tenant_apps.reports import drawings, satisfaction
from tenant_apps.reports.periods import choices, periods
from tenant_apps.reports.satisfaction import Asked, Line
from tenant_apps.surveys.choices import Unsur
from tenants.schemas import current_tenant
from toolkit import indonesian, tables
from toolkit.access_rules import needs

COMMENTS = 20


@needs("result.view")
@require_safe
def satisfaction_results(request: HttpRequest) -> HttpResponse:
    """The index with its nine unsur, by month and by topic, and what people wrote."""
    years = satisfaction.years_answered()
    wanted = satisfaction.asked(request.GET, years)
    kind, table = request.GET.get("format", ""), request.GET.get("tabel", "")
    if kind in {"xlsx", "csv"}:
        return _download(wanted, table, kind)
    answers, index = satisfaction.overall(wanted)
    months = satisfaction.by_month(wanted)
    started, finished = _begun(wanted)
    titles = topic_titles()
    topics = satisfaction.by_topic(wanted)
    page = Paginator(satisfaction.comments(wanted), COMMENTS).get_page(request.GET.get("halaman"))
    return render(
        request,
        "reports/satisfaction.html",
        {
            "answers": answers,
            "index": index,
            "least": rules.whole("survey.minimum_answers", tenant_id=current_tenant().pk),
            "unfinished": started - finished,
            "unsur_chart": drawings.unsurs(index) if index else "",
            "months": [(indonesian.month(row.key), row) for row in months],
            "months_chart": (
                drawings.index_by_month([(row.key, row.answers, row.index) for row in months])
                if months
                else ""
            ),
            "topics": [(row.label, row) for row in topics],
            "classes": [(row.label, row) for row in satisfaction.by_class(wanted)],
            "class_titles": offering_titles(),
            "page": page,
            "comments": [(titles.get(row.subject_uuid, ""), row.comment) for row in page],
            "titles": titles,
            "wanted": wanted,
            "period_choices": choices(periods(years)),
            "query": _query(wanted),
        },
    )


def _begun(wanted: Asked) -> tuple[int, int]:
    """Return how many started in the period and how many of them have completed."""
    rows = kept.topic_months()
    if wanted.topic:
        rows = rows.filter(topic=wanted.topic)
    (sums,) = kept.summed(wanted.period.narrow(rows))
    return sums["started"], sums["finished"]


def _query(wanted: Asked) -> str:
    parts = {"topik": wanted.topic, "kelas": wanted.offering, "periode": wanted.period.key}
    return "".join(f"{key}={value}&" for key, value in parts.items() if value)


def _download(wanted: Asked, table: str, kind: str) -> HttpResponse:
    if table == "saran":
        # No month: with the lists of participants it would lead to who completed then.
        titles = topic_titles()
        rows: Iterator[Any] = (
            [titles.get(row.subject_uuid, ""), row.comment]
            for row in satisfaction.comments(wanted).iterator()
        )
        return tables.answer("saran", [_("Topik"), _("Saran")], rows, kind)
    if table == "bulan":
        rows = (_cells(row.key, row) for row in satisfaction.by_month(wanted))
        return tables.answer("ikm-per-bulan", _header(_("Bulan")), rows, kind)
    if table == "kelas":
        rows = (_cells(row.label, row) for row in satisfaction.by_class(wanted))
        return tables.answer("ikm-per-kelas", _header(_("Kelas")), rows, kind)
    rows = (_cells(row.label, row) for row in satisfaction.by_topic(wanted))
    return tables.answer("ikm-per-topik", _header(_("Topik")), rows, kind)


def _header(first: str) -> list[str]:
    unsurs = [f"NRR {unsur.value} {unsur.label}" for unsur in Unsur]
    return [first, _("Jawaban"), *unsurs, _("IKM"), _("Mutu"), _("Kinerja"), _("Unsur terendah")]


def _cells(first: Any, line: Line) -> list[Any]:
    """Return one row; below the least number of answers only their number."""
    if line.index is None:
        return [first, line.answers, *[None] * (len(Unsur) + 4)]
    index = line.index
    return [
        first,
        line.answers,
        *(row.mean for row in index.rows),
        index.value,
        index.grade,
        str(index.label),
        ", ".join(index.lowest),
    ]
