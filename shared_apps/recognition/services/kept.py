"""Kept sums: the one place that locks a person's total and adds to those of agency and tenant.

Every writer takes its locks in the same order (person, agency, tenant, number), so that two of
them never wait for each other in a circle.
"""

import datetime
import uuid
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import connection

from shared_apps.accounts.choices import EmploymentKind
from shared_apps.recognition.models import (
    AgencyTotal,
    NumberCounter,
    PersonTotal,
    TenantTotal,
)
from shared_apps.rules import selectors as rules
from toolkit.shards import shard_of

_TARGETS: dict[str, str] = {
    EmploymentKind.PNS: "jp.target.pns",
    EmploymentKind.PPPK: "jp.target.pppk",
}


@dataclass(frozen=True)
class Change:
    """What one award (+) or reversal (−) adds to sums: JP and a number of certificates."""

    credited: Decimal
    printed: Decimal
    certificates: int


@dataclass(frozen=True)
class AgencyFigures:
    """What is added to one agency's sum; the key is (agency, year, confirmed, shard)."""

    key: tuple[int, int, bool, int]
    credited: Decimal
    certificates: int
    learners: int
    met: int


def target_of(kind: str, year: int) -> Decimal | None:
    """Return the JP that a kind of civil servant should reach in a year; None without a duty."""
    key = _TARGETS.get(kind)
    if key is None:
        return None
    return Decimal(str(rules.value(key, on=datetime.date(year, 12, 31))))


def is_met(credited: Decimal, kind: str, year: int) -> bool:
    """Say whether the target is reached: exactly, without rounding."""
    target = target_of(kind, year)
    return target is not None and credited >= target


def lock_person(
    *, account_id: uuid.UUID, year: int, agency_id: int, confirmed: bool, kind: str
) -> PersonTotal:
    """Return the person's total of a year, locked until the transaction ends; made if missing.

    A new row counts at the given agency; an existing one stays where it counts.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO recognition_persontotal (account_id, period_start, period_end, agency_id,"
            " confirmed, kind, jp_credited, jp_printed, certificates, met)"
            " VALUES (%s, %s, %s, %s, %s, %s, 0, 0, 0, false)"
            " ON CONFLICT (account_id, period_start) DO NOTHING",
            [
                account_id,
                datetime.date(year, 1, 1),
                datetime.date(year, 12, 31),
                agency_id,
                confirmed,
                kind,
            ],
        )
    return PersonTotal.objects.select_for_update().get(
        account_id=account_id, period_start=datetime.date(year, 1, 1)
    )


def apply(total: PersonTotal, change: Change, *, tenant_id: int) -> None:
    """Add a change to the locked person's total and to the sums of its agency and the tenant."""
    was_learner, was_met = total.jp_credited > 0, total.met
    year = total.period_start.year
    total.jp_credited += change.credited
    total.jp_printed += change.printed
    total.certificates += change.certificates
    total.met = is_met(total.jp_credited, total.kind, year)
    total.save(update_fields=["jp_credited", "jp_printed", "certificates", "met"])
    add_to_agency(
        AgencyFigures(
            key=_agency_key(total),
            credited=change.credited,
            certificates=change.certificates,
            learners=(total.jp_credited > 0) - was_learner,
            met=total.met - was_met,
        )
    )
    add_to_tenant(
        tenant_id,
        shard_of(total.account_id),
        certificates=change.certificates,
        printed=change.printed,
    )


def all_of(total: PersonTotal, *, sign: int) -> AgencyFigures:
    """Return everything that a person's total means for its agency: to put in (+1) or out (−1)."""
    return AgencyFigures(
        key=_agency_key(total),
        credited=sign * total.jp_credited,
        certificates=sign * total.certificates,
        learners=sign * (total.jp_credited > 0),
        met=sign * total.met,
    )


def add_to_agency(figures: AgencyFigures) -> None:
    """Add figures to an agency's sum."""
    names = ("agency_id", "year", "confirmed", "shard")
    _add(
        AgencyTotal._meta.db_table,
        dict(zip(names, figures.key, strict=True)),
        {
            "jp_credited": figures.credited,
            "certificates": figures.certificates,
            "learners": figures.learners,
            "met": figures.met,
        },
    )


def _agency_key(total: PersonTotal) -> tuple[int, int, bool, int]:
    return (
        total.agency_id,
        total.period_start.year,
        total.confirmed,
        shard_of(total.account_id),
    )


def add_to_tenant(
    tenant_id: int,
    shard: int,
    *,
    people: int = 0,
    certificates: int = 0,
    printed: Decimal = Decimal(0),
) -> None:
    """Add figures to a tenant's sum."""
    _add(
        TenantTotal._meta.db_table,
        {"tenant_id": tenant_id, "shard": shard},
        {"people": people, "certificates": certificates, "jp_printed": printed},
    )


def next_number(tenant_id: int, year: int, *, yearly: bool = True) -> int:
    """Return the tenant's next certificate number, from 1: of a year, or of the endless series.

    The counter's rows stay locked until the transaction ends: call this last. The endless series
    (year 0) is locked first by all, so that two series never give a number at the same moment.
    """
    table = NumberCounter._meta.db_table
    raised = (
        f"INSERT INTO {table} AS kept (tenant_id, year, last) {{row}} ON CONFLICT (tenant_id, year)"
        " DO UPDATE SET last = kept.last + EXCLUDED.last RETURNING last"
    )
    endless = raised.format(row="VALUES (%s, 0, %s)")
    sql, params = endless, [tenant_id, 0 if yearly else 1]
    if yearly:
        # Reads from the first part, so that it is carried out after it.
        sql = f"WITH endless AS ({endless}) " + raised.format(row="SELECT %s, %s, 1 FROM endless")
        params += [tenant_id, year]
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return int(cursor.fetchone()[0])


def _add(table: str, key: dict[str, Any], amounts: dict[str, Any]) -> None:
    """Add amounts to the row with this key, making it if it is missing."""
    columns = [*key, *amounts]
    raised = ", ".join(f"{name} = kept.{name} + EXCLUDED.{name}" for name in amounts)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} AS kept ({', '.join(columns)})"
            f" VALUES ({', '.join(['%s'] * len(columns))})"
            f" ON CONFLICT ({', '.join(key)}) DO UPDATE SET {raised}",
            [*key.values(), *amounts.values()],
        )
