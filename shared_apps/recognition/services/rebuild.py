"""Recomputes every kept sum from the ledger, reports what differs and can put it right."""

import datetime
import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import connection, transaction

from shared_apps.recognition.models import AgencyTotal, PersonTotal, TenantTotal
from shared_apps.recognition.services import kept

# The last hexadecimal digit of an account's id, modulo 8: the same as toolkit.shards.
_SHARD = "('x' || right(account_id::text, 1))::bit(4)::int % 8"

# What the ledger says of each person and year. An even revision is an award, an odd one takes
# it back. The newest row's agency and the newest certificate's kind serve where no total exists.
_PEOPLE = f"""
SELECT coalesce(l.account_id, p.account_id), coalesce(l.year, extract(year FROM p.period_start)),
       coalesce(p.agency_id, l.agency_id), coalesce(p.confirmed, false),
       coalesce(p.kind, (SELECT c.holder_number_kind FROM recognition_certificate c
                          WHERE c.account_id = l.account_id ORDER BY c.issued_at DESC LIMIT 1), ''),
       coalesce(l.credited, 0), coalesce(l.printed, 0), coalesce(l.certificates, 0),
       p.jp_credited, p.jp_printed, p.certificates, p.met
  FROM (SELECT account_id, year, sum(jp_credited) AS credited, sum(jp_printed) AS printed,
               sum(CASE WHEN revision % 2 = 0 THEN 1 ELSE -1 END) AS certificates,
               (array_agg(agency_id ORDER BY recorded_at DESC))[1] AS agency_id
          FROM recognition_ledgerentry GROUP BY account_id, year) l
  FULL JOIN {PersonTotal._meta.db_table} p
    ON p.account_id = l.account_id AND p.period_start = make_date(l.year::int, 1, 1)
"""
_AGENCIES = f"""
SELECT agency_id, extract(year FROM period_start)::int, confirmed, {_SHARD},
       sum(jp_credited), sum(certificates), count(*) FILTER (WHERE jp_credited > 0),
       count(*) FILTER (WHERE met)
  FROM {PersonTotal._meta.db_table} GROUP BY 1, 2, 3, 4
"""
_TENANTS = f"""
SELECT tenant_id, {_SHARD}, count(DISTINCT account_id),
       sum(CASE WHEN revision % 2 = 0 THEN 1 ELSE -1 END), sum(jp_printed)
  FROM recognition_ledgerentry GROUP BY 1, 2
"""


@dataclass(frozen=True)
class Difference:
    """One kept sum that is not what the ledger says."""

    table: str
    key: str
    kept: str
    found: str


def check() -> list[Difference]:
    """Return every kept sum that differs; an empty list means that all are exact."""
    return [*_people(repair=False), *_agencies(repair=False), *_tenants(repair=False)]


@transaction.atomic
def rebuild() -> list[Difference]:
    """Put every kept sum right and return what differed.

    Awards wait meanwhile. A tenant's number of people counts members without a certificate
    too, which only the tenant knows: it is raised to the people of the ledger, never lowered.
    """
    with connection.cursor() as cursor:
        for model in (PersonTotal, AgencyTotal, TenantTotal):
            cursor.execute(f"LOCK TABLE {model._meta.db_table} IN SHARE ROW EXCLUSIVE MODE")
    return [*_people(repair=True), *_agencies(repair=True), *_tenants(repair=True)]


def _rows(sql: str) -> Iterator[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        yield from cursor.fetchall()


def _people(*, repair: bool) -> list[Difference]:
    differences, right = [], []
    for account_id, year, agency_id, confirmed, kind, *figures in _rows(_PEOPLE):
        year = int(year)
        credited, printed, certificates, *was = figures
        found = [credited, printed, certificates, kept.is_met(credited, kind, year)]
        if found == was:
            continue
        differences.append(_difference("person", f"{account_id} {year}", was, found))
        right.append(
            PersonTotal(
                account_id=uuid.UUID(str(account_id)),
                period_start=datetime.date(year, 1, 1),
                period_end=datetime.date(year, 12, 31),
                agency_id=agency_id,
                confirmed=confirmed,
                kind=kind,
                **dict(zip(_PERSON_FIGURES, found, strict=True)),
            )
        )
    if repair:
        PersonTotal.objects.bulk_create(
            right,
            batch_size=1000,
            update_conflicts=True,
            unique_fields=["account", "period_start"],
            update_fields=_PERSON_FIGURES,
        )
    return differences


_PERSON_FIGURES = ["jp_credited", "jp_printed", "certificates", "met"]
_AGENCY_FIGURES = ["jp_credited", "certificates", "learners", "met"]
_NOTHING = (Decimal(0), 0, 0, 0)


def _agencies(*, repair: bool) -> list[Difference]:
    found = {row[:4]: row[4:] for row in _rows(_AGENCIES)}
    names = ("agency_id", "year", "confirmed", "shard")
    was = {row[:4]: row[4:] for row in AgencyTotal.objects.values_list(*names, *_AGENCY_FIGURES)}
    differences, right = [], []
    for key in _sorted(found, was):
        new = found.get(key, _NOTHING)
        if new == was.get(key, _NOTHING):
            continue
        differences.append(_difference("agency", key, was.get(key), new))
        right.append(
            AgencyTotal(
                **dict(zip(names, key, strict=True)),
                **dict(zip(_AGENCY_FIGURES, new, strict=True)),
            )
        )
    if repair:
        AgencyTotal.objects.bulk_create(
            right,
            update_conflicts=True,
            unique_fields=["agency", "year", "confirmed", "shard"],
            update_fields=_AGENCY_FIGURES,
        )
    return differences


def _tenants(*, repair: bool) -> list[Difference]:
    found = {row[:2]: row[2:] for row in _rows(_TENANTS)}
    figures = ["people", "certificates", "jp_printed"]
    was = {
        row[:2]: row[2:] for row in TenantTotal.objects.values_list("tenant_id", "shard", *figures)
    }
    differences, right = [], []
    for key in _sorted(found, was):
        people, certificates, printed = found.get(key, (0, 0, Decimal(0)))
        old = was.get(key, (0, 0, Decimal(0)))
        new = (max(people, old[0]), certificates, printed)
        if new == old:
            continue
        differences.append(_difference("tenant", key, old, new))
        right.append(
            TenantTotal(tenant_id=key[0], shard=key[1], **dict(zip(figures, new, strict=True)))
        )
    if repair:
        TenantTotal.objects.bulk_create(
            right,
            update_conflicts=True,
            unique_fields=["tenant", "shard"],
            update_fields=figures,
        )
    return differences


def _sorted(*keys: Iterable[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    return sorted({key for some in keys for key in some})


def _difference(table: str, key: object, was: object, found: object) -> Difference:
    return Difference(table, _text(key), _text(was), _text(found))


def _text(value: object) -> str:
    if isinstance(value, list | tuple):
        return " ".join("-" if part is None else str(part) for part in value)
    return "-" if value is None else str(value)
