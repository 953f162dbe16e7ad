"""Issuing again: the next version takes the old one's place; the ledger moves only with the JP."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from shared_apps.audit.models import Event
from shared_apps.notifications.models import Notification
from shared_apps.recognition import selectors
from shared_apps.recognition.errors import ReissueRefused
from shared_apps.recognition.models import Certificate, LedgerEntry, NumberCounter
from shared_apps.recognition.services import certificates, rebuild
from shared_apps.recognition.services.reissue import Correction, reissue

Give = Callable[..., Any]


@pytest.fixture
def found(give: Give, make_account: Any, tenant_a: Any) -> Any:
    return give(make_account(name="Ayu Lestari"), tenant_a)


def again(found: Any, tenant: Any, reason: str = "Gelar ditambahkan", **changes: Any) -> Any:
    return reissue(
        certificate_id=found.pk,
        tenant=tenant,
        correction=Correction(**changes),
        reason=reason,
        by=None,
    )


def test_a_corrected_name(found: Any, tenant_a: Any) -> None:
    last = NumberCounter.objects.get(tenant=tenant_a, year=2026).last
    new = again(found, tenant_a, holder_name="Ayu  Lestari, S.H.")
    found.refresh_from_db()
    assert found.revoked_at is not None
    assert found.revoked_reason == f"Diganti oleh {new.code}: Gelar ditambahkan"
    assert (new.holder_name, new.version, new.replaces) == ("Ayu Lestari, S.H.", 2, found)
    assert new.number == f"{found.number}-R1" and new.code != found.code
    kept = ("account_id", "uuid", "kind", "year", "jp", "curriculum", "completed_on", "right")
    assert all(getattr(new, name) == getattr(found, name) for name in kept)
    # The ledger and the series of numbers are as they were.
    assert LedgerEntry.objects.filter(account=found.account_id).count() == 1
    assert NumberCounter.objects.get(tenant=tenant_a, year=2026).last == last
    assert selectors.person_year(found.account_id, 2026).certificates == 1
    assert rebuild.check() == []
    third = again(new, tenant_a, title="Judul lain")
    assert (third.number, third.version) == (f"{found.number}-R2", 3)
    assert list(selectors.certificates_of(found.account_id)) == [third]
    assert selectors.certificate_for(tenant_a.pk, found.account_id, "topic", found.uuid) == third
    event = Event.objects.get(verb="certificate.reissued", ref=new.code)
    assert event.data["replaces"] == found.code and event.tenant_id == tenant_a.pk
    notice = Notification.objects.get(account=found.account_id, key=new.code)
    assert notice.kind == "certificate.reissued" and notice.path == f"/v/{new.code}/"


def test_twice_gives_one(found: Any, tenant_a: Any) -> None:
    first = again(found, tenant_a)
    assert again(found, tenant_a) == first
    assert Certificate.objects.filter(replaces=found).count() == 1


def test_other_jp_go_through_the_ledger(found: Any, tenant_a: Any) -> None:
    new = again(found, tenant_a, jp=Decimal("3.00"))
    rows = list(LedgerEntry.objects.filter(account=found.account_id).order_by("revision"))
    assert [row.revision for row in rows] == [0, 1, 2]
    assert [row.jp_credited for row in rows] == [2, -2, 3]
    assert rows[2].answers == rows[1].id and {row.year for row in rows} == {2026}
    assert sum(Decimal(row["jp"]) for row in new.curriculum) == new.jp == 3
    year = selectors.person_year(found.account_id, 2026)
    assert (year.jp_credited, year.jp_printed, year.certificates) == (3, 3, 1)
    assert rebuild.check() == []
    # What was issued again can be revoked like any other.
    certificates.revoke(code=new.code, reason="Salah orang", by=None)
    assert selectors.person_year(found.account_id, 2026).jp_credited == 0
    assert rebuild.check() == []


def test_revoking_after_a_correction(found: Any, tenant_a: Any) -> None:
    new = again(found, tenant_a)
    certificates.revoke(code=new.code, reason="Salah orang", by=None)
    assert selectors.person_year(found.account_id, 2026).certificates == 0
    assert rebuild.check() == []
    with pytest.raises(ReissueRefused, match="sudah dicabut"):
        again(new, tenant_a)


def test_the_survey_opens_the_newest(found: Any, tenant_a: Any) -> None:
    new = again(again(found, tenant_a), tenant_a)
    certificates.release(certificate_id=found.pk)
    new.refresh_from_db()
    assert new.released


def test_refusals(found: Any, tenant_a: Any, tenant_b: Any) -> None:
    for tenant, changes in (
        (tenant_b, {}),
        (tenant_a, {"reason": "  "}),
        (tenant_a, {"reason": "x" * 301}),
        (tenant_a, {"jp": Decimal("0.001")}),
    ):
        with pytest.raises(ReissueRefused):
            again(found, tenant, **changes)
    found.refresh_from_db()
    assert found.revoked_at is None and LedgerEntry.objects.count() >= 1


def test_revoking_only_ones_own(found: Any, tenant_a: Any, tenant_b: Any) -> None:
    from shared_apps.recognition.errors import RevocationRefused

    with pytest.raises(RevocationRefused):
        certificates.revoke(code=found.code, reason="Alasan", by=None, tenant=tenant_b)
    certificates.revoke(code=found.code, reason="Alasan", by=None, tenant=tenant_a)
    notice = Notification.objects.get(account=found.account_id, key=found.code)
    assert notice.kind == "certificate.revoked" and notice.data["reason"] == "Alasan"


def test_verification_leads_from_the_old_to_the_new(
    found: Any, tenant_a: Any, portal_client: Any
) -> None:
    new = again(found, tenant_a, holder_name="Ayu Lestari, S.H.")
    old_page = portal_client.get(f"/v/{found.code}/").content.decode()
    assert "Diganti: sertifikat ini tidak berlaku lagi" in old_page
    assert f"/v/{new.code}/" in old_page and "Gelar ditambahkan" not in old_page
    new_page = portal_client.get(f"/v/{new.code}/").content.decode()
    assert "Berlaku" in new_page and f"/v/{found.code}/" in new_page and "-R1" in new_page
