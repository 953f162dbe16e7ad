"""The call letter: frozen, deterministic, and as a text to copy."""

from collections.abc import Callable
from typing import Any

from tenants.schemas import in_tenant
from tests.pages import words_of
from tests.tenant_apps.learning.classroom import grant, make_offering, make_topic

Makes = Callable[..., Any]


def test_letter(tenant_a: Any, make_account: Makes, client_for: Makes) -> None:
    from pypdf import PdfReader

    from shared_apps.offerings import documents
    from shared_apps.offerings.models import Letter
    from tenant_apps.learning.services import seats

    manager = grant(make_account(agency="bkn"), tenant_a)
    person = make_account(agency="bkn", name="I Gusti Ngurah Śrī, S.H.", state="confirmed")
    client = client_for(tenant_a, manager)
    url = "/kelola/kelas/kelas-naskah/surat/"
    with in_tenant(tenant_a):
        offering = make_offering(make_topic())
    refused = client.post(url, {"number": "800/7/2026", "agency": ""})
    assert refused.status_code == 422
    assert "Belum ada peserta" in words_of(refused)
    with in_tenant(tenant_a):
        seats.sign_up(by=person, offering=offering)
    assert client.post(url, {"number": " 800/7/2026 ", "agency": ""}).status_code == 302
    again = client.post(url, {"number": "800/7/2026", "agency": ""})
    assert "sudah dipakai" in words_of(again)
    letter = Letter.objects.select_related("announcement", "agency").get()
    first, second = documents.letter_pdf(letter), documents.letter_pdf(letter)
    assert first == second
    response = client.get(f"{url}{letter.pk}/")
    assert response.headers["Content-Type"] == "application/pdf"
    assert response.content == first
    import io

    words = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(first)).pages)
    for part in ("800/7/2026", "I Gusti Ngurah", "Sesi 1", "BKN Kantor Regional X", "Aula"):
        assert part in words
    text = documents.call_text(letter)
    assert "*Panggilan mengikuti Kelas Tata Naskah*" in text
    assert "Sesi 2 (Aula)" in text
    page = client.get(url).content.decode()
    assert "https://wa.me/?text=%2APanggilan%20mengikuti" in page
    assert page.count(f'data-copy="teks-wa{letter.pk}"') == 1
