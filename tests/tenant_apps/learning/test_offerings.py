"""Making and leading a class from the workspace: forms refuse with a sentence and keep input."""

import datetime
from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone

from tenants.schemas import in_tenant
from tests.pages import words_of
from tests.tenant_apps.learning.classroom import grant, make_offering, make_topic

Makes = Callable[..., Any]


@pytest.fixture
def manager(tenant_a: Any, make_account: Makes) -> Any:
    """The training unit of tenant A."""
    return grant(make_account(agency="bkn", name="Pengelola"), tenant_a)


def _form(for_topic: Any, **changed: Any) -> dict[str, Any]:
    values = {
        "topic": str(for_topic.pk), "title": "Diklat Naskah", "batch": "II", "description": "",
        "mode": "classical", "form": "B3", "with_tests": "", "enrolment": "self", "place": "Aula",
        "capacity": "20", "quota": "5", "minimum_attendance": "", "visibility": "all_asn",
        "agencies": "", "starts_at": "", "ends_at": "", "enrol_from": "",
        "enrol_until": "2030-01-02T10:00",
    }  # fmt: skip
    return {**values, **changed}


def test_from_draft_to_open(tenant_a: Any, manager: Any, client_for: Makes) -> None:
    from shared_apps.offerings.models import Announcement
    from tenant_apps.learning.models import ClassSession, Offering

    tenant_a.time_zone = "Asia/Makassar"
    tenant_a.save(update_fields=["time_zone"])
    from tenants import hosts

    hosts.forget_hosts()
    with in_tenant(tenant_a):
        topic = make_topic()
    client = client_for(tenant_a, manager)
    page = client.get("/kelola/kelas/baru/")
    assert "Waktu WITA." in words_of(page)
    assert client.post("/kelola/kelas/baru/", _form(topic)).headers["Location"] == (
        "/kelola/kelas/diklat-naskah-ii/"
    )
    base = "/kelola/kelas/diklat-naskah-ii/"
    with in_tenant(tenant_a):
        offering = Offering.objects.get()
        # Typed in the zone of the rooms, kept in UTC.
        assert offering.enrol_until == datetime.datetime(2030, 1, 2, 2, tzinfo=datetime.UTC)
    response = client.post(f"{base}status/", {"aksi": "buka"}, follow=True)
    assert "sedikitnya satu sesi" in words_of(response)
    session = {
        "title": "Pembukaan", "starts_at": "2030-01-05T08:00", "ends_at": "2030-01-05T07:00",
        "room": "Aula", "link": "", "name_1": "Dr. Luar", "hours_1": "2",
    }  # fmt: skip
    refused = client.post(f"{base}sesi/baru/", session)
    assert refused.status_code == 422
    assert "Waktu selesai harus setelah waktu mulai." in words_of(refused)
    assert "Dr. Luar" in refused.content.decode()
    session["ends_at"] = "2030-01-05T10:00"
    session["account_2"], session["hours_2"] = str(manager.pk), "1.5"
    assert client.post(f"{base}sesi/baru/", session).status_code == 302
    shown = words_of(client.get(base))
    assert "Dr. Luar (2 JP)" in shown
    assert "5 Jan 2030 08.00 WITA" in shown
    with in_tenant(tenant_a):
        row = ClassSession.objects.get()
        offering.refresh_from_db()
        assert offering.starts_at == row.starts_at
    assert "Pendaftaran kelas dibuka." in words_of(
        client.post(f"{base}status/", {"aksi": "buka"}, follow=True)
    )
    announcement = Announcement.objects.get(uuid=offering.pk)
    assert (announcement.state, announcement.quota, len(announcement.sessions)) == ("open", 5, 1)
    hours = words_of(client.get("/kelola/kelas/jam-mengajar/"))
    assert "Pengelola" in hours
    assert "1,50" in hours
    export = client.get("/kelola/kelas/jam-mengajar/?format=csv")
    assert "Dr. Luar" in export.getvalue().decode()
    assert client.post(f"{base}sesi/{row.pk}/", {**session, "title": "Awal"}).status_code == 302
    assert "Awal" in words_of(client.get(base))
    assert client.post(f"{base}sesi/{row.pk}/hapus/").status_code == 302
    with in_tenant(tenant_a):
        assert not ClassSession.objects.exists()


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"title": ""}, "Nama kelas"),
        ({"topic": ""}, "Topik"),
        ({"form": "C3"}, "Pilih bentuk lain"),
        ({"mode": "window", "form": "C3", "with_tests": "on"}, "waktu mulai dan selesai"),
        ({"mode": "open", "form": "C3"}, "selalu memakai tes"),
        ({"mode": "open", "form": "B6", "with_tests": "on"}, "memerlukan tatap muka"),
        ({"capacity": "0"}, "sedikitnya 1"),
        ({"minimum_attendance": "101"}, "paling banyak 100"),
        ({"agencies": "Instansi Khayalan"}, "Instansi tidak dikenal: Instansi Khayalan"),
        ({"starts_at": "2030-02-02T10:00", "ends_at": "2030-02-01T10:00"}, "setelah waktu mulai"),
        ({"enrol_from": "2031-02-02T10:00"}, "setelah pembukaannya"),
        ({"enrol_until": "besok"}, "Batas pendaftaran"),
    ],
)
def test_form_refuses_at_the_field(
    tenant_a: Any, manager: Any, client_for: Makes, change: dict[str, str], sentence: str
) -> None:
    from tenant_apps.learning.models import Offering

    with in_tenant(tenant_a):
        topic = make_topic()
    client = client_for(tenant_a, manager)
    response = client.post("/kelola/kelas/baru/", _form(topic, **change))
    assert response.status_code == 422
    assert sentence in words_of(response)
    assert 'value="II"' in response.content.decode()
    with in_tenant(tenant_a):
        assert not Offering.objects.exists()


def test_list_has_fixed_queries(
    tenant_a: Any, manager: Any, client_for: Makes, django_assert_num_queries: Any
) -> None:
    with in_tenant(tenant_a):
        topic = make_topic()
        make_offering(topic)
    client = client_for(tenant_a, manager)
    client.get("/kelola/kelas/")
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as one:
        client.get("/kelola/kelas/")
    asked = len(one)
    with in_tenant(tenant_a):
        for number in range(8):
            make_offering(topic, slug=f"lain-{number}", title=f"Lain {number}")
    client.get("/kelola/kelas/")
    with django_assert_num_queries(asked):
        assert "Lain 7" in words_of(client.get("/kelola/kelas/"))
    rows = client.get("/kelola/kelas/?format=csv&q=Lain&status=open")
    assert len(rows.getvalue().decode().splitlines()) == 9


def test_people_list_and_bulk_actions(
    tenant_a: Any, manager: Any, make_account: Makes, client_for: Makes,
    django_assert_num_queries: Any,
) -> None:  # fmt: skip
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from tenant_apps.learning.models import Seat
    from tenant_apps.learning.services import seats

    with in_tenant(tenant_a):
        offering = make_offering(make_topic(), enrolment="approval", capacity=3)
        for number in range(2):
            seats.sign_up(by=make_account(name=f"Orang {number}"), offering=offering)
    client = client_for(tenant_a, manager)
    url = "/kelola/kelas/kelas-naskah/peserta/"
    client.get(url)
    with CaptureQueriesContext(connection) as two:
        client.get(url)
    asked = len(two)
    with in_tenant(tenant_a):
        for number in range(2, 6):
            seats.sign_up(by=make_account(name=f"Orang {number}"), offering=offering)
        ids = [str(pk) for pk in Seat.objects.values_list("pk", flat=True)]
    client.get(url)
    with django_assert_num_queries(asked):
        assert "Orang 5" in words_of(client.get(url))
    act = f"{url}tindakan/"
    assert "Centang dahulu" in words_of(client.post(act, {"aksi": "setujui"}, follow=True))
    text = words_of(client.post(act, {"aksi": "setujui", "pilih": [*ids, "x"]}, follow=True))
    assert "3 orang disetujui dan mendapat tempat, 3 ke daftar tunggu." in text
    text = words_of(client.post(act, {"aksi": "keluarkan", "pilih": ids[:1]}, follow=True))
    assert "Tulis alasannya" in text
    leader = grant(make_account(), tenant_a, "leader")
    page = client_for(tenant_a, leader).get(url)
    assert 'name="pilih"' not in page.content.decode()


def test_e_learning_in_a_window_completes_by_the_pass(tenant_a: Any, make_account: Makes) -> None:
    from tenant_apps.learning.models import Enrolment, Seat
    from tenant_apps.learning.selectors.topics import topic_of
    from tenant_apps.learning.services import seats
    from tenant_apps.learning.services.completion import complete

    person = make_account(agency="bkn", state="confirmed")
    with in_tenant(tenant_a):
        offering = make_offering(
            make_topic(), sessions=0, mode="window", form="C3", with_tests=True,
            starts_at=timezone.now(), ends_at=timezone.now() + datetime.timedelta(days=7),
        )  # fmt: skip
        seats.sign_up(by=person, offering=offering)
        enrolment = Enrolment.objects.get()
        assert (enrolment.chain, enrolment.step) == ("self", "pre_test")
        step = complete(
            by=person, enrolment=enrolment, topic=topic_of(enrolment), at=timezone.now()
        )
        assert step == "survey"
        assert Seat.objects.get().state == "completed"


def test_step_bar_shows_the_meetings(tenant_a: Any, make_account: Makes, client_for: Makes) -> None:
    from tenant_apps.learning.services import seats

    person = make_account(agency="bkn", state="confirmed")
    client = client_for(tenant_a, person)
    with in_tenant(tenant_a):
        offering = make_offering(make_topic())
    assert "Tatap muka" not in words_of(client.get("/topik/tata-naskah/"))
    with in_tenant(tenant_a):
        seats.sign_up(by=person, offering=offering)
    assert "Tatap muka" in words_of(client.get("/topik/tata-naskah/"))
    page = words_of(client.get("/topik/tata-naskah/tatap-muka/"))
    assert "Hadir di 0 dari 2 sesi" in page
    assert client.get("/topik/tata-naskah/post-test/").status_code == 302
    assert client.get("/topik/tata-naskah/baca/bagian-1/").status_code == 200


def test_long_list_of_people_is_a_job(
    tenant_a: Any, manager: Any, make_account: Makes, client_for: Makes, monkeypatch: Any,
    settings: Any, tmp_path: Any,
) -> None:  # fmt: skip
    from shared_apps.jobs import exports
    from shared_apps.jobs.models import Job
    from shared_apps.jobs.tasks import run_job
    from tenant_apps.learning.services import seats

    settings.MEDIA_ROOT = tmp_path
    monkeypatch.setattr(exports, "MOST_AT_ONCE", 1)
    with in_tenant(tenant_a):
        offering = make_offering(make_topic())
        for number in range(3):
            seats.sign_up(by=make_account(name=f"Panjang {number}"), offering=offering)
    client = client_for(tenant_a, manager)
    response = client.get("/kelola/kelas/kelas-naskah/peserta/?format=csv&status=seated")
    job = Job.objects.get()
    assert response.headers["Location"] == f"/kelola/pekerjaan/{job.pk}/"
    run_job.call(str(job.pk))
    job.refresh_from_db()
    assert (job.state, job.output_path.read_text().count("Panjang")) == ("done", 3)
