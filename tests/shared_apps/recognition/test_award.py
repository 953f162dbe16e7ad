"""An award: once per source, in the right year, exact in every sum, frozen."""

import datetime
import uuid
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from shared_apps.audit.models import Event
from shared_apps.recognition import codes, selectors
from shared_apps.recognition.errors import AwardRefused
from shared_apps.recognition.models import (
    AgencyTotal,
    Certificate,
    FormRule,
    LedgerEntry,
    NumberCounter,
    PersonTotal,
    RecognisedSource,
    TenantTotal,
)
from shared_apps.recognition.services import certificates

Give = Callable[..., Any]
TABLES = (
    Certificate,
    LedgerEntry,
    RecognisedSource,
    PersonTotal,
    AgencyTotal,
    TenantTotal,
    NumberCounter,
    Event,
)


def everything() -> list[list[tuple[Any, ...]]]:
    """Return all rows that an award may touch."""
    return [sorted(map(str, model.objects.values_list())) for model in TABLES]


def utc(*parts: int) -> datetime.datetime:
    return datetime.datetime(*parts, tzinfo=datetime.UTC)  # type: ignore[misc, arg-type]


def test_writes_certificate_ledger_and_sums(
    give: Give, make_account: Any, tenant_a: Any, django_assert_max_num_queries: Any
) -> None:
    account = make_account(name="Ayu Lestari", agency="kemenkumham")
    before = selectors.tenant_impact(tenant_a.pk)
    with django_assert_max_num_queries(23):
        found = give(account, tenant_a)
    row = LedgerEntry.objects.get(account=account)
    assert (row.year, row.revision, row.answers, row.rule_set) == (2026, 0, None, "perlan-10-2018")
    assert row.jp_claimed == row.jp_computed == row.jp_printed == row.jp_credited == 2
    assert row.agency_id == account.home_agency_id and row.completed_on.isoformat() == "2026-11-22"
    assert (found.jp, found.year, found.released) == (2, 2026, False)
    assert (found.holder_name, found.holder_agency) == ("Ayu Lestari", account.home_agency.name)
    assert (found.provider_name, found.colour) == (tenant_a.name, tenant_a.colour)
    assert (found.signer_name, found.place) == (tenant_a.signer_name, "Denpasar")
    assert found.issued_at == utc(2026, 11, 22, 3, 42)
    assert codes.normalise_code(found.code) == found.code and len(found.code) == 14
    year = selectors.person_year(account.pk, 2026)
    assert (year.jp_credited, year.certificates, year.target, year.left) == (2, 1, 20, 18)
    assert year.met is False
    after = selectors.tenant_impact(tenant_a.pk)
    assert (after.certificates - before.certificates, after.jp - before.jp) == (1, 2)


def test_numbers_follow_each_other(give: Give, make_account: Any, tenant_a: Any) -> None:
    first, second = (give(make_account(), tenant_a) for _ in range(2))
    number, code, year = first.number.split("/")
    assert (len(number), code, year) == (6, "KANREG10", "2026")
    assert int(second.number.split("/")[0]) == int(number) + 1


def test_repeated_at_any_time_changes_nothing(give: Give, make_account: Any, tenant_a: Any) -> None:
    account, source = make_account(), uuid.uuid4()
    first = give(account, tenant_a, source=source)
    before = everything()
    later = utc(2027, 5, 1)
    with CaptureQueriesContext(connection) as queries:
        again = [
            give(account, tenant_a, source=source),
            give(account, tenant_a, source=source, at=later, jp="9.00", title="Lain"),
        ]
    assert [c.pk for c in again] == [first.pk, first.pk]
    assert everything() == before
    assert not [q for q in queries if "INSERT" in q["sql"] or "UPDATE" in q["sql"]]


def test_same_source_at_two_tenants_counts_twice(
    give: Give, make_account: Any, tenant_a: Any, tenant_b: Any
) -> None:
    account, source = make_account(), uuid.uuid4()
    give(account, tenant_a, source=source)
    give(account, tenant_b, source=source)
    assert selectors.person_year(account.pk, 2026).jp_credited == 4


@pytest.mark.parametrize(
    ("zone", "at", "year", "day"),
    [
        # 31 December 23.50 and 1 January 00.10 on the tenant's clock.
        ("Asia/Jakarta", utc(2026, 12, 31, 16, 50), 2026, "2026-12-31"),
        ("Asia/Jakarta", utc(2026, 12, 31, 17, 10), 2027, "2027-01-01"),
        ("Asia/Makassar", utc(2026, 12, 31, 15, 50), 2026, "2026-12-31"),
        ("Asia/Makassar", utc(2026, 12, 31, 16, 10), 2027, "2027-01-01"),
        ("Asia/Jayapura", utc(2026, 12, 31, 14, 50), 2026, "2026-12-31"),
        ("Asia/Jayapura", utc(2026, 12, 31, 15, 10), 2027, "2027-01-01"),
    ],
)
def test_year_is_of_the_tenants_day(
    give: Give,
    make_account: Any,
    tenant_a: Any,
    zone: str,
    at: datetime.datetime,
    year: int,
    day: str,
) -> None:
    tenant_a.time_zone = zone
    found = give(make_account(), tenant_a, at=at)
    assert (found.year, found.completed_on.isoformat()) == (year, day)
    assert found.issued_on == found.completed_on and found.number.endswith(f"/{year}")
    entry = LedgerEntry.objects.get(account=found.account_id)
    assert (entry.year, entry.completed_on) == (year, found.completed_on)


def test_release_in_the_new_year_leaves_the_old_year(
    give: Give, make_account: Any, tenant_a: Any
) -> None:
    """Passed on 31 December 23.50, survey on 1 January: the JP stay in the old year."""
    account = make_account()
    found = give(account, tenant_a, at=utc(2025, 12, 31, 16, 50))
    certificates.release(certificate_id=found.pk)
    certificates.release(certificate_id=found.pk)
    found.refresh_from_db()
    assert found.released and found.year == 2025
    assert selectors.person_year(account.pk, 2025).jp_credited == 2
    assert selectors.person_year(account.pk, 2026).jp_credited == 0


@pytest.mark.parametrize(
    ("mode", "credited"),
    [
        ("off", ["2.00", "2.00", "2.00"]),
        ("flag", ["2.00"] * 3),
        ("truncate", ["2.00", "1.00", "0.00"]),
    ],
)
def test_day_cap(
    give: Give, make_account: Any, tenant_a: Any, mode: str, credited: list[str]
) -> None:
    FormRule.objects.filter(form="C3").update(cap_mode=mode)
    account = make_account()
    for _ in range(3):
        assert give(account, tenant_a).jp == 2
    give(account, tenant_a, at=utc(2026, 11, 23, 3))
    rows = LedgerEntry.objects.filter(account=account).order_by("recorded_at")
    assert [str(row.jp_credited) for row in rows] == [*credited, "2.00"]
    assert [row.cap_reason for row in rows][1:3] == (["", ""] if mode == "off" else ["day_cap"] * 2)
    total = PersonTotal.objects.get(account=account)
    assert total.jp_printed == 8 and total.jp_credited == sum(map(Decimal, credited)) + 2


def test_a_reversal_frees_its_share_of_the_day(
    give: Give, make_account: Any, tenant_a: Any
) -> None:
    FormRule.objects.filter(form="C3").update(cap_mode="truncate")
    account = make_account()
    first = give(account, tenant_a)
    second = give(account, tenant_a)
    certificates.revoke(code=first.code, reason="Salah orang", by=None)
    give(account, tenant_a)
    credited = LedgerEntry.objects.filter(account=account, revision=0).order_by("recorded_at")
    assert [row.jp_credited for row in credited] == [2, 1, 2]
    assert LedgerEntry.objects.get(account=account, uuid=second.uuid).jp_credited == 1


@pytest.mark.parametrize(("kind", "below"), [("pns", False), ("pppk", None)])
def test_target_is_reached_exactly(
    give: Give, make_account: Any, tenant_a: Any, kind: str, below: bool | None
) -> None:
    account = make_account(kind=kind)

    def met() -> int:
        rows = AgencyTotal.objects.filter(agency=account.home_agency_id, year=2026)
        return sum(rows.values_list("met", flat=True))

    before = met()
    give(account, tenant_a, jp="19.60")
    give(account, tenant_a, jp="0.30")
    year = selectors.person_year(account.pk, 2026)
    assert (year.jp_credited, year.met, year.left) == (Decimal("19.90"), below, Decimal("0.10"))
    assert met() == before
    give(account, tenant_a, jp="0.10")
    year = selectors.person_year(account.pk, 2026)
    assert (year.jp_credited, year.met, year.left) == (20, True, 0)
    assert met() == before + 1
    give(account, tenant_a, jp="5.00")
    assert met() == before + 1


def test_without_a_duty_there_is_no_target(make_account: Any) -> None:
    year = selectors.person_year(make_account().pk, 2026, kind="")
    assert (year.target, year.met, year.left, year.jp_credited) == (None, None, 0, 0)


def test_curriculum_must_add_up(give: Give, make_account: Any, tenant_a: Any) -> None:
    with pytest.raises(AwardRefused):
        give(make_account(), tenant_a, curriculum=[{"title": "Satu", "jp": "1.99"}])
    with pytest.raises(AwardRefused):
        give(make_account(), tenant_a, jp="0.00")


def test_no_rule_no_award(give: Give, make_account: Any, tenant_a: Any) -> None:
    with pytest.raises(AwardRefused):
        give(make_account(), tenant_a, form="B1")
    assert not LedgerEntry.objects.filter(form="B1").exists()
