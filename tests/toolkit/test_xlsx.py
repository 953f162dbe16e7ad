"""XLSX files: what is written is read back, and no text becomes a formula."""

import datetime
import io
import zipfile
from decimal import Decimal

from python_calamine import CalamineWorkbook

from toolkit import xlsx

FORMULAS = ["=1+1", "=HYPERLINK(A1)", "+1", "-1+cmd|'/C calc'!A0", "@SUM(1)", "{=1}", "\t=1+1"]


def rows_of(data: bytes) -> list[list[object]]:
    """Return the cells of the first sheet."""
    return CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0).to_python()


def test_values_are_read_back() -> None:
    moment = datetime.datetime(2026, 11, 22, 3, 42, tzinfo=datetime.UTC)
    data = xlsx.workbook(
        ["Nama", "JP", "Selesai", "Catatan"], [["Ayu", Decimal("39.60"), moment, None], ["Budi", 2]]
    )
    header, first, second = rows_of(data)
    assert header == ["Nama", "JP", "Selesai", "Catatan"]
    assert first[:3] == ["Ayu", 39.6, datetime.datetime(2026, 11, 22, 10, 42)]
    assert second[:2] == ["Budi", 2.0]


def test_no_text_becomes_a_formula_or_a_link() -> None:
    data = xlsx.workbook(["=A1"], [[text] for text in [*FORMULAS, "https://a.test"]])
    assert [row[0] for row in rows_of(data)[1:]] == [*FORMULAS, "https://a.test"]
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in sheet and "hyperlink" not in sheet


def test_a_download_names_its_file() -> None:
    response = xlsx.download("peserta", ["a"], [])
    assert response["Content-Disposition"] == 'attachment; filename="peserta.xlsx"'
    assert response["Content-Type"] == xlsx.MEDIA_TYPE
