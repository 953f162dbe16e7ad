"""Satisfaction (IKM) by topic, class and month, from the kept sums of the survey."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tenant_apps.learning.selectors.progress import offering_titles
from tenant_apps.learning.selectors.topics import topic_titles
from tenant_apps.reports.periods import Period, chosen, periods
from tenant_apps.surveys import selectors as surveys
from tenant_apps.surveys.ikm import Index
from tenants.choices import ThingKind
from tenants.schemas import current_tenant

#: Grades that ask for attention.
POOR = {"C", "D"}


@dataclass(frozen=True)
class Asked:
    """What the address asks the index of."""

    topic: uuid.UUID | None
    offering: uuid.UUID | None
    period: Period


@dataclass(frozen=True)
class Line:
    """One subject with its answers; the index is None below the least number."""

    key: Any
    label: str
    answers: int
    index: Index | None


def asked(params: Mapping[str, str], years: list[int]) -> Asked:
    """Return what the address asks for; what cannot be read is left out."""
    return Asked(
        topic=_uuid(params.get("topik", "")),
        offering=_uuid(params.get("kelas", "")),
        period=chosen(periods(years), params.get("periode", "")),
    )


def _uuid(text: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(text)
    except ValueError:
        return None


def _narrowed(rows: Any, wanted: Asked) -> Any:
    if wanted.topic:
        rows = rows.filter(subject_kind=ThingKind.TOPIC, subject_uuid=wanted.topic)
    if wanted.offering:
        rows = rows.filter(offering=wanted.offering)
    return wanted.period.narrow(rows)


def overall(wanted: Asked) -> tuple[int, Index | None]:
    """Return (answers, IKM) of all that is asked for: one query."""
    rows = _narrowed(surveys.totals(), wanted)
    return surveys.indexes(rows, tenant_id=current_tenant().pk).get((), (0, None))


def by_month(wanted: Asked) -> list[Line]:
    """Return the index of each month, oldest first: one query."""
    rows = _narrowed(surveys.totals(), wanted)
    found = surveys.indexes(rows, "month", tenant_id=current_tenant().pk)
    return [
        Line(month, "", answers, index)
        for (month,), (answers, index) in sorted(found.items(), key=lambda item: item[0])
    ]


def by_topic(wanted: Asked) -> list[Line]:
    """Return the index of each topic, weakest first, those without an index last: two queries."""
    rows = _narrowed(surveys.totals(), wanted).filter(subject_kind=ThingKind.TOPIC)
    found = surveys.indexes(rows, "subject_uuid", tenant_id=current_tenant().pk)
    titles = topic_titles([topic_id for (topic_id,) in found])
    lines = [
        Line(topic_id, titles.get(topic_id, "–"), answers, index)
        for (topic_id,), (answers, index) in found.items()
    ]
    return sorted(lines, key=_weakest_first)


def by_class(wanted: Asked) -> list[Line]:
    """Return the index of each class, weakest first: one query. Learning alone is left out."""
    rows = _narrowed(surveys.totals(), wanted)
    found = surveys.indexes(rows, "offering", tenant_id=current_tenant().pk)
    titles = offering_titles() if found else {}
    lines = [
        Line(pk, titles.get(pk, "–"), answers, index)
        for (pk,), (answers, index) in found.items()
        if pk is not None
    ]
    return sorted(lines, key=_weakest_first)


def _weakest_first(line: Line) -> tuple[bool, Any, str]:
    return line.index is None, line.index.value if line.index else 0, line.label


def comments(wanted: Asked) -> Any:
    """Return the comments on what is asked for, without those that would point at a person."""
    return surveys.comments(
        _narrowed(surveys.responses(), wanted),
        _narrowed(surveys.totals(), wanted),
        tenant_id=current_tenant().pk,
    )


def years_answered() -> list[int]:
    """Return the years with answers."""
    return [month.year for month in surveys.totals().dates("month", "year")]
