"""Keeping the figures of learning: counted with the event, in its transaction.

Rows are locked in one order (topic before agency before days, earlier month first), so that two
events never wait for each other in a circle.
"""

import datetime
import zoneinfo
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any

from django.db import connection
from django.utils import timezone

from shared_apps.accounts import selectors as accounts
from shared_apps.rules import selectors as rules
from tenant_apps.learning.gain import band_of, n_gain
from tenant_apps.learning.models import AgencyMonth, CompletionDays, Enrolment, TopicMonth
from tenant_apps.learning.rules import score
from tenants.schemas import current_tenant
from toolkit.shards import shard_of

#: One addition: table, key, amounts.
Addition = tuple[Any, dict[str, Any], dict[str, Any]]


def count_starts(enrolments: Iterable[Enrolment]) -> None:
    """Count people who have just started; remembers the agency of those where it is missing."""
    rows = list(enrolments)
    missing = [row for row in rows if row.agency_id is None]
    people = accounts.holders({row.member_id for row in missing}) if missing else {}
    by_agency: dict[int, list[Enrolment]] = {}
    for row in missing:
        holder = people.get(row.member_id)
        row.agency_id = holder.agency_id if holder else None
        if row.agency_id is not None:
            by_agency.setdefault(row.agency_id, []).append(row)
    for agency_id, some in by_agency.items():
        Enrolment.objects.filter(pk__in=[row.pk for row in some]).update(agency_id=agency_id)
    _add(addition for row in rows for addition in starting(row))


def count_completion(enrolment: Enrolment, *, jp: Decimal) -> None:
    """Count a person who has just completed, with the JP of their certificate."""
    _add(completing(enrolment, jp=jp))


def starting(enrolment: Enrolment) -> Iterator[Addition]:
    """Yield what a start adds."""
    month = _day(enrolment.started_at).replace(day=1)
    for table, owner in _owners(enrolment):
        yield table, _key(owner, month, enrolment), {"started": 1}


def completing(enrolment: Enrolment, *, jp: Decimal) -> Iterator[Addition]:
    """Yield what a completion adds: to the month of the start, and to its own."""
    assert enrolment.completed_at is not None
    begun, done = _day(enrolment.started_at), _day(enrolment.completed_at)
    amounts = {
        "completed": 1,
        "first_try": int(enrolment.attempts == 1),
        "jp": jp,
        **_gains(enrolment, on=done),
    }
    for table, owner in _owners(enrolment):
        yield table, _key(owner, begun.replace(day=1), enrolment), {"finished": 1}
        yield table, _key(owner, done.replace(day=1), enrolment), amounts
    days = {"topic_id": enrolment.topic_id, "month": done.replace(day=1)}
    days |= {"days": max(0, (done - begun).days), "shard": shard_of(enrolment.member_id)}
    yield CompletionDays, days, {"people": 1}


def _owners(enrolment: Enrolment) -> list[tuple[Any, dict[str, Any]]]:
    return [
        (TopicMonth, {"topic_id": enrolment.topic_id}),
        (AgencyMonth, {"agency_id": enrolment.agency_id or 0}),
    ]


def _key(owner: dict[str, Any], month: datetime.date, enrolment: Enrolment) -> dict[str, Any]:
    return {**owner, "month": month, "shard": shard_of(enrolment.member_id)}


def _day(moment: datetime.datetime) -> datetime.date:
    zone = zoneinfo.ZoneInfo(current_tenant().time_zone)
    return timezone.localtime(moment, zone).date()


def _gains(enrolment: Enrolment, *, on: datetime.date) -> dict[str, Any]:
    pre = score(enrolment.pre_right, enrolment.pre_total)
    post = score(enrolment.post_right, enrolment.post_total)
    amounts: dict[str, Any] = {}
    if pre is not None:
        amounts |= {"pre_count": 1, "pre_points": pre}
    if post is not None:
        amounts |= {"post_count": 1, "post_points": post}
    if pre is not None and post is not None:
        amounts |= {"gain_count": 1, "gain_points": post - pre}
    normal = n_gain(pre, post)
    if normal is not None:
        tenant_id = current_tenant().pk
        high = Decimal(str(rules.value("report.n_gain_high", tenant_id=tenant_id, on=on)))
        medium = Decimal(str(rules.value("report.n_gain_medium", tenant_id=tenant_id, on=on)))
        band = band_of(normal, high=high, medium=medium)
        amounts |= {"n_gain_count": 1, "n_gain_sum": normal, f"n_gain_{band}": 1}
    return amounts


def gather(additions: Iterable[Addition]) -> dict[tuple[Any, tuple[Any, ...]], Counter[str]]:
    """Add up additions to the same row; the order is the order of locking."""
    sums: dict[tuple[Any, tuple[Any, ...]], Counter[str]] = {}
    for table, key, amounts in additions:
        total = sums.setdefault((table, tuple(key.items())), Counter())
        for name, amount in amounts.items():
            total[name] += amount
    order = [TopicMonth, AgencyMonth, CompletionDays]
    return dict(sorted(sums.items(), key=lambda item: (order.index(item[0][0]), str(item[0][1]))))


def _add(additions: Iterable[Addition]) -> None:
    """Write all additions in one go to the database, in the order of locking."""
    written = [_written(table, dict(key), sums) for (table, key), sums in gather(additions).items()]
    if written:
        with connection.cursor() as cursor:
            cursor.execute(
                "; ".join(sql for sql, _values in written),
                [value for _sql, values in written for value in values],
            )


def write(table: Any, key: Mapping[str, Any], amounts: Mapping[str, Any]) -> None:
    """Add amounts to the row with this key, making it if it is missing."""
    with connection.cursor() as cursor:
        cursor.execute(*_written(table, key, amounts))


def _written(
    table: Any, key: Mapping[str, Any], amounts: Mapping[str, Any]
) -> tuple[str, list[Any]]:
    columns = [*key, *amounts]
    raised = ", ".join(f"{name} = kept.{name} + EXCLUDED.{name}" for name in amounts)
    sql = (
        f"INSERT INTO {table._meta.db_table} AS kept ({', '.join(columns)})"
        f" VALUES ({', '.join(['%s'] * len(columns))})"
        f" ON CONFLICT ({', '.join(key)}) DO UPDATE SET {raised}"
    )
    return sql, [*key.values(), *amounts.values()]
