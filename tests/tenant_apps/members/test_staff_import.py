"""Importing a staff list: the dry run, applying it, repeating it, and what it confirms."""

import datetime
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from shared_apps.access.services import grant_role
from shared_apps.accounts.models import Account, Identity
from shared_apps.audit.models import Event
from shared_apps.employees import selectors
from shared_apps.employees.choices import ImportState
from shared_apps.employees.errors import EmployeeRefused, ImportRefused
from shared_apps.employees.models import Assignment, Employee, ImportLine, StaffImport, Unit
from shared_apps.employees.services import imports
from shared_apps.jobs.models import Job
from shared_apps.recognition.models import AgencyTotal
from tenants.schemas import in_tenant
from tests.tenant_apps.members import staff_file
from tests.tenant_apps.members.conftest import TODAY, run
from toolkit import sheets

Makes = Callable[..., Any]
Take = Callable[..., StaffImport]
A, B, C = "199001012015042001", "198505052010011002", "199501012023211001"


def row(number: str = A, name: str = "Ayu Lestari", **more: object) -> dict[str, object]:
    """Return one row of a file."""
    return {"number": number, "name": name, **more}


def faults(staff_import: StaffImport) -> dict[int, str]:
    """Return the errors by row."""
    lines = ImportLine.objects.filter(staff_import=staff_import, action="salah")
    return dict(lines.values_list("row", "fault"))


def snapshot() -> list[tuple[Any, ...]]:
    """Return all that an import may write, for comparing."""
    return [
        *Employee.objects.order_by("pk").values_list(),
        *Assignment.objects.order_by("pk").values_list(),
        *Unit.objects.order_by("pk").values_list(),
    ]


FULL = [
    row(A, "Ayu Lestari, S.H.", unit="SET", unit_name="Sekretariat", post="Sekretaris",
        post_kind="Struktural", grade="IV/a"),
    row(B, "Budi Santoso", unit="SET.1", unit_name="Bagian Umum", unit_parent="SET",
        post="Analis", post_kind="2", grade="3b", superior_number=A, standing="CLTN"),
    row(C, "Cahya", unit="SET.1", grade="IX", kind="PPPK paruh waktu"),
]  # fmt: skip


def test_a_dry_run_changes_nothing_and_applying_does(
    take: Take, apply: Callable[..., Job], tenant_a: Any
) -> None:
    made = take(FULL)
    assert made.state == ImportState.READY
    assert made.counts == {"unit.baru": 2, "pegawai.baru": 3, "rows": 3}
    assert snapshot() == []
    job = apply(made)
    assert job.summary[0] == "Data pegawai sudah diterapkan."
    assert made.state == ImportState.APPLIED
    people = selectors.by_numbers([A, B, C], tenant_a.agency_id)
    assert people[B].unit_name == "Bagian Umum"
    assert people[B].superior_number == A
    now = Assignment.objects.get(employee__number=B)
    assert (now.grade, now.post_kind, now.kind, now.standing) == (
        "III/b", "fungsional", "pns", "cltn",
    )  # fmt: skip
    assert (now.valid_from, now.valid_to) == (TODAY, None)
    assert Assignment.objects.get(employee__number=C).kind == "pppk_pw"
    unit = Unit.objects.get(code="SET.1")
    assert unit.parent is not None and unit.parent.code == "SET"
    assert selectors.active_counts([tenant_a.agency_id]) == {tenant_a.agency_id: 2}
    assert selectors.active_counts_of_units(tenant_a.agency_id)[unit.pk] == 1
    assert Event.objects.filter(verb="employees.imported").count() == 1


def test_the_same_file_again_changes_nothing(take: Take, apply: Callable[..., Job]) -> None:
    apply(take(FULL))
    before = snapshot()
    again = take(FULL, on=datetime.date(2026, 5, 1))
    assert again.counts == {"same": 3, "rows": 3}
    with pytest.raises(ImportRefused):
        apply(again)
    assert snapshot() == before


def test_a_change_begins_a_new_row_and_keeps_the_old(
    take: Take, apply: Callable[..., Job], tenant_a: Any
) -> None:
    apply(take(FULL))
    later = datetime.date(2026, 6, 1)
    made = take([row(B, "Budi Santosa", grade="III/c", standing="aktif")], on=later,
                fields=("number", "name", "grade", "standing"))  # fmt: skip
    line = ImportLine.objects.get(staff_import=made)
    assert line.before == {"name": "Budi Santoso", "grade": "III/b", "standing": "cltn"}
    apply(made)
    old, new = Assignment.objects.filter(employee__number=B).order_by("valid_from")
    assert (old.grade, old.valid_to, old.latest) == ("III/b", later, False)
    assert (new.grade, new.valid_from, new.valid_to) == ("III/c", later, None)
    # Columns that the file does not have stay as they are.
    assert (new.post, new.superior_number, new.unit_id) == ("Analis", A, old.unit_id)
    assert Employee.objects.get(number=B).name == "Budi Santosa"
    assert selectors.active_counts([tenant_a.agency_id]) == {tenant_a.agency_id: 3}
    # On the same day a change corrects.
    few = ("number", "name", "grade")
    apply(take([row(B, "Budi Santosa", grade="III/d")], on=later, fields=few))
    assert Assignment.objects.filter(employee__number=B).count() == 2
    # Before that day there is a newer truth already.
    early = take([row(B, "Budi Santosa", grade="IV/a")], fields=few)
    assert "sesudah tanggal berlaku" in faults(early)[2]


def test_people_who_are_not_in_the_file(
    take: Take, apply: Callable[..., Job], tenant_a: Any
) -> None:
    apply(take(FULL))
    assert take(FULL[:2]).counts == {"same": 2, "rows": 2}
    made = take(FULL[:2], complete=True, on=datetime.date(2026, 7, 1))
    assert made.counts == {"same": 2, "rows": 2, "pegawai.keluar": 1}
    apply(made)
    gone = Employee.objects.get(number=C)
    assert gone.left_on == datetime.date(2026, 7, 1)
    assert selectors.active_counts([tenant_a.agency_id]) == {tenant_a.agency_id: 1}
    # Coming back.
    made = take(FULL, complete=True, on=datetime.date(2026, 8, 1))
    assert made.counts == {"same": 2, "rows": 3, "pegawai.baru": 1}
    apply(made)
    assert Employee.objects.get(number=C).left_on is None
    assert selectors.history_of(gone.pk)[0].valid_from == datetime.date(2026, 8, 1)
    assert selectors.active_counts([tenant_a.agency_id]) == {tenant_a.agency_id: 2}


def test_with_an_unreadable_row_nobody_has_left(take: Take, apply: Callable[..., Job]) -> None:
    apply(take(FULL))
    made = take([*FULL[:2], row("19950101202321", "Cahya")], complete=True)
    assert made.counts["left_held"] == 1
    assert "pegawai.keluar" not in made.counts


def test_each_wrong_row_says_why(take: Take, make_employee: Makes) -> None:
    other = make_employee("Milik Instansi Lain", agency="kemenkumham").number
    made = take(
        [
            row("123"),
            row(A),
            row(A),
            row("1.99001012015042E+17"),
            row(199001012015042001.0),
            row(B, unit="TAK-ADA"),
            row(C, grade="III/a"),
            row("199001012015041009", kind="PPPK"),
            row("199001012015041010", post_kind="aneh", standing="entah", name=""),
            row("199001012015041011", superior_number="12"),
            row("199001012015041012", superior_number="199001012015041012"),
            row(other, "Milik Sendiri"),
            row("199001012015041013", unit="P", unit_name="P", unit_parent="Q"),
            row("199001012015041014", unit="Q", unit_name="Q", unit_parent="P"),
            row("199001012015041015", unit="R", unit_name="R", unit_parent="HILANG"),
            row("199001012015041016", unit="R"),
            row("199001012015041017", unit="R", unit_name="R lain"),
        ]
    )
    found = faults(made)
    assert set(found) == {2, *range(4, 19)}
    assert "18 angka" in found[2]
    assert "baris 3" in found[4]
    for rounded in (5, 6):
        assert "Simpan kolom NIP sebagai teks" in found[rounded]
    assert "TAK-ADA" in found[7]
    assert "PPPK memakai I sampai XVII" in found[8]
    assert "tidak cocok dengan nomornya" in found[9]
    assert all(word in found[10] for word in ("Nama pegawai", "aneh", "entah"))
    assert "atasan" in found[11].lower() and "itu sendiri" in found[12]
    assert "instansi lain" in found[13]
    assert "Kemenkumham" not in found[13] and "Milik Instansi" not in found[13]
    assert "berputar" in found[14] and "berputar" in found[15]
    assert "HILANG" in found[16] and "baris 16" in found[17]
    assert "bernama lain" in found[18]
    assert made.counts["pegawai.baru"] == 1
    back = sheets.read(
        made.plan_job.output_path, [sheets.Column("kesalahan", "kesalahan")], most_rows=99
    )
    assert back.rows[0].values["kesalahan"] == found[2]
    assert len(back.rows) == 17 and back.rows[1].values["kesalahan"] == ""


def test_a_row_without_a_person_adds_a_unit(take: Take, apply: Callable[..., Job]) -> None:
    made = take([row("", "", unit="x", unit_name="Kantor Kosong"), row()])
    assert made.counts == {"unit.baru": 1, "pegawai.baru": 1, "rows": 2}
    apply(made)
    assert Unit.objects.get().code == "X"


def test_a_crash_between_batches_goes_on_without_duplicates(
    take: Take, apply: Callable[..., Job], manager: Account, tenant_a: Any,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setattr(imports, "BATCH", 20)
    rows = list(staff_file.many(110, units=9))
    made = take(rows)
    calls = {"n": 0}
    real = imports.record

    def dies(**values: Any) -> Any:
        calls["n"] += 1
        if calls["n"] == 3:
            raise ConnectionError
        return real(**values)

    monkeypatch.setattr(imports, "record", dies)
    job = apply(made)
    assert job.state == "queued" and job.done == 40
    assert Employee.objects.count() == 40
    # The last batch was written, but the process died before it noted so.
    Job.objects.filter(pk=job.pk).update(checkpoint={"phase": "people", "after": 0, "done": 0})
    done = run(job)
    assert done.state == "done"
    assert Employee.objects.count() == Assignment.objects.count() == 110
    assert selectors.active_counts([tenant_a.agency_id]) == {tenant_a.agency_id: 110}
    assert take(rows).counts == {"same": 110, "rows": 110}
    assert Event.objects.filter(verb="employees.imported").count() == 1


def test_applying_twice_is_one_job(take: Take, manager: Account, tenant_a: Any) -> None:
    made = take(FULL)
    with in_tenant(tenant_a):
        first = imports.request_apply(by=manager, import_id=made.pk)
        second = imports.request_apply(by=manager, import_id=made.pk)
    assert first.apply_job == second.apply_job
    assert Job.objects.filter(kind=imports.APPLY).count() == 1


def test_matches_confirm_declared_identities(
    take: Take, apply: Callable[..., Job], make_account: Makes, give: Makes, tenant_a: Any
) -> None:
    ayu = make_account(name="AYU LESTARI", agency="bkn", number=A)
    give(ayu, tenant_a)
    budi = make_account(name="Orang Lain", agency="bkn", number=B)
    disputed = make_account(name="Cahya", agency="bkn", number=C, state="disputed")
    job = apply(take(FULL))
    assert Identity.objects.get(pk=ayu.pk).state == "confirmed"
    assert Identity.objects.get(pk=budi.pk).state == "declared"
    assert Identity.objects.get(pk=disputed.pk).state == "disputed"
    assert Employee.objects.get(number=A).account_id == ayu.pk
    assert Employee.objects.get(number=B).account_id is None
    totals = AgencyTotal.objects.filter(agency_id=tenant_a.agency_id, confirmed=True)
    assert sum(total.certificates for total in totals) == 1
    assert job.summary[1] == "1 identitas cocok dan dikonfirmasi."
    assert job.summary[2].startswith("1 identitas bernomor sama")


def test_who_registers_after_the_import_is_matched(
    take: Take, apply: Callable[..., Job], make_account: Makes, manager: Account, tenant_a: Any
) -> None:
    """By the same rule, in the name of who imported, while they may; not twice; it can be off."""
    from shared_apps.access.models import RoleAssignment
    from shared_apps.audit.models import Event
    from shared_apps.rules.selectors import forget_values
    from shared_apps.rules.services import set_value
    from tenant_apps.members.tasks import match_new

    assert match_new.call() == 0
    apply(take(FULL))
    ayu = make_account(name="Ayu Lestari", agency="bkn", number=A)
    make_account(name="Orang Lain", agency="bkn", number=B)
    for on, confirmed in ((False, 0), (True, 1)):
        set_value(
            key="employees.match_new", value=on, tenant_id=tenant_a.pk, by=None, source="uji",
            valid_from=datetime.date(2026, 1, 1),
        )  # fmt: skip
        forget_values()
        assert match_new.call() == confirmed
    assert match_new.call() == 0
    assert Identity.objects.get(pk=ayu.pk).state == "confirmed"
    assert Employee.objects.get(number=A).account_id == ayu.pk
    assert Identity.objects.get(number=B).state == "declared"
    assert Event.objects.get(verb="identity.confirmed").actor_id == manager.pk
    late = make_account(name="Cahya", agency="bkn", number=C)
    RoleAssignment.objects.filter(account=manager).delete()
    assert match_new.call() == 0
    assert Identity.objects.get(pk=late.pk).state == "declared"


def test_a_plan_is_discarded_instead_of_applied(
    take: Take, apply: Callable[..., Job], manager: Account, tenant_a: Any, client_for: Makes
) -> None:
    """Its lines go, nobody changes; an applied one stays; twice is harmless."""
    desk = client_for(tenant_a, manager)
    made = take(FULL)
    url = f"/kelola/pegawai/impor/{made.pk}/"
    assert "Buang rencana" in desk.get(url).content.decode()
    for _twice in range(2):
        page = desk.post(f"{url}buang/", follow=True).content.decode()
        assert "Data pegawai tidak berubah." in page and "Dibuang" in page
    assert not ImportLine.objects.exists() and not Employee.objects.exists()
    page = desk.get(url).content.decode()
    assert "dibuang sebelum diterapkan" in page and "Terapkan</button>" not in page
    desk.post(f"{url}terapkan/", follow=True)
    made.refresh_from_db()
    assert made.state == "discarded" and made.apply_job is None
    other = take(FULL)
    apply(other)
    page = desk.post(f"/kelola/pegawai/impor/{other.pk}/buang/", follow=True).content.decode()
    assert "Hanya rencana yang belum diterapkan" in page
    assert ImportLine.objects.filter(staff_import=other).exists()


def test_an_account_confirmed_before_is_tied(
    take: Take, apply: Callable[..., Job], make_account: Makes
) -> None:
    ayu = make_account(agency="bkn", number=A, state="confirmed")
    apply(take(FULL))
    assert Employee.objects.get(number=A).account_id == ayu.pk


def test_who_may_import_and_from_when(
    take: Take, make_account: Makes, manager: Account, tenant_a: Any, tenant_b: Any, tmp_path: Path
) -> None:
    file = staff_file.upload(staff_file.save(tmp_path / "p.xlsx", FULL))
    with in_tenant(tenant_a), pytest.raises(PermissionDenied):
        imports.start(
            by=make_account(agency="bkn"), upload=file, effective_on=TODAY, complete=False
        )
    with in_tenant(tenant_b), pytest.raises(PermissionDenied):
        imports.start(by=manager, upload=file, effective_on=TODAY, complete=False)
    tomorrow = timezone.localdate() + datetime.timedelta(days=1)
    with in_tenant(tenant_a), pytest.raises(EmployeeRefused):
        imports.start(by=manager, upload=file, effective_on=tomorrow, complete=False)
    made = take(FULL)
    grant_role(account=manager, tenant=tenant_b, role="manager", by=None)
    with in_tenant(tenant_b), pytest.raises((ImportRefused, PermissionDenied)):
        imports.request_apply(by=Account.objects.get(pk=manager.pk), import_id=made.pk)


def test_a_file_that_is_none_fails_with_a_sentence(take: Take, tmp_path: Path) -> None:
    path = tmp_path / "salah.xlsx"
    path.write_bytes(b"\0\1\2 bukan lembar kerja")
    made = take([], path=path)
    assert made.state == ImportState.READING
    job = Job.objects.get(pk=made.plan_job_id)
    assert job.state == "failed" and job.summary


def test_the_template_can_be_read_back(tmp_path: Path) -> None:
    path = tmp_path / "templat.xlsx"
    path.write_bytes(imports.template_file())
    from shared_apps.employees.columns import columns

    sheet = sheets.read(path, columns(), most_rows=10)
    assert [each.values["number"] for each in sheet.rows] == [A, C]
