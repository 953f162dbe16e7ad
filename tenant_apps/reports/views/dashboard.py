"""The workspace's first page: what waits for the person today, and the year in figures."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from shared_apps.access import attention
from shared_apps.access.selectors import permissions_of
from shared_apps.recognition import selectors as recognition
from tenant_apps.reports import drawings, results, satisfaction
from tenant_apps.reports.periods import today
from tenants.schemas import current_tenant
from toolkit import indonesian
from toolkit.access_rules import needs


@needs("workspace.view")
@require_safe
def dashboard(request: HttpRequest) -> HttpResponse:
    """What waits, by the person's rights; the year's figures for who may read results."""
    context: dict[str, Any] = {"tasks": attention.tasks_of(request.user)}
    if "result.view" in permissions_of(request.user, current_tenant()):
        context |= _year()
    return render(request, "reports/dashboard.html", context)


def _year() -> dict[str, Any]:
    """Return this year's figures, all from kept sums."""
    year = str(today().year)
    months = results.by_month(results.in_period("12-bulan"))
    total = results.total(results.in_period(year))
    _answers, index = satisfaction.overall(satisfaction.asked({"periode": year}, []))
    impact = recognition.tenant_impact(current_tenant().pk)
    tiles = [
        (_("Mulai belajar"), indonesian.number(total.started), ""),
        (_("Selesai"), indonesian.number(total.completed), ""),
        (_("JP diberikan"), indonesian.jp(total.jp), ""),
        (
            _("IKM"),
            indonesian.number(index.value) if index else "–",
            f"{index.grade} · {index.label}" if index else "",
        ),
        (_("Orang sejak dibuka"), indonesian.number(impact.people), ""),
        (_("Sertifikat sejak dibuka"), indonesian.number(impact.certificates), ""),
    ]
    return {
        "year": year,
        "tiles": tiles,
        "months": [(indonesian.month(month), row) for month, row in months],
        "months_chart": drawings.months(months) if months else "",
    }
