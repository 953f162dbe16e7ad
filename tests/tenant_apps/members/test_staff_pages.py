"""Pages of the staff list and the unit tree: what they show, change, refuse and cost."""

import datetime
import re
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from shared_apps.access.services import grant_role
from shared_apps.accounts.models import Account
from shared_apps.audit.models import Event
from shared_apps.employees import selectors
from shared_apps.employees.models import Assignment, Employee, StaffImport, Unit
from shared_apps.employees.services import units as unit_services
from shared_apps.jobs.models import Job
from tenants.schemas import in_tenant
from tests.tenant_apps.members import staff_file
from tests.tenant_apps.members.conftest import run

Makes = Callable[..., Any]
URL = "/kelola/pegawai/"
NUMBER = "199001012015042001"


@pytest.fixture
def desk(client_for: Makes, tenant_a: Any, manager: Account) -> Client:
    client: Client = client_for(tenant_a, manager)
    return client


def page(client: Client, path: str = "", **query: str) -> str:
    response = client.get(URL + path, query)
    assert response.status_code == 200
    return re.sub(r"\s+", " ", response.content.decode())


def post(client: Client, path: str, **values: Any) -> Any:
    return client.post(URL + path, values)


def person(**more: str) -> dict[str, str]:
    """Return what the form of a person sends."""
    base = {
        "name": "Ayu Lestari", "unit": "", "post": "Analis", "post_kind": "fungsional",
        "grade": "III/a", "superior_number": "", "kind": "pns", "standing": "aktif",
        "on": "2026-03-01",
    }  # fmt: skip
    return base | more


def test_an_empty_list_says_what_to_do(desk: Client) -> None:
    text = page(desk)
    assert "Belum ada data pegawai" in text and "Impor dari berkas" in text
    assert "Belum ada unit kerja" in page(desk, "unit/")


def test_the_list_filters_and_finds(
    desk: Client, make_employee: Makes, make_unit: Makes, make_account: Makes
) -> None:
    top = make_unit("SET", "Sekretariat")
    make_employee("Ani Satu", unit=make_unit("SET.1", "Bagian Umum", parent=top))
    account = make_account(agency="bkn", state="confirmed")
    make_employee("Budi Dua", account=account, kind="pppk", standing="cltn", number=NUMBER)
    make_employee("Cici Pergi", left_on=datetime.date(2026, 2, 1))
    make_employee("Orang Lain", agency="kemenkumham")
    everyone = page(desk)
    assert "Ani Satu" in everyone and "19900101 201504 2 001" in everyone
    assert "Cici Pergi" not in everyone and "Orang Lain" not in everyone
    assert "Ani Satu" in page(desk, unit="SET") and "Budi Dua" not in page(desk, unit="SET")
    for query in ({"jenis": "pppk"}, {"status": "cltn"}, {"akun": "ya"}, {"q": "1990 0101"}):
        found = page(desk, **query)
        assert "Budi Dua" in found and "Ani Satu" not in found
    assert "Cici Pergi" in page(desk, status="keluar")
    assert "Tidak ada yang cocok" in page(desk, q="zzz")
    assert page(desk, q="\0", unit="aneh", urut="-aneh", halaman="x")


def test_the_list_costs_the_same_with_many(
    desk: Client, make_employee: Makes, make_account: Makes
) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            page(desk)
        return len([q for q in queries if "search_path" not in q["sql"]])

    make_employee(account=make_account(agency="bkn"))
    cost()
    few = cost()
    for _ in range(30):
        make_employee(account=make_account(agency="bkn"))
    assert cost() == few <= 10


def test_the_list_as_a_file(desk: Client, make_employee: Makes) -> None:
    make_employee("Ani Satu", number=NUMBER, post="=1+1")
    text = desk.get(URL, {"format": "csv"}).content.decode("utf-8-sig")
    assert NUMBER in text and "'=1+1" in text


def test_add_change_and_leave_by_hand(desk: Client, tenant_a: Any, make_unit: Makes) -> None:
    make_unit("SET", "Sekretariat")
    response = post(desk, "baru/", number=NUMBER, **person(unit="SET"))
    ani = Employee.objects.get()
    assert response["Location"] == f"{URL}{ani.pk}/"
    assert selectors.active_counts() == {tenant_a.agency_id: 1}
    text = page(desk, f"{ani.pk}/")
    assert "Sekretariat" in text and "Belum ada akun terkonfirmasi" in text
    again = post(desk, "baru/", number=NUMBER, **person())
    assert "sudah ada di data pegawai" in again.content.decode()
    seen = re.search(r'name="terlihat" value="(\w+)"', page(desk, f"{ani.pk}/ubah/"))
    assert seen is not None
    changed = person(grade="III/b", standing="cltn", on="2026-04-01")
    assert post(desk, f"{ani.pk}/ubah/", terlihat=seen[1], **changed).status_code == 302
    assert [row.grade for row in selectors.history_of(ani.pk)] == ["III/b", "III/a"]
    assert selectors.active_counts() == {tenant_a.agency_id: 0}
    # A second tab that still shows the old data does not overwrite the new.
    stale = post(desk, f"{ani.pk}/ubah/", terlihat=seen[1], **person(grade="IV/a"))
    assert "baru saja diubah" in stale.content.decode()
    early = post(desk, f"{ani.pk}/ubah/", **person(on="2026-03-15"))
    assert "sesudah tanggal berlaku" in early.content.decode()
    assert post(desk, f"{ani.pk}/keluar/", on="2026-05-01").status_code == 302
    assert "Keluar dari instansi" in page(desk, f"{ani.pk}/")
    assert selectors.active_counts() == {}
    back = post(desk, f"{ani.pk}/ubah/", **person(on="2026-06-01"))
    assert back.status_code == 302
    assert selectors.active_counts() == {tenant_a.agency_id: 1}
    verbs = list(Event.objects.filter(kind="employee").values_list("verb", flat=True))
    assert sorted(verbs) == [
        "employee.added", "employee.changed", "employee.changed", "employee.left",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"number": "12"}, "18 angka"),
        ({"grade": "IX"}, "Golongan ini tidak cocok"),
        ({"kind": "pppk"}, "Status ini tidak cocok"),
        ({"superior_number": "77"}, "18 angka"),
        ({"superior_number": NUMBER}, "tidak boleh pegawai itu sendiri"),
        ({"on": "2999-01-01"}, "paling lambat hari ini"),
        ({"on": "kemarin"}, "tanggal"),
        ({"unit": "TIDAK-ADA"}, "Pilihan itu tidak tersedia"),
    ],
)
def test_wrong_input_is_said_at_the_field(
    desk: Client, values: dict[str, str], sentence: str
) -> None:
    response = post(desk, "baru/", **({"number": NUMBER} | person(name="Tetap Ada") | values))
    text = response.content.decode()
    assert response.status_code == 200
    assert sentence in text and "Tetap Ada" in text
    assert not Employee.objects.exists()


def test_a_number_of_another_agency_is_refused_without_a_name(
    desk: Client, make_employee: Makes
) -> None:
    make_employee("Milik Mereka", agency="kemenkumham", number=NUMBER)
    text = post(desk, "baru/", number=NUMBER, **person()).content.decode()
    assert "masih tercatat sebagai pegawai aktif di instansi lain" in text
    assert "Milik Mereka" not in text and "Kemenkumham" not in text


def test_units_by_hand(desk: Client, make_employee: Makes) -> None:
    post(desk, "unit/baru/", code="set", name="Sekretariat", parent="")
    top = Unit.objects.get(code="SET")
    post(desk, "unit/baru/", code="SET.1", name="Bagian Umum", parent=str(top.pk))
    below = Unit.objects.get(code="SET.1")
    assert below.parent == top
    twice = post(desk, "unit/baru/", code="SET", name="Lagi", parent="")
    assert "sudah dipakai unit lain" in twice.content.decode()
    assert "Bagian Umum" in page(desk, f"unit/{top.pk}/")
    assert "Bagian Umum" not in page(desk, "unit/")
    assert "Bagian Umum" in page(desk, "unit/", q="umum")
    # A unit is never offered what stands below it.
    assert str(below.pk) not in page(desk, f"unit/{top.pk}/ubah/")
    moved = post(desk, f"unit/{below.pk}/ubah/", code="SET.1", name="Bagian Umum dan TU", parent="")
    assert moved.status_code == 302
    below.refresh_from_db()
    assert (below.parent, below.name) == (None, "Bagian Umum dan TU")
    make_employee(unit=below)
    post(desk, f"unit/{below.pk}/tutup/")
    below.refresh_from_db()
    assert below.closed_on is None
    Assignment.objects.all().update(unit=None)
    post(desk, f"unit/{below.pk}/tutup/")
    below.refresh_from_db()
    assert below.closed_on == timezone.localdate()
    assert "Bagian Umum dan TU" in page(desk, "unit/", status="tutup")
    post(desk, f"unit/{below.pk}/buka/")
    below.refresh_from_db()
    assert below.closed_on is None


def test_a_unit_cannot_stand_below_itself(
    make_unit: Makes, manager: Account, tenant_a: Any
) -> None:
    top = make_unit("A")
    below = make_unit("B", parent=make_unit("M", parent=top))
    with in_tenant(tenant_a), pytest.raises(unit_services.UnitRefused):
        unit_services.change(by=manager, unit_id=top.pk, code="A", name="A", parent_id=below.pk)


def test_the_unit_page_counts_with_all_below(
    desk: Client, make_unit: Makes, tenant_a: Any, manager: Account
) -> None:
    top = make_unit("A", "Atas")
    below = make_unit("B", "Bawah", parent=top)
    for index, unit in enumerate((top, below, below)):
        number = f"19900101201504200{index + 1}"
        post(desk, "baru/", number=number, **person(unit=unit.code))
    assert "(3 dengan unit di bawahnya)" in page(desk, f"unit/{top.pk}/")
    with CaptureQueriesContext(connection) as queries:
        page(desk, "unit/")
    few = len(queries)
    for index in range(20):
        make_unit(f"X{index}", parent=below)
        make_unit(f"Y{index}")
    with CaptureQueriesContext(connection) as queries:
        page(desk, "unit/")
    assert len(queries) == few


def test_an_import_from_upload_to_the_list(desk: Client, tenant_a: Any, tmp_path: Path) -> None:
    path = staff_file.save(
        tmp_path / "pegawai.xlsx",
        [{"number": NUMBER, "name": "Ayu Lestari", "grade": "III/a"}, {"number": "1", "name": "X"}],
    )
    file = SimpleUploadedFile("pegawai.xlsx", path.read_bytes())
    response = post(desk, "impor/", file=file, on="2026-03-01")
    made = StaffImport.objects.get()
    assert response["Location"] == f"/kelola/pekerjaan/{made.plan_job_id}/"
    assert "masih diperiksa" in page(desk, f"impor/{made.pk}/")
    run(made.plan_job)
    text = page(desk, f"impor/{made.pk}/")
    assert "Ayu Lestari" in text and "18 angka" in text and "Terapkan" in text
    assert "Ayu Lestari" not in page(desk, f"impor/{made.pk}/", tindakan="salah")
    faulty = desk.get(f"/kelola/pekerjaan/{made.plan_job_id}/berkas/")
    assert "kesalahan" in faulty["Content-Disposition"]
    assert b"".join(faulty).startswith(b"PK")
    response = post(desk, f"impor/{made.pk}/terapkan/")
    job = Job.objects.get(kind="employees.import")
    assert response["Location"] == f"/kelola/pekerjaan/{job.pk}/"
    run(job)
    assert "Ayu Lestari" in page(desk)
    assert "Sudah diterapkan" in page(desk, "impor/")
    assert f"impor/{made.pk}/terapkan/" not in page(desk, f"impor/{made.pk}/")
    file = SimpleUploadedFile("pegawai.pdf", b"%PDF")
    assert (
        "Pilih berkas XLSX atau CSV"
        in post(desk, "impor/", file=file, on="2026-03-01").content.decode()
    )
    assert desk.get(URL + "impor/templat.xlsx").status_code == 200


def test_other_agencies_see_nothing(
    client_for: Makes, make_account: Makes, tenant_b: Any, make_employee: Makes, make_unit: Makes,
    manager: Account,
) -> None:  # fmt: skip
    other = make_account(agency="kemenkumham", state="confirmed")
    grant_role(account=other, tenant=tenant_b, role="manager", by=None)
    client = client_for(tenant_b, other)
    ani, unit = make_employee("Ani Satu"), make_unit("A")
    made = StaffImport.objects.create(
        agency=ani.agency, made_by=manager, file_name="x", effective_on=timezone.localdate()
    )
    for path in (f"{ani.pk}/", f"{ani.pk}/ubah/", f"{ani.pk}/keluar/", f"unit/{unit.pk}/",
                 f"unit/{unit.pk}/ubah/", f"impor/{made.pk}/", f"{uuid.uuid4()}/"):  # fmt: skip
        assert client.get(URL + path).status_code == 404
    for path in (f"unit/{unit.pk}/tutup/", f"unit/{unit.pk}/buka/", f"impor/{made.pk}/terapkan/"):
        assert client.post(URL + path).status_code == 404
    assert "Ani Satu" not in page(client)


def test_who_only_reads_changes_nothing(
    client_for: Makes, make_account: Makes, tenant_a: Any, make_employee: Makes
) -> None:
    trainer = make_account(agency="bkn", state="confirmed")
    grant_role(account=trainer, tenant=tenant_a, role="trainer", by=None)
    client = client_for(tenant_a, trainer)
    ani = make_employee()
    for path in ("", f"{ani.pk}/", "baru/", "impor/", "unit/", "impor/templat.xlsx"):
        assert client.get(URL + path).status_code == 403


def test_the_queue_tells_of_the_staff_list(
    desk: Client, make_account: Makes, make_employee: Makes
) -> None:
    make_account(name="Ayu Lestari", agency="bkn", number=NUMBER)
    make_employee("Ayu Lestari, S.H.", number=NUMBER)
    ketut = make_account(name="Ketut", agency="bkn")
    make_employee("Nyoman", number=ketut.identity.number)
    text = desk.get("/kelola/identitas/").content.decode()
    assert "Nomor dan nama cocok dengan data pegawai." in text
    assert "Nama berbeda dari data pegawai: Nyoman" in " ".join(text.split())
    response = desk.post("/kelola/identitas/cocokkan/")
    job = Job.objects.get(kind="employees.match")
    assert response["Location"] == f"/kelola/pekerjaan/{job.pk}/"
    run(job)
    tied = Employee.objects.get(number=NUMBER).account
    assert tied is not None and tied.identity.state == "confirmed"
    ketut.identity.refresh_from_db()
    assert ketut.identity.state == "declared"
    # Rejecting unties.
    desk.post(f"/kelola/identitas/{tied.pk}/tolak/", {"reason": "Keliru."})
    assert Employee.objects.get(number=NUMBER).account_id is None
