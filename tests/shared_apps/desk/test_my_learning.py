"""`/saya/` and the portal's front page as one person sees them."""

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from shared_apps.desk.duty import meter_of
from shared_apps.recognition import selectors as recognition
from shared_apps.recognition.services import certificates
from tenants.hosts import tenant_url
from tests.pages import text_of

YEAR = timezone.localdate().year


def test_strangers_are_sent_to_sign_in(portal_client: Client) -> None:
    """The page is a person's own."""
    response = portal_client.get("/saya/")
    assert response.status_code == 302
    assert "/akun/masuk/" in response["Location"]


def test_empty_page_says_the_next_step(client_for: Any, make_account: Any) -> None:
    """Somebody new sees the duty, and where to begin."""
    text = text_of(client_for(None, make_account(state="confirmed")), "/saya/")
    assert f"20 JP lagi untuk memenuhi kewajiban 20 JP PNS tahun {YEAR}." in text
    assert "Tidak ada yang perlu dilanjutkan" in text
    assert "Belum ada sertifikat" in text
    assert f"Belum ada JP yang tercatat pada tahun {YEAR}." in text
    assert "belum dikonfirmasi" not in text


def test_jp_items_certificates_and_ledger(
    client_for: Any, make_account: Any, tenant_a: Any, award: Any, put: Any
) -> None:
    """The survey stands before the download, as the desk says; afterwards the PDF."""
    account = make_account(state="confirmed")
    certificate = award(account, tenant_a, title="Cuti PNS")
    put(account, uuid=certificate.uuid, step="survey", path="/topik/cuti-pns/survei/")
    client = client_for(None, account)
    text = text_of(client, "/saya/")
    assert f"18 JP lagi untuk memenuhi kewajiban 20 JP PNS tahun {YEAR}." in text
    assert "Berikutnya: Survei kepuasan" in text
    assert f'<a href="{tenant_url(tenant_a.pk, "/topik/cuti-pns/survei/")}">Isi survei' in text
    assert f'href="/v/{certificate.code}/unduh/"' not in text
    assert "E-learning" in text

    certificates.release(certificate_id=certificate.pk)
    put(account, uuid=certificate.uuid, step="certificate", done=True)
    text = text_of(client, "/saya/")
    assert f'href="/v/{certificate.code}/unduh/"' in text
    assert "Isi survei dahulu" not in text
    assert "Baru selesai" in text


def test_revoked_certificate_and_its_reversal(
    client_for: Any, make_account: Any, tenant_a: Any, award: Any
) -> None:
    """The certificate is marked, the ledger shows both rows, the hours are gone."""
    account = make_account(state="confirmed")
    certificate = award(account, tenant_a)
    certificates.revoke(code=certificate.code, reason="Salah orang", by=None)
    text = text_of(client_for(None, account), "/saya/")
    assert "Dicabut" in text
    assert "Pembatalan" in text
    assert ">-2</td>" in text
    assert "20 JP lagi" in text


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ("declared", "Identitas Anda belum dikonfirmasi"),
        ("disputed", "Nomor Anda sedang diperiksa"),
        ("rejected", "Identitas Anda ditolak"),
    ],
)
def test_notice_on_the_identity(state: str, words: str, client_for: Any, make_account: Any) -> None:
    """Who is not confirmed reads what that means."""
    assert words in text_of(client_for(None, make_account(state=state)), "/saya/")


def test_pppk_is_never_in_breach(make_account: Any, tenant_a: Any, award: Any) -> None:
    """Below the aim no sentence says that a PPPK falls short; above it is reached."""
    account = make_account(kind="pppk", state="confirmed")
    award(account, tenant_a)
    figures = recognition.person_year(account.pk, YEAR, kind="pppk")
    meter = meter_of(figures, kind="pppk", year=YEAR)
    assert meter is not None
    assert figures.met is None
    assert "bukan batas minimum bagi PPPK" in meter.text
    assert "lagi" not in meter.text
    award(account, tenant_a, jp="18.00")
    figures = recognition.person_year(account.pk, YEAR, kind="pppk")
    meter = meter_of(figures, kind="pppk", year=YEAR)
    assert meter is not None and meter.done


def test_exactly_twenty_is_met(make_account: Any, tenant_a: Any, award: Any) -> None:
    """19.60 + 0.40 reaches the target; 19.60 does not."""
    account = make_account(state="confirmed")
    award(account, tenant_a, jp="19.60")
    figures = recognition.person_year(account.pk, YEAR, kind="pns")
    meter = meter_of(figures, kind="pns", year=YEAR)
    assert meter is not None
    assert (meter.done, figures.met) == (False, False)
    assert "0,40 JP lagi" in meter.text
    award(account, tenant_a, jp="0.40")
    figures = recognition.person_year(account.pk, YEAR, kind="pns")
    meter = meter_of(figures, kind="pns", year=YEAR)
    assert meter is not None
    assert (meter.done, figures.met) == (True, True)


def test_another_year(client_for: Any, make_account: Any, tenant_a: Any, award: Any) -> None:
    """Only years since the account began can be chosen; others show the current one."""
    account = make_account()
    account.date_joined = account.date_joined.replace(year=YEAR - 1, day=15)
    account.save()
    award(account, tenant_a, title="Cuti tahun ini")
    client = client_for(None, account)
    text = text_of(client, f"/saya/?tahun={YEAR - 1}")
    assert f"Belum ada JP yang tercatat pada tahun {YEAR - 1}." in text
    assert f'<option value="{YEAR - 1}" selected>' in text
    for wrong in ("1999", "x", "²²²²", str(YEAR + 1)):
        assert f"Jam pelajaran tahun {YEAR}" in text_of(client, f"/saya/?tahun={wrong}")


def test_fixed_number_of_statements(
    client_for: Any,
    make_account: Any,
    tenant_a: Any,
    tenant_b: Any,
    award: Any,
    put: Any,
    django_assert_max_num_queries: Any,
) -> None:
    """Ten things cost as many statements as none."""
    account = make_account()
    client = client_for(None, account)
    for number in range(10):
        tenant = tenant_b if number % 2 else tenant_a
        certificate = award(account, tenant)
        put(account, tenant=tenant, uuid=certificate.uuid, step="survey")
    client.get("/saya/")
    with django_assert_max_num_queries(9):
        client.get("/saya/")
    with django_assert_max_num_queries(8):
        client.get("/")


def test_front_page_of_a_person(client_for: Any, make_account: Any, put: Any) -> None:
    """JP of the year and the last two things to resume; a stranger sees neither."""
    account = make_account()
    for number in range(3):
        put(account, title=f"Topik {number}")
    text = text_of(client_for(None, account), "/")
    assert "20 JP lagi" in text
    assert "Topik 2" in text
    assert "Topik 0" not in text
    stranger = text_of(client_for(None), "/")
    assert "20 JP lagi" not in stranger
    assert "Daftar akun" in stranger
