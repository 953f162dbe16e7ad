"""The public pages under /v/ and the holder's download."""

import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from shared_apps.audit.models import Event
from shared_apps.recognition import codes
from shared_apps.recognition.models import Rendition
from shared_apps.recognition.services import certificates

Give = Callable[..., Any]


@pytest.fixture
def found(give: Give, make_account: Any, tenant_a: Any) -> Any:
    """A certificate of a person with a known number."""
    account = make_account(name="Ayu Lestari Ñoñé", number="198503152010012003")
    return give(account, tenant_a)


def page(client: Any, path: str, status: int = 200) -> str:
    response = client.get(path)
    assert response.status_code == status
    return " ".join(response.content.decode().split())


def drop(client: Any, certificate: Any, data: bytes, name: str = "x.pdf") -> str:
    upload = SimpleUploadedFile(name, data, "application/pdf")
    response = client.post(f"/v/{certificate.code}/", {"berkas": upload})
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def test_every_printed_field(
    portal_client: Any, found: Any, django_assert_max_num_queries: Any
) -> None:
    with django_assert_max_num_queries(3):
        html = page(portal_client, f"/v/{found.code}/")
    for part in (
        found.number,
        found.code,
        "Ayu Lestari Ñoñé",
        "1985••••••••••••03",
        found.holder_agency,
        "Cuti Pegawai Negeri Sipil",
        "E-learning",
        "22 November 2026",
        "80 (8 dari 10 benar)",
        "2 (dua) JP",
        found.provider_name,
        found.provider_agency,
        "Denpasar, 22 November 2026",
        "Kepala Kantor Contoh, Kepala",
        "Jenis cuti",
        "Tata cara",
        "Berlaku",
    ):
        assert part in html, part
    assert "198503152010012003" not in html and "201001" not in html
    assert "style=" not in html and "onclick" not in html


def test_not_for_search_engines(portal_client: Any, found: Any) -> None:
    response = portal_client.get(f"/v/{found.code}/")
    assert response["X-Robots-Tag"] == "noindex"


def test_revoked(portal_client: Any, found: Any) -> None:
    certificates.revoke(code=found.code, reason="Data peserta <salah>", by=None)
    html = page(portal_client, f"/v/{found.code}/")
    assert "Dicabut: sertifikat ini tidak berlaku lagi" in html
    assert "Alasan: Data peserta &lt;salah&gt;" in html and "WIB" in html
    assert "verdict-revoked" in html and found.number in html


@pytest.mark.parametrize("change", [str.lower, lambda code: code.replace("-", "")])
def test_other_spellings_lead_to_the_code(portal_client: Any, found: Any, change: Any) -> None:
    response = portal_client.get(f"/v/{change(found.code)}/")
    assert (response.status_code, response["Location"]) == (302, f"/v/{found.code}/")


def test_unknown_code_helps(portal_client: Any) -> None:
    for path in ("/v/0000-0000-0000/", "/v/apa-saja/"):
        html = page(portal_client, path, 404)
        assert "Kode tidak dikenal" in html and 'name="kode"' in html and 'action="/v/"' in html


def test_form_leads_to_the_page(portal_client: Any, found: Any) -> None:
    assert 'name="kode"' in page(portal_client, "/v/")
    spelled = found.code.lower().replace("0", "o").replace("1", "i").replace("-", " ")
    for typed in (spelled, f"http://lintas.localhost:8000/v/{found.code}/", f" {found.code}"):
        response = portal_client.get("/v/", {"kode": typed})
        assert (response.status_code, response["Location"]) == (302, f"/v/{found.code}/"), typed
    for typed in ("", "12345", "UUUU-UUUU-UUUU"):
        response = portal_client.get("/v/", {"kode": typed})
        assert response.status_code == 200 and b'aria-invalid="true"' in response.content


def test_codes() -> None:
    assert codes.normalise_code("o1il-abcd-0000") == "0111-ABCD-0000"
    assert codes.normalise_code("ABCD–EFGH–JKMN") == "ABCD-EFGH-JKMN"
    assert codes.normalise_code("") == codes.normalise_code("ABCD-EFGH-JKM") == ""
    made = {codes.new_code() for _ in range(500)}
    assert len(made) == 500 and all(codes.normalise_code(code) == code for code in made)


def test_a_dropped_file(portal_client: Any, found: Any, give: Give, tenant_a: Any) -> None:
    data = certificates.hand_out(certificate=found, by=None)
    assert certificates.hand_out(certificate=found, by=None) == data
    assert Rendition.objects.filter(certificate=found).count() == 1
    assert "Berkas ini asli" in drop(portal_client, found, data)
    html = drop(portal_client, found, data + b"\n")
    assert "Berkas ini bukan dari kami" in html and "palsu" not in html.lower()
    assert "Berkas ini bukan dari kami" in drop(portal_client, found, b"bukan PDF")
    other = give(found.account, tenant_a, source=uuid.uuid4())
    assert "Berkas ini untuk sertifikat lain" in drop(portal_client, other, data)
    certificates.revoke(code=found.code, reason="Alasan", by=None)
    assert "sertifikatnya sudah dicabut" in drop(portal_client, found, data)


def test_files_that_cannot_be_compared(portal_client: Any, found: Any) -> None:
    assert "lebih besar dari 2 MB" in drop(portal_client, found, b"x" * (2 * 1024 * 1024 + 1))
    assert "kosong" in drop(portal_client, found, b"")
    response = portal_client.post(f"/v/{found.code}/", {})
    assert "Pilih berkas PDF" in response.content.decode()


def test_posting_needs_the_token(client_for: Any, found: Any) -> None:
    client = client_for(None, enforce_csrf_checks=True)
    upload = SimpleUploadedFile("x.pdf", b"x", "application/pdf")
    assert client.post(f"/v/{found.code}/", {"berkas": upload}).status_code == 403


def test_download_after_the_survey(client_for: Any, found: Any) -> None:
    client = client_for(None, found.account)
    path = f"/v/{found.code}/unduh/"
    response = client.get(path)
    assert (response.status_code, response["Location"]) == (302, f"/v/{found.code}/")
    assert "Unduhan terbuka setelah survei" in page(client, f"/v/{found.code}/")
    assert not Rendition.objects.filter(certificate=found).exists()
    certificates.release(certificate_id=found.pk)
    assert path in page(client, f"/v/{found.code}/")
    response = client.get(path)
    assert response["Content-Type"] == "application/pdf"
    name = found.number.lower().replace("/", "-")
    assert response["Content-Disposition"] == f'attachment; filename="sertifikat-{name}.pdf"'
    assert response.content.startswith(b"%PDF")
    assert Event.objects.filter(verb="certificate.downloaded", ref=found.code).count() == 1
    assert "Berkas ini asli" in drop(client_for(None), found, response.content)


def test_download_is_the_holders_alone(
    client_for: Any, portal_client: Any, make_account: Any, found: Any
) -> None:
    certificates.release(certificate_id=found.pk)
    path = f"/v/{found.code}/unduh/"
    assert client_for(None, make_account()).get(path).status_code == 404
    assert client_for(None, found.account).get("/v/0000-0000-0000/unduh/").status_code == 404
    stranger = portal_client.get(path)
    assert stranger.status_code == 302 and "/akun/masuk/" in stranger["Location"]
    certificates.revoke(code=found.code, reason="Alasan", by=None)
    response = client_for(None, found.account).get(path, follow=True)
    assert "tidak dapat diunduh" in response.content.decode()


def test_every_field_that_a_template_prints(
    portal_client: Any, give: Give, make_account: Any, tenant_a: Any,
    django_assert_max_num_queries: Any,
) -> None:  # fmt: skip
    from shared_apps.recognition.services import templates

    made = templates.create(
        tenant=tenant_a,
        name="Lengkap",
        look=templates.Look(
            statement="atas <b>{program}</b>",
            closing="oleh {penyelenggara}",
            accreditation="Akreditasi 12/2026",
            place="Kupang",
            signers=[
                {"name": "Pejabat Satu", "position": "Kepala", "rank": "Pembina (IV/a)",
                 "number": "19700101 199503 1 001"},
                {"name": "Pejabat Dua", "position": "Ketua", "rank": "", "number": ""},
            ],
        ),
        by=None,
    )  # fmt: skip
    found = give(make_account(), tenant_a, template_id=made.pk, batch="Angkatan IV", venue="Ende")
    with django_assert_max_num_queries(3):
        html = page(portal_client, f"/v/{found.code}/")
    for part in (
        "Angkatan IV",
        "Ende",
        "Kupang, 22 November 2026",
        "atas &lt;b&gt;Cuti Pegawai Negeri Sipil&lt;/b&gt;",
        f"oleh {found.provider_name}",
        "Akreditasi 12/2026",
        "Pejabat Satu, Kepala",
        "Pembina (IV/a)",
        "1970••••••••••••01",
        "Pejabat Dua, Ketua",
    ):
        assert part in html, part
    assert "199503" not in html and "<b>Cuti" not in html
