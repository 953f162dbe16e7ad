"""The register of agencies from XLSX and CSV: all or nothing, every fault named, repeatable."""

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
import xlsxwriter
from django.core.management import CommandError, call_command

from tenants import agencies, selectors
from tenants.agencies import import_agencies
from tenants.errors import AgencyImportError
from tenants.models import Agency, Tenant

HEADER = ("code", "name", "short_name", "kind", "province", "status", "successor_of")
GOOD = ("uji-a", "Kementerian Uji", "Kemenuji", "kementerian", "", "aktif", "")
Sheet = Callable[..., Path]


@pytest.fixture
def sheet(tmp_path: Path, db: None) -> Sheet:
    """Return a maker of XLSX files from a header and rows."""

    def make(*rows: Sequence[object], header: Sequence[object] = HEADER) -> Path:
        path = tmp_path / "daftar.xlsx"
        book = xlsxwriter.Workbook(str(path))
        page = book.add_worksheet()
        for number, row in enumerate((header, *rows)):
            for column, value in enumerate(row):
                page.write(number, column, value)
        book.close()
        return path

    return make


def test_the_shipped_register(db: None) -> None:
    assert import_agencies() == (0, 0), "loading it again changes nothing"
    assert Agency.objects.count() >= 606
    assert Agency.objects.get(code="bkn").short_name == "BKN"
    assert Agency.objects.filter(predecessors__isnull=False).exists()


def test_xlsx_adds_changes_and_is_repeatable(sheet: Sheet) -> None:
    other = ("uji-b", "Kota Uji", "Kota Uji", "pemkot", "Bali", "", "uji-a; bkn")
    assert import_agencies(sheet(GOOD, other)) == (2, 0)
    assert import_agencies(sheet(GOOD, other)) == (0, 0)
    changed = ("uji-a", "Kementerian Uji Baru", *GOOD[2:])
    assert import_agencies(sheet(changed, other)) == (0, 1)
    agency = Agency.objects.get(code="uji-b")
    assert (agency.status, agency.province) == ("aktif", "Bali")
    assert set(agency.predecessors.values_list("code", flat=True)) == {"uji-a", "bkn"}
    assert Agency.objects.get(code="uji-a").name == "Kementerian Uji Baru"


def test_columns_in_any_order_case_and_company(sheet: Sheet) -> None:
    path = sheet(
        ("x", "pemkab", "Kab. Uji", 7301, "Kabupaten Uji"),
        ("", "", "", "", ""),
        header=("Catatan", "KIND", " Short_Name ", "Code", "name"),
    )
    assert import_agencies(path) == (1, 0)
    assert Agency.objects.get(name="Kabupaten Uji").code == "7301", "a number is no 7301.0"


def test_csv_with_a_byte_order_mark(tmp_path: Path, db: None) -> None:
    path = tmp_path / "daftar.csv"
    path.write_text("code,name,short_name,kind\nuji-a,A,A,lpnk\n", encoding="utf-8-sig")
    assert import_agencies(path) == (1, 0)


def row(**changes: object) -> list[object]:
    """Return a good row with other values."""
    return list({**dict(zip(HEADER, GOOD, strict=True)), **changes}.values())


@pytest.mark.parametrize(
    ("rows", "parts"),
    [
        ([row(code="")], ["baris 2: code kosong"]),
        ([row(name=" ")], ["baris 2: name kosong"]),
        ([row(code="a b")], ["baris 2: kode tidak sah"]),
        ([row(code="x" * 41)], ["baris 2: kode tidak sah"]),
        ([row(kind="dinas")], ["baris 2: jenis dinas tidak dikenal"]),
        ([row(status="tutup")], ["baris 2: status tutup tidak dikenal"]),
        ([row(name="x" * 201)], ["baris 2: name lebih dari 200 huruf"]),
        ([row(), row(code="uji-b")], ["baris 3: short_name sama dengan baris 2"]),
        ([row(), row(short_name="B")], ["baris 3: code sama dengan baris 2"]),
        ([row(short_name="BKN")], ["uji-a: nama singkat BKN sudah dipakai bkn"]),
        ([row(successor_of="tak-ada")], ["uji-a: instansi asal tak-ada tidak ada"]),
        ([row(code=""), row(kind="x", status="y")], ["baris 2", "jenis x", "status y"]),
    ],
)
def test_a_faulty_file_changes_nothing(
    sheet: Sheet, rows: list[list[object]], parts: list[str]
) -> None:
    fine = row(code="uji-z", short_name="Z")
    before = Agency.objects.count()
    with pytest.raises(AgencyImportError) as refused:
        import_agencies(sheet(*rows, fine))
    for part in parts:
        assert part in str(refused.value)
    assert Agency.objects.count() == before


@pytest.mark.parametrize(
    ("content", "part"),
    [
        (b"", "bukan berkas XLSX"),
        (b"PK\x03\x04 no archive", "bukan berkas XLSX"),
        (b"<html>", "bukan berkas XLSX"),
    ],
)
def test_what_is_no_spreadsheet(tmp_path: Path, db: None, content: bytes, part: str) -> None:
    path = tmp_path / "daftar.xlsx"
    path.write_bytes(content)
    with pytest.raises(AgencyImportError, match=part):
        import_agencies(path)


def test_an_empty_sheet_and_missing_columns(sheet: Sheet) -> None:
    with pytest.raises(AgencyImportError, match="kosong"):
        import_agencies(sheet(header=()))
    with pytest.raises(AgencyImportError, match=r"tidak punya kolom: short_name, kind"):
        import_agencies(sheet(header=("code", "name")))


def test_the_command(sheet: Sheet, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("import_agencies", str(sheet(GOOD)))
    assert capsys.readouterr().out == "Agencies: 1 added, 0 changed.\n"
    with pytest.raises(CommandError, match="baris 2"):
        call_command("import_agencies", str(sheet(row(kind="?"))))
    with pytest.raises(CommandError):
        call_command("import_agencies", str(tmp_path / "nowhere.csv"))


def test_a_former_agency_with_a_tenant_can_still_be_named(tenant_a: Tenant) -> None:
    Agency.objects.filter(code="bkn").update(status="dipecah")
    named = selectors.agencies_people_belong_to()
    assert named.filter(code="bkn").exists()
    Tenant.objects.filter(pk=tenant_a.pk).update(state="suspended")
    assert not named.all().filter(code="bkn").exists()
    assert agencies.REGISTER.is_file()
