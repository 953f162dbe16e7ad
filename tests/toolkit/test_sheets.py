"""Uploaded sheets: what is read, what is refused with a sentence, what comes back."""

import datetime
import random
import zipfile
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from toolkit import sheet_guard, sheets, xlsx
from toolkit.sheets import Column, SheetRefused

COLUMNS = [
    Column("number", "NIP", required=True),
    Column("name", "Nama lengkap", required=True, also=("Name",)),
    Column("unit_code", "Kode unit"),
]


OPTIONS = {"default_date_format": "yyyy-mm-dd", "strings_to_formulas": False}


def book(path: Path, rows: list[list[Any]], first: int = 0) -> Path:
    """Write rows as XLSX, the first one at row `first` (from 0)."""
    with xlsxwriter.Workbook(str(path), OPTIONS) as workbook:
        sheet = workbook.add_worksheet()
        for line, row in enumerate(rows, start=first):
            sheet.write_row(line, 0, row)
    return path


def text(path: Path, content: str | bytes) -> Path:
    """Write a CSV file."""
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def read(path: Path, most_rows: int = 1000, name: str = "") -> sheets.Sheet:
    return sheets.read(path, COLUMNS, name=name, most_rows=most_rows)


def values(sheet: sheets.Sheet) -> list[tuple[str, ...]]:
    return [(row.values["number"], row.values["name"]) for row in sheet.rows]


def test_xlsx_is_read_as_people_see_it(tmp_path: Path) -> None:
    path = book(
        tmp_path / "a.in",
        [
            ["NIP", "Nama lengkap", "Kode unit"],
            [5, "Ayu", 2.5],
            [],
            [0.1 + 0.2, " Budi ", datetime.datetime(2026, 1, 2)],
            ["199001012015042001", "=1+1", datetime.datetime(2026, 1, 2, 8, 30)],
            [True, "\0Nol", ""],
        ],
    )
    sheet = read(path)
    assert [row.number for row in sheet.rows] == [2, 4, 5, 6]
    assert values(sheet)[:2] == [("5", "Ayu"), ("0.3", "Budi")]
    assert [row.values["unit_code"] for row in sheet.rows[:3]] == [
        "2.5", "2026-01-02", "2026-01-02 08:30",
    ]  # fmt: skip
    assert sheet.rows[2].values["number"] == "199001012015042001"
    assert "\0" not in sheet.rows[3].values["name"]


def test_a_long_number_that_lost_its_digits_stays_visibly_wrong(tmp_path: Path) -> None:
    """Excel keeps 15 digits; the rest must not be made up."""
    sheet = read(book(tmp_path / "a", [["nip", "nama lengkap"], [199001012015042001, "Ayu"]]))
    assert sheet.rows[0].values["number"] == "1.99001012015042e+17"


def test_header_in_any_case_order_and_language(tmp_path: Path) -> None:
    for header in (
        ["nama LENGKAP", "nip"], ["NAME", "Number"], [" Nama  Lengkap* ", "NIP *"],
    ):  # fmt: skip
        assert values(read(book(tmp_path / "a", [header, ["Ayu", "1"]]))) == [("1", "Ayu")]
    sheet = read(book(tmp_path / "b", [["NIP", "NIP", "name", "unit_code"], ["1", "2", "A", "U"]]))
    assert sheet.rows[0].values == {"number": "1", "name": "A", "unit_code": "U"}


def test_empty_rows_above_the_header_keep_the_numbers(tmp_path: Path) -> None:
    sheet = read(book(tmp_path / "a", [["NIP", "Name"], ["1", "Ayu"]], first=3))
    assert [row.number for row in sheet.rows] == [5]


@pytest.mark.parametrize(
    "content",
    [
        "NIP,Nama lengkap\r\n1,Ayu\r\n",
        "NIP;Nama lengkap\n1;Ayu",
        "\ufeffNIP\tNama lengkap\r1\tAyu\r",
        '\n\n"NIP","Nama lengkap"\n1,"Ayu"\n',
        "NIP;Nama lengkap\n1;Ayu\n".encode("utf-16"),
    ],
)
def test_csv_of_many_programs(tmp_path: Path, content: str | bytes) -> None:
    assert values(read(text(tmp_path / "a", content), name="a.csv")) == [("1", "Ayu")]


def test_csv_in_an_old_code_page_and_with_breaks_in_a_cell(tmp_path: Path) -> None:
    sheet = read(text(tmp_path / "a", 'NIP,Name\n1,"Jos\xe9\nde"\n2,B'.encode("cp1252")))
    assert values(sheet) == [("1", "Jos\xe9\nde"), ("2", "B")]


def test_nul_deep_in_a_csv_is_dropped(tmp_path: Path) -> None:
    content = b"NIP,Name\n" + b"1,Ayu\n" * 1000 + b"2,B\0udi\n"
    assert values(read(text(tmp_path / "a", content), most_rows=2000))[-1] == ("2", "Budi")


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "Kolom NIP, Nama lengkap tidak ada"),
        (b"NIP,Nama lengkap\n\n,,\n", "tidak berisi baris data"),
        (b"Nama lengkap\nAyu\n", "Kolom NIP tidak ada"),
        (b"%PDF-1.7\0\0", "bukan XLSX atau CSV"),
        (b"\xd0\xcf\x11\xe0" + b"\0" * 600, "bukan XLSX atau CSV"),
        (b'NIP,Name\n1,"' + b"x" * 200_000 + b'"\n', "tidak dapat dibaca sebagai CSV"),
    ],
)
def test_files_that_cannot_be_read(tmp_path: Path, content: bytes, sentence: str) -> None:
    with pytest.raises(SheetRefused) as refusal:
        read(text(tmp_path / "a", content))
    assert sentence in str(refusal.value)


def test_old_workbooks_are_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(SheetRefused, match="bukan XLSX"):
        read(text(tmp_path / "a", b"NIP,Name\n1,A"), name="Data.XLS")


def test_limits_of_rows_and_bytes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = book(tmp_path / "a", [["NIP", "Name"], *([str(n), "A"] for n in range(11))])
    assert len(read(path, most_rows=11).rows) == 11
    with pytest.raises(SheetRefused, match="lebih dari 10 baris"):
        read(path, most_rows=10)
    monkeypatch.setattr(sheets, "LARGEST_FILE", 100)
    with pytest.raises(SheetRefused, match="lebih besar dari"):
        read(path)


def rewritten(path: Path, change: dict[str, bytes]) -> Path:
    """Return a copy of a workbook with some parts replaced or added."""
    target = path.with_suffix(".changed")
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name not in change:
                new.writestr(name, old.read(name))
        for name, content in change.items():
            new.writestr(name, content)
    return target


@pytest.fixture
def plain(tmp_path: Path) -> Path:
    return book(tmp_path / "plain.xlsx", [["NIP", "Name"], ["1", "Ayu"]])


def test_a_zip_bomb_is_stopped_while_it_unpacks(
    plain: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sheet_guard, "LARGEST_UNPACKED", 5 * 1024 * 1024)
    bomb = rewritten(plain, {"xl/media/a.png": b"\0" * (20 * 1024 * 1024)})
    assert bomb.stat().st_size < 100_000
    with pytest.raises(SheetRefused, match="terlalu besar setelah dibuka"):
        read(bomb)


def test_a_cell_in_the_last_corner_does_not_take_all_memory(tmp_path: Path) -> None:
    """The reader would ask for 512 GB and end the process."""
    path = tmp_path / "a"
    with xlsxwriter.Workbook(str(path)) as workbook:
        sheet = workbook.add_worksheet()
        sheet.write_row(0, 0, ["NIP", "Name"])
        sheet.write(1_048_575, 16_383, "x")
    assert path.stat().st_size < 10_000
    with pytest.raises(SheetRefused, match="terlalu luas"):
        read(path)


@pytest.mark.parametrize(
    "rows",
    [
        b'<row r="1048576"><c><v>1</v></c></row>',
        b"<row r='9999999'><c r='A9999999'><v>1</v></c></row>",
        b'<x:row xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main" '
        b'spans=">" r="1048576"><x:c r="A1048576"><x:v>1</x:v></x:c></x:row>',
    ],
)
def test_far_rows_are_found_however_they_are_written(plain: Path, rows: bytes) -> None:
    wide = b'<row r="1">' + b"<c><v>1</v></c>" * 500 + b"</row>"
    sheet = (
        b'<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/'
        b'spreadsheetml/2006/main"><sheetData>' + wide + rows + b"</sheetData></worksheet>"
    )
    with pytest.raises(SheetRefused, match="terlalu luas"):
        read(rewritten(plain, {"xl/worksheets/sheet1.xml": sheet}))


@pytest.mark.parametrize(
    "sheet",
    [
        b'<!DOCTYPE a [<!ENTITY x "yyyy"><!ENTITY z "&x;&x;">]><worksheet>&z;</worksheet>',
        b"<worksheet><sheetData>",
        b"<worksheet>\xff\xfe</worksheet>",
    ],
)
def test_entities_and_broken_parts_are_refused(plain: Path, sheet: bytes) -> None:
    with pytest.raises(SheetRefused, match="rusak"):
        read(rewritten(plain, {"xl/worksheets/sheet1.xml": sheet}))


def test_other_archives_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "a"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
    with pytest.raises(SheetRefused, match="bukan XLSX"):
        read(path)


def test_broken_files_never_crash(plain: Path) -> None:
    """Seeded damage to archive and parts: rows, or one sentence."""
    chance = random.Random(7)
    whole = plain.read_bytes()
    with zipfile.ZipFile(plain) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    for round_ in range(150):
        if round_ % 2:
            damaged = bytearray(whole)
            for _ in range(chance.randint(1, 6)):
                damaged[chance.randrange(len(damaged))] = chance.randrange(256)
            path = text(plain.with_suffix(".damaged"), bytes(damaged))
        else:
            name = chance.choice(list(parts))
            part = bytearray(parts[name])
            at = chance.randrange(len(part))
            part[at : at + chance.randint(0, 20)] = chance.randbytes(chance.randint(0, 3))
            path = rewritten(plain, {name: bytes(part)})
        try:
            read(path)
        except SheetRefused as refusal:
            assert str(refusal)


def test_the_file_comes_back_with_its_errors_and_can_be_sent_again(tmp_path: Path) -> None:
    path = book(
        tmp_path / "a", [["NIP", "Ekstra", "Name"], ["1", "x", "=1+1"], [], ["2", "y", "Budi"]]
    )
    returned = tmp_path / "back"
    sheets.save_returned(returned, read(path), {4: "NIP tidak dikenal."})
    again = read(returned)
    assert list(again.header) == ["NIP", "Ekstra", "Name", "kesalahan"]
    assert values(again) == [("1", "=1+1"), ("2", "Budi")]
    assert [row.cells[-1] for row in again.rows] == ["", "NIP tidak dikenal."]
    sheets.save_returned(returned, again, {3: "Masih salah."}, only_faulty=True)
    third = read(returned)
    assert list(third.header) == ["NIP", "Ekstra", "Name", "kesalahan"]
    assert [row.cells for row in third.rows] == [["2", "y", "Budi", "Masih salah."]]


def test_the_template_reads_as_an_empty_sheet_of_its_columns(tmp_path: Path) -> None:
    columns = [*COLUMNS, Column("kind", "Jenis", choices=("PNS", "PPPK"), help="Pilih.")]
    path = tmp_path / "a"
    path.write_bytes(sheets.template(columns, [["199001012015042001", "Ayu", "", "PNS"]]))
    sheet = sheets.read(path, columns, most_rows=10)
    assert sheet.rows[0].values == {
        "number": "199001012015042001", "name": "Ayu", "unit_code": "", "kind": "PNS",
    }  # fmt: skip
    path.write_bytes(sheets.template(columns))
    with pytest.raises(SheetRefused, match="tidak berisi"):
        sheets.read(path, columns, most_rows=10)


def test_a_text_longer_than_a_cell_is_cut_and_not_lost(tmp_path: Path) -> None:
    path = tmp_path / "a"
    xlsx.save(path, ["NIP", "Name"], [["1", "x" * 40_000]])
    with zipfile.ZipFile(path) as archive:
        names = archive.namelist()
        assert any(b"xxx" in archive.read(name) for name in names if name.endswith(".xml"))
    assert not [left for left in tmp_path.iterdir() if left != path], "no temporary parts stay"
