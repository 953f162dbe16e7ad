"""The structure of the corporate university, in the workspace and on the public page."""

from collections.abc import Callable
from typing import Any

import pytest

from shared_apps.audit.models import Event
from tenant_apps.administration.models import Academy, Seat
from tenants.schemas import in_tenant
from tests.pages import words_of

Makes = Callable[..., Any]
URL = "/kelola/struktur/"
SEAT = {"role": "chair", "label": "", "field": "", "name": "Dr. Sri Utami", "login": "",
        "position": "Kepala Badan", "order": "1"}  # fmt: skip
ACADEMY = {"title": "Akademi Kepegawaian", "description": "Tentang **cuti**.", "name": "",
           "login": "", "position": "", "order": "2"}  # fmt: skip


def test_seats_and_academies_are_seen_by_everybody(
    room: Any, client_for: Makes, tenant_a: Any, make_account: Makes
) -> None:
    made = make_account(name="Made Suarjana, S.H.", agency="bkn", state="confirmed")
    page = words_of(room.get(URL))
    assert "Belum ada kedudukan" in page and "Belum ada akademi." in page
    room.post(URL + "kedudukan/baru/", SEAT)
    vice = {**SEAT, "role": "vice_chair", "field": "Bidang Teknis", "name": "",
            "login": made.identity.number}  # fmt: skip
    room.post(URL + "kedudukan/baru/", vice)
    room.post(URL + "kedudukan/baru/", {**SEAT, "role": "director", "label": "Dewan Pengarah"})
    done = room.post(URL + "akademi/baru/", ACADEMY, follow=True)
    assert "Struktur tersimpan." in words_of(done)
    answer = client_for(tenant_a).get("/tentang/")
    public = words_of(answer)
    order = ["Dewan Pengarah", "Ketua", "Wakil ketua bidang Bidang Teknis", "Akademi Kepegawaian"]
    assert [public.index(word) for word in order] == sorted(public.index(word) for word in order)
    assert "Made Suarjana, S.H." in public
    assert "<strong>cuti</strong>" in answer.content.decode()
    made.name = "Made Suarjana, M.H."
    made.save()
    assert "Made Suarjana, M.H." in words_of(client_for(tenant_a).get("/tentang/"))
    assert Event.objects.filter(verb="structure.saved").count() == 4


def test_changing_and_removing(room: Any, tenant_a: Any, make_account: Makes) -> None:
    made = make_account(name="Made Suarjana", agency="bkn", state="confirmed")
    room.post(URL + "kedudukan/baru/", {**SEAT, "name": "", "login": made.identity.number})
    with in_tenant(tenant_a):
        seat = Seat.objects.get()
    page = f"{URL}kedudukan/{seat.pk}/"
    assert 'value="Made Suarjana"' in room.get(page).content.decode()
    room.post(page, {**SEAT, "name": "Made Suarjana", "position": "Kepala"})
    with in_tenant(tenant_a):
        seat.refresh_from_db()
        assert (seat.member_id, seat.position) == (made.pk, "Kepala")
    room.post(page, {**SEAT, "name": "Orang Lain"})
    with in_tenant(tenant_a):
        seat.refresh_from_db()
        assert (seat.member_id, seat.name) == (None, "Orang Lain")
    assert room.get(page + "hapus/").status_code == 405
    room.post(page + "hapus/")
    with in_tenant(tenant_a):
        assert not Seat.objects.exists()
    assert room.post(page + "hapus/").status_code == room.get(page).status_code == 404
    room.post(URL + "akademi/baru/", ACADEMY)
    with in_tenant(tenant_a):
        academy = Academy.objects.get()
    room.post(f"{URL}akademi/{academy.pk}/", {**ACADEMY, "title": "Akademi Baru"})
    assert "Akademi Baru" in words_of(room.get(URL))
    room.post(f"{URL}akademi/{academy.pk}/hapus/")
    assert "Belum ada akademi." in words_of(room.get(URL))


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"name": ""}, "Tulis nama orangnya"),
        ({"login": "199001012015042999"}, "Tidak ada orang yang dapat dipilih"),
        ({"role": "raja"}, "Pilihan itu tidak tersedia."),
        ({"order": "0"}, "1"),
    ],
)
def test_wrong_input(room: Any, tenant_a: Any, changed: dict[str, str], sentence: str) -> None:
    answer = room.post(URL + "kedudukan/baru/", {**SEAT, **changed})
    assert answer.status_code == 422
    assert sentence in words_of(answer)
    assert "Kepala Badan" in answer.content.decode()
    with in_tenant(tenant_a):
        assert not Seat.objects.exists()


def test_the_public_page_costs_the_same_for_many(
    room: Any, client_for: Makes, tenant_a: Any, django_assert_num_queries: Any
) -> None:
    for _ in range(8):
        room.post(URL + "kedudukan/baru/", SEAT)
    client = client_for(tenant_a)
    client.get("/tentang/")
    with django_assert_num_queries(2):
        # Seats, academies (no member among them).
        client.get("/tentang/")
