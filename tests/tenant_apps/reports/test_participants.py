"""The list of participants: who sees it, what it says, how it is narrowed and downloaded."""

import datetime
from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone

from tests.pages import words_of
from tests.tenant_apps.reports.conftest import make_topic, many, queries_of

URL = "/kelola/peserta/"
Makes = Callable[..., Any]


@pytest.fixture
def manager(client_for: Makes, tenant_a: Any, worker: Makes) -> Any:
    return client_for(tenant_a, worker("manager"))


def test_empty_list_says_what_will_come(manager: Any) -> None:
    assert "Belum ada peserta" in manager.get(URL).content.decode()


def test_one_line_says_all(manager: Any, make_account: Makes, begin: Makes, finish: Makes) -> None:
    account = make_account(name="Made Satu", agency="bkn")
    finish(begin(account, days_ago=3), pre=9, post=8, attempts=2)
    page = words_of(manager.get(URL))
    for text in ("Made Satu", "Cuti PNS", "Survei", "90", "80", "−10"):
        assert text in page
    csv = manager.get(URL, {"format": "csv"}).content.decode("utf-8-sig")
    header, line = csv.splitlines()
    assert header.split(",")[:5] == ["Nama", "NIP/NI PPPK", "Instansi", "Unit kerja", "Topik"]
    assert "Made Satu" in line and ",90,80,-10,2,0," in line


def test_filters(
    manager: Any, make_account: Makes, begin: Makes, finish: Makes, tenant_a: Any
) -> None:
    other = make_topic(tenant_a, "disiplin", "Disiplin PNS")
    ayu = make_account(name="Ayu Baru", agency="bkn", number="199001012015042001")
    budi = make_account(name="Budi Lama", agency="kemenkumham")
    begin(ayu)
    begin(budi, days_ago=30, of=other)
    citra = make_account(name="Citra Selesai", agency="bkn")
    finish(begin(citra, days_ago=400))
    aktif = make_account(name="Dewi Aktif", agency="bkn")
    begin(aktif, days_ago=40, last_seen_at=timezone.now() - datetime.timedelta(days=1))

    def shown(**params: str) -> set[str]:
        page = manager.get(URL, params).content.decode()
        return {name for name in ("Ayu", "Budi", "Citra", "Dewi") if name in page}

    assert shown() == {"Ayu", "Budi", "Citra", "Dewi"}
    assert shown(topik="disiplin") == {"Budi"}
    assert shown(keadaan="macet") == {"Budi"}
    assert shown(keadaan="selesai") == {"Citra"}
    assert shown(keadaan="berjalan") == {"Ayu", "Budi", "Dewi"}
    assert shown(tahap="survey") == {"Citra"}
    assert shown(instansi=str(budi.home_agency_id)) == {"Budi"}
    assert shown(q="ayu") == {"Ayu"}
    assert shown(q="19900101 2015") == {"Ayu"}
    assert shown(q="tidak ada orang begini") == set()
    assert shown(periode="12-bulan") == {"Ayu", "Budi", "Dewi"}
    assert shown(topik="<script>", instansi="x", periode="9999", q="\0", halaman="-3") == {
        "Ayu", "Budi", "Citra", "Dewi",
    }  # fmt: skip
    assert "disiplin" in manager.get(URL, {"topik": "disiplin"}).content.decode()


def test_a_persons_page_shows_every_topic_and_nothing_of_strangers(
    manager: Any, make_account: Makes, begin: Makes, tenant_a: Any
) -> None:
    account = make_account(name="Made Satu", agency="bkn", state="confirmed")
    begin(account)
    begin(account, of=make_topic(tenant_a, "disiplin", "Disiplin PNS"))
    page = manager.get(f"{URL}{account.pk}/").content.decode()
    assert "Made Satu" in page and "Cuti PNS" in page and "Disiplin PNS" in page
    stranger = make_account(name="Tidak Belajar")
    assert manager.get(f"{URL}{stranger.pk}/").status_code == 404


def test_who_may_see_it(
    client_for: Makes, tenant_a: Any, tenant_b: Any, worker: Makes, make_account: Makes,
    begin: Makes,
) -> None:  # fmt: skip
    account = make_account()
    begin(account)
    manager = worker("manager")
    for client, expected in (
        (client_for(tenant_a), 302),
        (client_for(tenant_a, make_account()), 403),
        (client_for(tenant_a, worker("author")), 403),
        (client_for(tenant_a, worker("assessor")), 403),
        (client_for(tenant_a, worker("trainer")), 200),
        (client_for(tenant_a, worker("leader")), 200),
        (client_for(tenant_b, manager), 403),
    ):
        assert client.get(URL).status_code == expected
        assert client.get(f"{URL}{account.pk}/").status_code == expected


def test_query_count_does_not_grow(manager: Any, tenant_a: Any, topic: Any) -> None:
    many(tenant_a, topic, 5)
    queries_of(manager, URL)
    few = queries_of(manager, URL)
    many(tenant_a, topic, 500)
    assert queries_of(manager, URL) == few <= 12
    assert queries_of(manager, URL, q="Peserta", keadaan="berjalan") <= few


def test_the_unit_is_named_for_the_own_agency_only(
    manager: Any, make_account: Makes, begin: Makes
) -> None:
    from shared_apps.employees.models import Assignment, Employee, Unit
    from tenants.models import Agency

    own, foreign = make_account(agency="bkn"), make_account(agency="kemenkumham")
    for account, code in ((own, "bkn"), (foreign, "kemenkumham")):
        agency = Agency.objects.get(code=code)
        unit = Unit.objects.create(agency=agency, code="1", name=f"Biro {code}")
        employee = Employee.objects.create(
            agency=agency, number=account.identity.number, name=account.name, account=account
        )
        Assignment.objects.create(
            employee=employee, unit=unit, kind="pns", valid_from=datetime.date(2026, 1, 1)
        )
        begin(account)
    csv = manager.get(URL, {"format": "csv"}).content.decode()
    assert "Biro bkn" in csv and "Biro kemenkumham" not in csv
    assert "Biro bkn" in manager.get(f"{URL}{own.pk}/").content.decode()
    assert "Biro" not in manager.get(f"{URL}{foreign.pk}/").content.decode()


def test_the_class_is_named_and_filters(
    manager: Any, make_account: Makes, begin: Makes, tenant_a: Any, topic: Any
) -> None:
    from tenant_apps.learning.models import Offering
    from tenants.schemas import in_tenant

    with in_tenant(tenant_a):
        kelas = Offering.objects.create(
            slug="k", topic=topic, title="Kelas Cuti", batch="II", mode="open"
        )
    begin(make_account(name="Ayu Kelas"), offering_id=kelas.pk)
    begin(make_account(name="Budi Sendiri"))
    csv = manager.get(URL, {"format": "csv", "kelas": str(kelas.pk)}).content.decode()
    assert "Kelas Cuti (II)" in csv and "Ayu" in csv and "Budi" not in csv
