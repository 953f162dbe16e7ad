"""Revocation: the certificate stays and is marked, its JP are reversed exactly."""

import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from shared_apps.audit.models import Event
from shared_apps.recognition import selectors
from shared_apps.recognition.errors import RevocationRefused
from shared_apps.recognition.models import AgencyTotal, Certificate, LedgerEntry
from shared_apps.recognition.services import certificates, rebuild

Give = Callable[..., Any]


def agency_sums(agency_id: int) -> list[int]:
    rows = AgencyTotal.objects.filter(agency=agency_id, year=2026)
    names = ("jp_credited", "certificates", "learners", "met")
    return [sum(column) for column in zip(*rows.values_list(*names), strict=True)] or [0] * 4


def test_reverses_everything(give: Give, make_account: Any, tenant_a: Any) -> None:
    account = make_account()
    before = agency_sums(account.home_agency_id)
    impact = selectors.tenant_impact(tenant_a.pk)
    found = give(account, tenant_a, jp="20.00")
    assert agency_sums(account.home_agency_id) == [
        was + more for was, more in zip(before, (20, 1, 1, 1), strict=True)
    ]
    certificates.revoke(code=found.code.lower(), reason="  Salah   orang ", by=None)
    award, reversal = LedgerEntry.objects.filter(account=account).order_by("revision")
    assert (reversal.revision, reversal.answers, reversal.year) == (1, award.id, award.year)
    assert reversal.jp_credited == reversal.jp_printed == reversal.jp_claimed == -20
    assert agency_sums(account.home_agency_id) == before
    year = selectors.person_year(account.pk, 2026)
    assert (year.jp_credited, year.jp_printed, year.certificates, year.met) == (0, 0, 0, False)
    left = selectors.tenant_impact(tenant_a.pk)
    assert (left.certificates, left.jp) == (impact.certificates, impact.jp)
    found.refresh_from_db()
    assert found.revoked_at is not None and found.revoked_reason == "Salah orang"
    event = Event.objects.get(verb="certificate.revoked", ref=found.code)
    assert event.data == {"reason": "Salah orang"} and event.tenant_id == tenant_a.pk
    assert rebuild.check() == []


def test_refusals(give: Give, make_account: Any, tenant_a: Any) -> None:
    found = give(make_account(), tenant_a)
    for code, reason in (
        (found.code, "  "),
        (found.code, "x" * 301),
        ("0000-0000-0000", "Alasan"),
        ("bukan kode", "Alasan"),
    ):
        with pytest.raises(RevocationRefused):
            certificates.revoke(code=code, reason=reason, by=None)
    certificates.revoke(code=found.code, reason="Alasan", by=None)
    with pytest.raises(RevocationRefused):
        certificates.revoke(code=found.code, reason="Sekali lagi", by=None)
    assert LedgerEntry.objects.filter(account=found.account_id).count() == 2


def test_a_new_award_answers_the_reversal(give: Give, make_account: Any, tenant_a: Any) -> None:
    import datetime

    account, source = make_account(), uuid.uuid4()
    old = datetime.datetime(2025, 6, 1, tzinfo=datetime.UTC)
    first = give(account, tenant_a, source=source, at=old)
    certificates.revoke(code=first.code, reason="Nama salah", by=None)
    second = give(account, tenant_a, source=source)
    assert second.pk != first.pk and second.code != first.code
    assert second.number != first.number and second.number.endswith("/2025")
    rows = list(LedgerEntry.objects.filter(account=account).order_by("revision"))
    assert [row.revision for row in rows] == [0, 1, 2]
    assert [row.answers for row in rows] == [None, rows[0].id, rows[1].id]
    assert {row.year for row in rows} == {2025}
    assert selectors.person_year(account.pk, 2025).jp_credited == 2
    assert selectors.person_year(account.pk, 2026).jp_credited == 0
    assert second.issued_at > first.issued_at
    assert selectors.certificate_for(tenant_a.pk, account.pk, "topic", source) == second
    assert give(account, tenant_a, source=source).pk == second.pk
    assert list(selectors.certificates_of(account.pk)) == [second, first]
    assert rebuild.check() == []


def test_only_the_revoked_one_is_left(give: Give, make_account: Any, tenant_a: Any) -> None:
    found = give(make_account(), tenant_a)
    certificates.revoke(code=found.code, reason="Alasan", by=None)
    kept = selectors.certificate_for(tenant_a.pk, found.account_id, "topic", found.uuid)
    assert kept == found and Certificate.objects.filter(pk=found.pk).exists()


def test_command(give: Give, make_account: Any, tenant_a: Any, capsys: Any) -> None:
    found = give(make_account(), tenant_a)
    call_command("revoke_certificate", found.code, reason="Ujian ulang")
    assert "2.00 JP reversed" in capsys.readouterr().out
    with pytest.raises(CommandError):
        call_command("revoke_certificate", found.code, reason="Ujian ulang")
