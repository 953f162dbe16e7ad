"""Assigning people by numbers: file, list and rule; each row for itself; after a crash."""

import io
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tenants.schemas import in_tenant
from tests.pages import words_of
from tests.tenant_apps.learning.classroom import grant, make_offering, make_topic

Makes = Callable[..., Any]


@pytest.fixture
def manager(tenant_a: Any, make_account: Makes) -> Any:
    """The training unit of tenant A."""
    return grant(make_account(agency="bkn", state="confirmed"), tenant_a)


@pytest.fixture
def staff(make_account: Makes) -> list[Any]:
    """Six confirmed people of BKN."""
    return [make_account(agency="bkn", state="confirmed", name=f"P {n}") for n in range(6)]


def _number(account: Any) -> str:
    return str(account.identity.number)


def _states() -> dict[Any, str]:
    from tenant_apps.learning.models import Seat

    return dict(Seat.objects.values_list("member_id", "state"))


def _run(job: Any) -> Any:
    from shared_apps.jobs.tasks import run_job

    run_job.call(str(job.pk))
    job.refresh_from_db()
    return job


def test_each_row_stands_for_itself(
    tenant_a: Any, manager: Any, staff: list[Any], make_account: Makes, settings: Any, tmp_path: Any
) -> None:
    from python_calamine import CalamineWorkbook

    from tenant_apps.learning.services import assignment, seats

    settings.MEDIA_ROOT = tmp_path
    foreign = make_account(agency="kemenkumham", state="confirmed")
    declared = make_account(agency="bkn", state="declared")
    with in_tenant(tenant_a):
        offering = make_offering(make_topic(), capacity=4, enrolment="assigned")
        other = make_offering(offering.topic, slug="lain", title="Lain")
        seats.sign_up(by=staff[5], offering=other)
        lines = [
            *map(_number, staff), _number(foreign), _number(declared), "bukan nip",
            _number(staff[0]), "199001012015031999",
        ]  # fmt: skip
        upload = SimpleUploadedFile("orang.csv", "\n".join(["NIP", *lines]).encode())
        job = _run(assignment.assign_file(by=manager, offering=offering, upload=upload))
        states = _states()
    assert job.state == "done"
    assert [states[account.pk] for account in staff] == [
        "seated", "seated", "seated", "seated", "waiting", "seated",
    ]  # fmt: skip
    assert foreign.pk not in states
    assert declared.pk not in states
    assert job.summary[:2] == [
        "4 orang mendapat tempat.", "1 orang masuk daftar tunggu karena kelas penuh.",
    ]  # fmt: skip
    rows = CalamineWorkbook.from_path(str(job.output_path)).get_sheet_by_index(0).to_python()
    faults = {row[0]: row[-1] for row in rows[1:] if row[-1]}
    assert len([row for row in rows[1:] if row[-1]]) == 6
    assert "peserta kelas Lain" in faults[_number(staff[5])]
    assert "tidak dikenal di instansi ini" in faults[_number(foreign)]
    assert "tidak dikenal di instansi ini" in faults[_number(declared)]
    assert "18 angka" in faults["bukan nip"]
    assert "baris 2" in faults[_number(staff[0])]


def test_killed_in_the_middle(
    tenant_a: Any, manager: Any, staff: list[Any], monkeypatch: Any, settings: Any, tmp_path: Any
) -> None:
    """A batch that dies leaves nothing of itself; the next run goes on without duplicates."""
    from shared_apps.jobs import work as working
    from shared_apps.jobs.tasks import run_job
    from tenant_apps.learning.models import Seat
    from tenant_apps.learning.services import assignment

    settings.MEDIA_ROOT = tmp_path
    monkeypatch.setattr(assignment, "BATCH", 2)
    kept = working.Work.checkpoint

    class Killed(BaseException):
        """Like the end of the process: nothing catches it."""

    def dying(self: Any, at: Any, **counts: Any) -> None:
        kept(self, at, **counts)
        if at["row"] == 4:
            raise Killed

    with in_tenant(tenant_a):
        offering = make_offering(make_topic())
        job = assignment.assign_text(
            by=manager, offering=offering, text="\n".join(map(_number, staff))
        )
        monkeypatch.setattr(working.Work, "checkpoint", dying)
        with pytest.raises(Killed):
            run_job.call(str(job.pk))
        job.refresh_from_db()
        assert (Seat.objects.count(), job.checkpoint["row"], job.state) == (2, 2, "running")
        monkeypatch.setattr(working.Work, "checkpoint", kept)
        _run(job)
        assert (Seat.objects.count(), job.state, job.summary) == (
            6, "done", ["6 orang mendapat tempat."],
        )  # fmt: skip
        offering.refresh_from_db()
        assert offering.seats_taken == 6


def test_page_refuses_and_keeps(
    tenant_a: Any, manager: Any, staff: list[Any], client_for: Makes, settings: Any, tmp_path: Any
) -> None:
    settings.MEDIA_ROOT = tmp_path
    with in_tenant(tenant_a):
        make_offering(make_topic())
    client = client_for(tenant_a, manager)
    url = "/kelola/kelas/kelas-naskah/peserta/tetapkan/"
    assert client.get(url).status_code == 200
    response = client.post(url, {"cara": "tempel", "tempel-numbers": "  \n "})
    assert response.status_code == 422
    response = client.post(url, {"cara": "aturan"})
    assert response.status_code == 422
    assert "Pilih sedikitnya satu unit" in words_of(response)
    response = client.post(url, {"cara": "hitung", "aturan-grades": ["III/a"]})
    assert "0 pegawai aktif cocok" in words_of(response)
    response = client.post(url, {"cara": "aturan", "aturan-grades": ["III/a"]})
    assert "Tidak ada pegawai aktif" in words_of(response)
    response = client.post(url, {"cara": "tempel", "tempel-numbers": _number(staff[0])})
    assert response.status_code == 302
    assert response.headers["Location"].startswith("/kelola/pekerjaan/")
    template = client.get("/kelola/kelas/kelas-naskah/peserta/templat/").content
    assert template[:2] == b"PK"


def test_by_rule(
    tenant_a: Any, manager: Any, staff: list[Any], settings: Any, tmp_path: Any
) -> None:
    import datetime

    from shared_apps.employees.models import Assignment, Employee
    from tenant_apps.learning.services import assignment

    settings.MEDIA_ROOT = tmp_path
    grades = ["III/a", "III/a", "III/b", "IV/a", "III/a", "II/c"]
    for account, grade in zip(staff, grades, strict=True):
        employee = Employee.objects.create(
            agency=account.home_agency, number=_number(account), name=account.name, account=account
        )
        Assignment.objects.create(
            employee=employee, valid_from=datetime.date(2020, 1, 1), latest=True, kind="pns",
            grade=grade, post_kind="pelaksana", standing="aktif",
        )  # fmt: skip
    ghost = Employee.objects.create(
        agency=staff[0].home_agency, number="199001012015031999", name="Belum Punya Akun"
    )
    Assignment.objects.create(
        employee=ghost, valid_from=datetime.date(2020, 1, 1), latest=True, kind="pns",
        grade="III/a", post_kind="pelaksana", standing="aktif",
    )  # fmt: skip
    with in_tenant(tenant_a):
        offering = make_offering(make_topic())
        job = _run(assignment.assign_rule(by=manager, offering=offering, grades=["III/a"]))
        assert set(_states()) == {staff[0].pk, staff[1].pk, staff[4].pk}
    assert job.summary[0] == "3 orang mendapat tempat."
    assert job.checkpoint["faults"]
    assert "belum punya akun" in next(iter(job.checkpoint["faults"].values()))


def test_others_may_not(tenant_a: Any, staff: list[Any]) -> None:
    from django.core.exceptions import PermissionDenied

    from tenant_apps.learning.services import assignment

    with in_tenant(tenant_a):
        offering = make_offering(make_topic())
        with pytest.raises(PermissionDenied):
            assignment.assign_text(by=staff[0], offering=offering, text="199001012015031999")


def test_returned_file_keeps_its_columns(
    tenant_a: Any, manager: Any, settings: Any, tmp_path: Any
) -> None:
    from python_calamine import CalamineWorkbook

    from tenant_apps.learning.services import assignment
    from toolkit import xlsx

    settings.MEDIA_ROOT = tmp_path
    content = xlsx.workbook(["Unit", "nip", "Nama"], [["A", "1990", "Budi"]])
    with in_tenant(tenant_a):
        offering = make_offering(make_topic())
        upload = SimpleUploadedFile("o.xlsx", content)
        job = _run(assignment.assign_file(by=manager, offering=offering, upload=upload))
    rows = CalamineWorkbook.from_filelike(io.BytesIO(job.output_path.read_bytes()))
    assert rows.get_sheet_by_index(0).to_python() == [
        ["Unit", "nip", "Nama", "kesalahan"],
        ["A", "1990", "Budi", "Bukan NIP atau NI PPPK: harus 18 angka."],
    ]
