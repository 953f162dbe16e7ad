"""Attendance by list, code and file; completion when it is enough; JP of classroom forms."""

import datetime
import io
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from tenants.schemas import in_tenant
from tests.pages import words_of
from tests.tenant_apps.learning.classroom import grant, make_offering, make_topic

Makes = Callable[..., Any]


@pytest.fixture
def person(make_account: Makes) -> Any:
    """Somebody of BKN."""
    return make_account(agency="bkn", name="Made Sudarsana", state="confirmed")


@pytest.fixture
def trainer(tenant_a: Any, make_account: Makes) -> Any:
    """A trainer of tenant A."""
    return grant(make_account(agency="bkn", name="Pengajar"), tenant_a, "trainer")


def _class(person: Any, *, ago: int = 1, **values: Any) -> Any:
    """Make a class whose first session was `ago` days ago, with a seat for the person."""
    from tenant_apps.learning.services import seats

    offering = make_offering(make_topic(), days_ahead=-ago, **values)
    seats.sign_up(by=person, offering=offering)
    return offering


def _seat(offering: Any, person: Any) -> Any:
    from tenant_apps.learning.models import Seat

    return Seat.objects.get(offering=offering, member_id=person.pk)


def _ledger(person: Any) -> Any:
    from shared_apps.recognition.models import LedgerEntry

    return LedgerEntry.objects.get(account=person)


def test_room_alone_completes_with_the_last_session(
    tenant_a: Any, person: Any, trainer: Any
) -> None:
    from shared_apps.desk.models import Item
    from tenant_apps.learning.models import Enrolment
    from tenant_apps.learning.services import attendance

    with in_tenant(tenant_a):
        offering = _class(person, ago=3, sessions=2, form="B3", place="P" * 120, batch="A" * 30)
        seat = _seat(offering, person)
        first, second = offering.sessions.all()
        attendance.record_list(by=trainer, session=first, present={seat.pk}, shown={seat.pk})
        enrolment = Enrolment.objects.get(member_id=person.pk)
        assert (enrolment.step, enrolment.completed_at) == ("attendance", None)
        attendance.record_list(by=trainer, session=second, present={seat.pk}, shown={seat.pk})
        enrolment.refresh_from_db()
        seat.refresh_from_db()
        assert (enrolment.step, seat.state) == ("survey", "completed")
        assert enrolment.completed_at == second.ends_at
        # A second sending adds nothing, and who completed stays present.
        assert attendance.record_list(
            by=trainer, session=second, present=set(), shown={seat.pk}
        ) == (0, 0)  # fmt: skip
    row = _ledger(person)
    assert (row.form, row.jp_credited, row.completed_on) == (
        "B3", Decimal("4.00"), timezone.localtime(second.ends_at).date(),
    )  # fmt: skip
    assert Item.objects.get(account=person, kind="offering").state == "done"


def test_a_seminar_counts_by_the_day(tenant_a: Any, person: Any, trainer: Any) -> None:
    from shared_apps.recognition.models import Certificate
    from tenant_apps.learning.services import attendance

    with in_tenant(tenant_a):
        offering = _class(person, ago=4, sessions=2, form="B6")
        seat = _seat(offering, person)
        for session in offering.sessions.all():
            attendance.record_list(by=trainer, session=session, present={seat.pk}, shown={seat.pk})
    assert (_ledger(person).jp_computed, _ledger(person).form) == (Decimal("8.00"), "B6")
    rows = Certificate.objects.get(account=person).curriculum
    assert sum(Decimal(row["jp"]) for row in rows) == Decimal("8.00")


def test_the_pass_waits_for_attendance(tenant_a: Any, person: Any, trainer: Any) -> None:
    from tenant_apps.learning.models import Enrolment
    from tenant_apps.learning.selectors.topics import topic_of
    from tenant_apps.learning.services import attendance
    from tenant_apps.learning.services.completion import complete
    from tenant_apps.learning.services.enrolments import lock_enrolment, move_to

    with in_tenant(tenant_a):
        offering = _class(person, ago=2, sessions=2, mode="blended", with_tests=True)
        seat = _seat(offering, person)
        enrolment = lock_enrolment(Enrolment.objects.get(member_id=person.pk))
        assert (enrolment.chain, enrolment.step) == ("blended", "pre_test")
        passed = timezone.now()
        enrolment.post_right, enrolment.post_total = 8, 10
        step = complete(by=person, enrolment=enrolment, topic=topic_of(enrolment), at=passed)
        assert step == "attendance"
        move_to(
            enrolment, topic_of(enrolment), step, "post_right", "post_total", "passed_at",
            "completed_at", "certificate_id",
        )  # fmt: skip
        for session in offering.sessions.all():
            attendance.record_list(by=trainer, session=session, present={seat.pk}, shown={seat.pk})
        enrolment.refresh_from_db()
        assert (enrolment.step, enrolment.completed_at) == ("survey", passed)


def test_closing_settles_everybody(
    tenant_a: Any, person: Any, trainer: Any, make_account: Makes
) -> None:
    from shared_apps.jobs.tasks import run_job
    from tenant_apps.learning.models import Enrolment, Offering
    from tenant_apps.learning.services import attendance, seats
    from tenant_apps.learning.services.closing import close_offering

    absent, waiting = make_account(agency="bkn"), make_account(agency="bkn")
    manager = grant(make_account(agency="bkn"), tenant_a)
    with in_tenant(tenant_a):
        offering = _class(person, ago=1, sessions=5, capacity=2)
        for account in (absent, waiting):
            seats.sign_up(by=account, offering=offering)
        Offering.objects.filter(pk=offering.pk).update(minimum_attendance=40)
        offering.refresh_from_db()
        seat = _seat(offering, person)
        for session in list(offering.sessions.all())[:2]:
            attendance.record_list(by=trainer, session=session, present={seat.pk}, shown={seat.pk})
        assert _seat(offering, person).state == "seated", "the last session is still to come"
        job = close_offering(by=manager, offering=offering)
    run_job.call(str(job.pk))
    run_job.call(str(job.pk))
    with in_tenant(tenant_a):
        assert [_seat(offering, who).state for who in (person, absent, waiting)] == [
            "completed", "absent", "declined",
        ]  # fmt: skip
        # Who was absent may go on alone or join another class.
        assert Enrolment.objects.get(member_id=absent.pk).chain == "self"
    job.refresh_from_db()
    assert job.state == "done"
    assert job.summary[0] == "1 peserta menyelesaikan kelas."


def test_codes_rotate(tenant_a: Any) -> None:
    import uuid

    from tenant_apps.learning.checkin import SECONDS, read_token, token_for

    session_id = uuid.uuid4()
    with in_tenant(tenant_a):
        start = 1_800_000_000 // SECONDS * SECONDS
        token = token_for(session_id, at=start)
        assert read_token(token, at=start + 2 * SECONDS - 1) == session_id
        assert read_token(token, at=start + 2 * SECONDS) is None
        assert read_token(token, at=start - 1) is None
        assert token != token_for(session_id, at=start + SECONDS)
        for forged in (token[:-1] + ("A" if token[-1] != "A" else "B"), "", "x", "ä", token + "="):
            assert read_token(forged, at=start) is None


def test_scan_and_confirm(
    tenant_a: Any, tenant_b: Any, person: Any, make_account: Makes, client_for: Makes
) -> None:
    from tenant_apps.learning.checkin import token_for
    from tenant_apps.learning.models import Attendance, ClassSession

    outsider = make_account(agency="bkn")
    with in_tenant(tenant_a):
        offering = _class(person, ago=0, sessions=1)
        session = offering.sessions.get()
        token = token_for(session.pk)

    def scan(account: Any) -> Any:
        client = client_for(tenant_a, account)
        assert client.get(f"/kelas/hadir/{token}/").headers["Location"] == "/kelas/hadir/"
        return client

    client = scan(person)
    assert "Saya, Made Sudarsana, hadir" in words_of(client.get("/kelas/hadir/"))
    assert "Kehadiran tercatat" in words_of(client.post("/kelas/hadir/"))
    assert "sudah tercatat hadir" in words_of(client.post("/kelas/hadir/"))
    response = scan(outsider).post("/kelas/hadir/")
    assert response.status_code == 409
    assert "Anda bukan peserta kelas ini" in words_of(response)
    # A stranger scans first and signs in then; the code itself is spent by that time.
    stranger = client_for(tenant_a)
    assert stranger.get(f"/kelas/hadir/{token}/").status_code == 302
    assert "/akun/masuk/" in stranger.get("/kelas/hadir/").headers["Location"]
    assert client_for(tenant_b).get(f"/kelas/hadir/{token}/").status_code == 410
    assert "Pindai dahulu" in words_of(client_for(tenant_a, person).post("/kelas/hadir/"))
    with in_tenant(tenant_a):
        assert Attendance.objects.count() == 1
        soon = timezone.now() + datetime.timedelta(hours=5)
        ClassSession.objects.filter(pk=session.pk).update(
            starts_at=soon, ends_at=soon + datetime.timedelta(hours=1)
        )
    # Early is no lock-out: the same person scans again later.
    response = scan(person).post("/kelas/hadir/")
    assert response.status_code == 409
    assert "Presensi dibuka" in words_of(response)
    with in_tenant(tenant_a):
        past = timezone.now() - datetime.timedelta(hours=5)
        ClassSession.objects.filter(pk=session.pk).update(
            starts_at=past, ends_at=past + datetime.timedelta(hours=1)
        )
    assert "Presensi ditutup" in words_of(scan(person).post("/kelas/hadir/"))


def test_pages_of_the_trainer(
    tenant_a: Any, person: Any, trainer: Any, client_for: Makes, django_assert_max_num_queries: Any
) -> None:
    with in_tenant(tenant_a):
        offering = _class(person, ago=0, sessions=2)
        session = offering.sessions.first()
        seat = _seat(offering, person)
    client = client_for(tenant_a, trainer)
    base = "/kelola/kelas/kelas-naskah/kehadiran/"
    assert "0 dari 1" in words_of(client.get(base))
    with django_assert_max_num_queries(12):
        page = client.get(f"{base}{session.pk}/")
    assert "Made Sudarsana" in words_of(page)
    data = {"ada": [str(seat.pk), "bukan-uuid"], "hadir": [str(seat.pk)]}
    response = client.post(f"{base}{session.pk}/", data, follow=True)
    assert "1 ditambah, 0 dihapus" in words_of(response)
    response = client.post(f"{base}{session.pk}/", {"ada": [str(seat.pk)]}, follow=True)
    assert "0 ditambah, 1 dihapus" in words_of(response)
    screen = client.get(f"{base}{session.pk}/qr/")
    assert screen.headers["Refresh"] == "20"
    assert "<svg" in screen.content.decode()
    assert client.get(f"{base}0b54c3a2-59b8-4a7e-9d1c-1d5f8a7c2e31/").status_code == 404


def test_register_as_a_file(tenant_a: Any, person: Any, trainer: Any, client_for: Makes) -> None:
    from python_calamine import CalamineWorkbook

    from tenant_apps.learning.models import Attendance
    from toolkit import xlsx

    with in_tenant(tenant_a):
        _class(person, ago=1, sessions=2)
    client = client_for(tenant_a, trainer)
    base = "/kelola/kelas/kelas-naskah/kehadiran/"
    down = client.get(f"{base}?format=xlsx").content
    rows = CalamineWorkbook.from_filelike(io.BytesIO(down)).get_sheet_by_index(0).to_python()
    assert rows[0] == ["Nama", "NIP", "Instansi", "1. Sesi 1", "2. Sesi 2"]

    def send(lines: list[list[object]]) -> Any:
        content = xlsx.workbook(rows[0], lines)
        return client.post(base, {"file": SimpleUploadedFile("hadir.xlsx", content)})

    bad = send([[*rows[1][:3], "hadir", "entah"], ["X", "199001012015031999", "Y", "hadir", ""]])
    assert bad.status_code == 422
    returned = CalamineWorkbook.from_filelike(io.BytesIO(bad.content)).get_sheet_by_index(0)
    faults = [row[-1] for row in returned.to_python()]
    assert faults[0] == "kesalahan"
    assert "“entah” tidak dikenal" in faults[1]
    assert "bukan peserta" in faults[2]
    with in_tenant(tenant_a):
        assert not Attendance.objects.exists()
    assert send([[*rows[1][:3], "Hadir", ""]]).status_code == 302
    assert send([[*rows[1][:3], "H", "x"]]).status_code == 302
    with in_tenant(tenant_a):
        assert list(Attendance.objects.values_list("how", flat=True)) == ["xlsx", "xlsx"]
    response = client.post(base, {"file": SimpleUploadedFile("x.xlsx", b"kosong")})
    assert response.status_code == 422
