"""Kept sums equal what the ledger says, whatever happens and in whatever order."""

import datetime
import os
import random
import uuid
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from shared_apps.recognition import selectors
from shared_apps.recognition.models import (
    AgencyTotal,
    Certificate,
    FormRule,
    LedgerEntry,
    PersonTotal,
    TenantTotal,
)
from shared_apps.recognition.services import certificates, rebuild, totals
from tenants.models import Agency, Tenant
from toolkit import indonesian

Give = Callable[..., Any]
STEPS = 120


def figures(agency_id: int, year: int = 2026) -> dict[str, tuple[Any, ...]]:
    """Return (learners, met, certificates, JP) of an agency: declared and confirmed."""
    for row in selectors.agency_year_table(year):
        if row.agency_id == agency_id:
            return {
                name: (f.learners, f.met, f.certificates, f.jp_credited)
                for name, f in (("declared", row.declared), ("confirmed", row.confirmed))
            }
    return {"declared": (0, 0, 0, 0), "confirmed": (0, 0, 0, 0)}


def added(before: tuple[Any, ...], *more: Any) -> tuple[Any, ...]:
    return tuple(was + plus for was, plus in zip(before, more, strict=True))


def test_any_sequence_keeps_the_sums_exact(
    give: Give, make_account: Any, tenant_a: Any, tenant_b: Any, capsys: Any
) -> None:
    seed = int(os.environ.get("SEED", random.randrange(10**6)))
    with capsys.disabled():
        print(f" seed {seed}", end=" ")
    dice = random.Random(seed)
    agencies = [tenant_a.agency, tenant_b.agency, Agency.objects.get(code="lan")]
    people = [make_account(kind=dice.choice(["pns", "pppk"])) for _ in range(6)]
    sources = [uuid.UUID(int=dice.getrandbits(128)) for _ in range(5)]
    for _ in range(STEPS):
        person, roll = dice.choice(people), dice.random()
        valid = Certificate.objects.filter(account__in=people, revoked_at=None).order_by("code")
        if roll < 0.6:
            give(
                person,
                dice.choice([tenant_a, tenant_b]),
                source=dice.choice(sources),
                jp=dice.choice(["0.33", "2.00", "7.77", "12.50", "20.00"]),
                at=datetime.datetime(
                    dice.choice([2025, 2026]), 12, 31, dice.choice([10, 18]), tzinfo=datetime.UTC
                ),
            )
        elif roll < 0.8 and valid:
            certificates.revoke(code=dice.choice(valid).code, reason="Acak", by=None)
        elif roll < 0.95:
            identity = person.identity
            identity.agency = dice.choice(agencies)
            identity.state = dice.choice(["declared", "confirmed"])
            identity.save()
            totals.move_identity(
                account_id=person.pk,
                agency_id=identity.agency_id,
                confirmed=identity.state == "confirmed",
            )
        else:
            mode = dice.choice(["off", "flag", "truncate"])
            FormRule.objects.filter(form="C3").update(cap_mode=mode)
    assert rebuild.check() == []
    rows = AgencyTotal.objects.values_list("jp_credited", "certificates", "learners", "met")
    assert all(figure >= 0 for row in rows for figure in row)
    own = LedgerEntry.objects.filter(account__in=people)
    assert own.count() > 20
    for person in people:
        for year in (2025, 2026, 2027):
            said = sum(own.filter(account=person, year=year).values_list("jp_credited", flat=True))
            assert selectors.person_year(person.pk, year).jp_credited == said


def test_confirmation_moves_the_figures(give: Give, make_account: Any, tenant_a: Any) -> None:
    account = make_account(agency="kemenkumham")
    home = account.home_agency_id
    before = figures(home)
    give(account, tenant_a, jp="20.00")
    assert figures(home)["declared"] == added(before["declared"], 1, 1, 1, 20)
    totals.move_identity(account_id=account.pk, agency_id=home, confirmed=True)
    assert figures(home)["declared"] == before["declared"]
    assert figures(home)["confirmed"] == added(before["confirmed"], 1, 1, 1, 20)
    totals.move_identity(account_id=account.pk, agency_id=home, confirmed=True)
    assert figures(home)["confirmed"] == added(before["confirmed"], 1, 1, 1, 20)
    assert rebuild.check() == []


def test_a_past_year_stays_with_its_agency(give: Give, make_account: Any, tenant_a: Any) -> None:
    account = make_account(agency="kemenkumham")
    old, new = account.home_agency_id, tenant_a.agency_id
    past, now = figures(old, 2025), figures(new, 2026)
    give(account, tenant_a, at=datetime.datetime(2025, 5, 1, tzinfo=datetime.UTC))
    give(account, tenant_a)
    totals.move_identity(account_id=account.pk, agency_id=new, confirmed=True)
    assert figures(old, 2025)["declared"] == added(past["declared"], 1, 0, 1, 2)
    assert figures(new, 2026)["confirmed"] == added(now["confirmed"], 1, 0, 1, 2)
    # Confirmed later by the same agency, the year that has ended is confirmed too.
    totals.move_identity(account_id=account.pk, agency_id=old, confirmed=True)
    assert figures(old, 2025)["declared"] == past["declared"]
    assert figures(old, 2025)["confirmed"] == added(past["confirmed"], 1, 0, 1, 2)


def test_learning_elsewhere_counts_at_home(give: Give, make_account: Any, tenant_a: Any) -> None:
    """A person of Kemenkumham who learns at BKN: JP for Kemenkumham, impact for BKN."""
    account = make_account(agency="kemenkumham", state="confirmed")
    home, host = figures(account.home_agency_id), figures(tenant_a.agency_id)
    give(account, tenant_a)
    assert figures(account.home_agency_id)["confirmed"] == added(home["confirmed"], 1, 0, 1, 2)
    assert figures(tenant_a.agency_id) == host


def test_award_does_not_undo_a_confirmation(give: Give, make_account: Any, tenant_a: Any) -> None:
    """The caller read `declared` a moment before the training unit confirmed the person."""
    account = make_account()
    give(account, tenant_a)
    totals.move_identity(account_id=account.pk, agency_id=account.home_agency_id, confirmed=True)
    give(account, tenant_a, as_holder={"state": "declared"})
    total = PersonTotal.objects.get(account=account)
    assert total.confirmed and total.certificates == 2
    # Another agency is another matter: there the person is declared until it confirms.
    give(account, tenant_a, as_holder={"agency_id": tenant_a.agency_id, "state": "declared"})
    total.refresh_from_db()
    assert (total.agency_id, total.confirmed) == (tenant_a.agency_id, False)
    assert rebuild.check() == []


def test_ledger_lines(give: Give, make_account: Any, tenant_a: Any) -> None:
    account = make_account()
    found = give(account, tenant_a)
    certificates.revoke(code=found.code, reason="Alasan", by=None)
    award, reversal = selectors.ledger_of(account.pk, 2026)
    assert (reversal.jp_credited, reversal.reversal) == (-2, True)
    assert (award.jp_credited, award.reversal, award.tenant_name) == (2, False, tenant_a.name)
    assert award.form == "E-learning" and selectors.ledger_of(account.pk, 2025) == []


def test_tampering_is_found_and_repaired(
    give: Give, make_account: Any, tenant_a: Any, capsys: Any
) -> None:
    account = make_account()
    give(account, tenant_a)
    call_command("check_totals")
    PersonTotal.objects.filter(account=account).update(jp_credited=Decimal("1.99"))
    AgencyTotal.objects.filter(agency=account.home_agency_id).update(learners=77)
    TenantTotal.objects.filter(tenant=tenant_a).update(certificates=0)
    with pytest.raises(CommandError, match="differ"):
        call_command("check_totals")
    assert f"person {account.pk} 2026: kept 1.99" in capsys.readouterr().out
    call_command("check_totals", "--repair")
    call_command("check_totals")
    assert "all exact" in capsys.readouterr().out
    assert selectors.person_year(account.pk, 2026).jp_credited == 2


def test_impact_of_the_source_practice(tenant_a: Any) -> None:
    """3,869 people with 21,191 certificates of 2 JP: 42,382 JP, Rp 8.476.400.000."""
    tenant = Tenant.objects.create(
        schema_name="uji_dampak", code="uji-dampak", name="Uji Dampak", agency=tenant_a.agency
    )
    people = [uuid.uuid4() for _ in range(3869)]
    LedgerEntry.objects.bulk_create(
        (
            LedgerEntry(
                account_id=people[index % len(people)],
                year=2024,
                tenant=tenant,
                kind="topic",
                uuid=uuid.uuid4(),
                form="C3",
                scope="home",
                rule_set="perlan-10-2018",
                title="Topik",
                jp_claimed=2,
                jp_computed=2,
                jp_printed=2,
                jp_credited=2,
                agency=tenant_a.agency,
                completed_on=datetime.date(2024, 3, 14),
            )
            for index in range(21191)
        ),
        batch_size=2000,
    )
    assert rebuild.check() != []
    rebuild.rebuild()
    assert rebuild.check() == []
    impact = selectors.tenant_impact(tenant.pk)
    assert (impact.people, impact.certificates, impact.jp) == (3869, 21191, 42382)
    assert indonesian.number(impact.certificates) == "21.191"
    assert indonesian.jp(impact.jp) == "42.382"
    assert indonesian.rupiah(impact.saving_rupiah) == "Rp 8.476.400.000"
    # A member without a certificate counts as a person too, and a rebuild keeps them.
    totals.count_learner(tenant_id=tenant.pk, account_id=uuid.uuid4())
    assert selectors.tenant_impact(tenant.pk).people == 3870
    assert rebuild.rebuild() == []


def test_impact_of_a_new_tenant_is_nothing(tenant_a: Any) -> None:
    tenant = Tenant.objects.create(
        schema_name="uji_kosong", code="uji-kosong", name="Uji Kosong", agency=tenant_a.agency
    )
    impact = selectors.tenant_impact(tenant.pk)
    assert (impact.people, impact.certificates, impact.jp, impact.saving_rupiah) == (0, 0, 0, 0)


def test_reads_take_one_query(
    give: Give, make_account: Any, tenant_a: Any, django_assert_num_queries: Any
) -> None:
    account = make_account()
    give(account, tenant_a)
    selectors.tenant_impact(tenant_a.pk)
    selectors.person_year(account.pk, 2026)
    for read in (
        lambda: selectors.person_year(account.pk, 2026),
        lambda: selectors.tenant_impact(tenant_a.pk),
        lambda: selectors.agency_year_table(2026),
        lambda: list(selectors.certificates_of(account.pk)),
        lambda: selectors.ledger_of(account.pk, 2026),
    ):
        with django_assert_num_queries(1):
            read()
