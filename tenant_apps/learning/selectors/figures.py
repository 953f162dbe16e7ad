"""Reads of kept figures; none of them counts enrolments."""

import datetime
from typing import Any

from django.db.models import QuerySet, Sum

from tenant_apps.learning.models import AgencyMonth, CompletionDays, TopicMonth
from tenants.models import Agency

AMOUNTS = (
    "started", "finished", "completed", "first_try", "jp", "pre_count", "pre_points",
    "post_count", "post_points", "gain_count", "gain_points", "n_gain_count", "n_gain_sum",
    "n_gain_high", "n_gain_medium", "n_gain_low",
)  # fmt: skip


def topic_months() -> QuerySet[TopicMonth]:
    """Return the kept rows of topics by month."""
    return TopicMonth.objects.all()


def agency_months() -> QuerySet[AgencyMonth]:
    """Return the kept rows of agencies by month."""
    return AgencyMonth.objects.all()


def summed(rows: QuerySet[Any], *by: str) -> list[dict[str, Any]]:
    """Return the sums of kept rows by some columns, months and shards together: one query."""
    found = rows.order_by().values(*by) if by else rows
    sums = {name: Sum(name, default=0) for name in AMOUNTS}
    return list(found.annotate(**sums).order_by(*by)) if by else [rows.aggregate(**sums)]


def median_days(rows: QuerySet[CompletionDays]) -> dict[Any, float]:
    """Return the median of days from start to completion by topic, exact; key None for all."""
    counts: dict[Any, dict[int, int]] = {}
    for topic_id, days, people in (
        rows.order_by().values_list("topic_id", "days").annotate(n=Sum("people"))
    ):
        for key in (topic_id, None):
            spread = counts.setdefault(key, {})
            spread[days] = spread.get(days, 0) + people
    return {key: _median(spread) for key, spread in counts.items()}


def completion_days() -> QuerySet[CompletionDays]:
    """Return the kept spread of days to completion."""
    return CompletionDays.objects.all()


def _median(spread: dict[int, int]) -> float:
    total = sum(spread.values())
    wanted = [(total - 1) // 2, total // 2]
    found: list[int] = []
    passed = 0
    for days, people in sorted(spread.items()):
        while len(found) < 2 and wanted[len(found)] < passed + people:
            found.append(days)
        passed += people
    return sum(found) / 2


def agencies_seen() -> list[tuple[str, str]]:
    """Return (id, name) of the agencies whose people learn here, by name: two queries."""
    ids = AgencyMonth.objects.order_by().values_list("agency_id", flat=True).distinct()
    names = agency_names(list(ids))
    return sorted(((str(pk), name) for pk, name in names.items()), key=lambda pair: pair[1])


def agency_names(ids: list[int]) -> dict[int, str]:
    """Return the names of agencies."""
    return dict(Agency.objects.filter(pk__in=ids).values_list("pk", "name"))


def years_seen() -> list[int]:
    """Return the years with figures."""
    months = TopicMonth.objects.dates("month", "year")
    return [month.year for month in months]


def first_month() -> datetime.date | None:
    """Return the earliest month with figures."""
    found = TopicMonth.objects.order_by("month").values_list("month", flat=True).first()
    return found
