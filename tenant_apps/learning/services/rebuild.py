"""Comparing kept figures with what the enrolments say, and setting them right."""

import uuid
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import connection, transaction

from shared_apps.accounts import selectors as accounts
from shared_apps.recognition import selectors as recognition
from tenant_apps.learning.models import AgencyMonth, CompletionDays, Enrolment, TopicMonth
from tenant_apps.learning.services import figures

TABLES = (TopicMonth, AgencyMonth, CompletionDays)
CHUNK = 2_000
# One statement, one snapshot: an event and its figures are seen together or not at all.
LACK = """
SELECT (SELECT count(*) FROM learning_enrolment)
           <> (SELECT coalesce(sum(started), 0) FROM learning_topicmonth)
    OR (SELECT count(certificate_id) FROM learning_enrolment)
           <> (SELECT coalesce(sum(completed), 0) FROM learning_topicmonth)
"""
Sums = dict[tuple[Any, tuple[Any, ...]], Counter[str]]


@dataclass(frozen=True)
class Difference:
    """One kept row (its shards together) that does not say what the enrolments say."""

    table: str
    key: str
    kept: str
    right: str


@transaction.atomic
def check() -> list[Difference]:
    """Return what differs at the open tenant; writers wait meanwhile."""
    _lock()
    return _differences(_kept(), _right())


@transaction.atomic
def rebuild() -> list[Difference]:
    """Set the kept figures of the open tenant right; returns what differed."""
    _lock()
    _remember_agencies()
    right = _right()
    found = _differences(_kept(), right)
    if found:
        for table in TABLES:
            table.objects.all().delete()
        for (table, key), amounts in right.items():
            figures.write(table, {**dict(key), "shard": 0}, amounts)
    return found


def lacks_figures() -> bool:
    """Say cheaply whether the open tenant has people who were never counted.

    So it is after an upgrade from a version that kept no figures.
    """
    with connection.cursor() as cursor:
        cursor.execute(LACK)
        (lacks,) = cursor.fetchone()
    return bool(lacks)


def _lock() -> None:
    names = ", ".join(table._meta.db_table for table in TABLES)
    with connection.cursor() as cursor:
        cursor.execute(f"LOCK TABLE {names} IN SHARE ROW EXCLUSIVE MODE")


def _chunks() -> Iterator[list[Enrolment]]:
    waiting: list[Enrolment] = []
    for row in Enrolment.objects.order_by("pk").iterator(chunk_size=CHUNK):
        waiting.append(row)
        if len(waiting) == CHUNK:
            yield waiting
            waiting = []
    yield waiting


def _remember_agencies() -> None:
    """Fill in the agency of people who started before it was kept: the one of today."""
    rows = Enrolment.objects.filter(agency_id__isnull=True)
    people = accounts.holders(set(rows.values_list("member_id", flat=True)))
    by_agency: dict[int, list[uuid.UUID]] = {}
    for holder in people.values():
        if holder.agency_id is not None:
            by_agency.setdefault(holder.agency_id, []).append(holder.account_id)
    for agency_id, members in by_agency.items():
        rows.filter(member__in=members).update(agency_id=agency_id)


def _right() -> Sums:
    sums: Sums = {}
    for rows in _chunks():
        printed = recognition.printed_jp(
            [row.certificate_id for row in rows if row.certificate_id is not None]
        )
        for row in rows:
            _put(sums, figures.starting(row))
            if row.certificate_id is not None:
                _put(sums, figures.completing(row, jp=printed.get(row.certificate_id, Decimal(0))))
    return sums


def _put(sums: Sums, additions: Iterator[figures.Addition]) -> None:
    for table, key, amounts in additions:
        whole = tuple(item for item in key.items() if item[0] != "shard")
        total = sums.setdefault((table, whole), Counter())
        for name, amount in amounts.items():
            total[name] += amount


def _kept() -> Sums:
    sums: Sums = {}
    for table in TABLES:
        names = [f.attname for f in table._meta.concrete_fields if not f.primary_key]
        keys = [name for name in names if name in {"topic_id", "agency_id"}] + ["month"]
        keys += ["days"] if table is CompletionDays else []
        amounts = [name for name in names if name not in {*keys, "shard"}]
        for row in table.objects.values(*keys, *amounts):
            total = sums.setdefault((table, tuple((key, row[key]) for key in keys)), Counter())
            for name in amounts:
                total[name] += row[name]
    return sums


def _differences(kept: Sums, right: Sums) -> list[Difference]:
    found = []
    for table, key in sorted({*kept, *right}, key=str):
        was, must = (_text(sums.get((table, key), Counter())) for sums in (kept, right))
        if was != must:
            found.append(Difference(table.__name__, str(dict(key)), was, must))
    return found


def _text(amounts: Counter[str]) -> str:
    return ", ".join(
        f"{name} {Decimal(n).normalize():f}" for name, n in sorted(amounts.items()) if n
    )
