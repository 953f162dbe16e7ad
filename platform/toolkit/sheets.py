"""Filled-in tables that people upload: XLSX or CSV, read with limits, row by row.

The header names the columns, in any order and case; what a person uploaded comes back with a
column of errors added.
"""

import csv
import datetime
import io
import lzma
import struct
import zipfile
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from python_calamine import CalamineError, CalamineWorkbook

from toolkit import xlsx
from toolkit.errors import DomainError

#: Bytes of the file as uploaded, and of its parts when unpacked (a zip bomb is refused early).
LARGEST_FILE = 25 * 1024 * 1024
LARGEST_UNPACKED = 400 * 1024 * 1024
LONGEST_CELL = 20_000
#: What reading a broken, locked or exotic archive may raise.
BROKEN_ZIP = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, OSError, EOFError, RuntimeError,
    NotImplementedError, ValueError, struct.error,
)  # fmt: skip
#: Title of the column that is added to a returned file; ignored when the file is uploaded again.
FAULT_COLUMN = "kesalahan"


class SheetRefused(DomainError):
    """The file as a whole cannot be read; the sentence says why and what to do."""


@dataclass(frozen=True)
class Column:
    """One column of an import: `key` in code, `label` in the header of template and file.

    `also` are other headers that are understood, such as English ones.
    """

    key: str
    label: str | Promise
    required: bool = False
    help: str | Promise = ""
    choices: Sequence[str] = ()
    also: Sequence[str] = ()


@dataclass(frozen=True)
class Row:
    """One row as text: `number` as the office program shows it, `values` by column key."""

    number: int
    values: Mapping[str, str]
    cells: Sequence[str]


@dataclass(frozen=True)
class Sheet:
    """A file that was read: its header as written, and its rows, empty ones left out."""

    header: Sequence[str]
    rows: list[Row]


def template(columns: Sequence[Column], examples: Sequence[Sequence[object]] = ()) -> bytes:
    """Return an XLSX to fill in, with notes and dropdowns."""
    return xlsx.template(
        [column.label for column in columns],
        helps=[column.help for column in columns],
        choices={n: column.choices for n, column in enumerate(columns) if column.choices},
        examples=examples,
    )


def read(path: Path, columns: Sequence[Column], *, name: str = "", most_rows: int) -> Sheet:
    """Return the rows of an XLSX or CSV file; raises SheetRefused with one sentence.

    `name` is the file's own name (its ending tells CSV from XLSX). Numbers come as people see
    them (`5`, not `5.0`), dates as `yyyy-mm-dd`.
    """
    if path.stat().st_size > LARGEST_FILE:
        raise SheetRefused(
            _("Berkas lebih besar dari {size} MB. Bagi menjadi beberapa berkas.").format(
                size=LARGEST_FILE // 1024 // 1024
            )
        )
    is_zip = zipfile.is_zipfile(path)
    lines = _xlsx_lines(path) if is_zip else _csv_lines(path)
    _number, header = next(lines, (0, []))
    places = _places([cell.strip() for cell in header], columns)
    rows: list[Row] = []
    for number, cells in lines:
        if not any(cell.strip() for cell in cells):
            continue
        if len(rows) == most_rows:
            raise SheetRefused(
                _("Berkas berisi lebih dari {count} baris. Bagi menjadi beberapa berkas.").format(
                    count=most_rows
                )
            )
        values = {
            key: cells[place].strip()[:LONGEST_CELL] if place < len(cells) else ""
            for key, place in places.items()
        }
        rows.append(Row(number, values, cells))
    if not rows:
        raise SheetRefused(_("Berkas tidak berisi baris data di bawah judul kolom."))
    return Sheet(header, rows)


def _fold(text: object) -> str:
    return " ".join(str(text).casefold().replace("*", " ").replace("_", " ").split())


def _places(header: Sequence[str], columns: Sequence[Column]) -> dict[str, int]:
    """Return where each column stands; raises SheetRefused naming what is missing."""
    at: dict[str, int] = {}
    for place, title in enumerate(header):
        at.setdefault(_fold(title), place)
    places: dict[str, int] = {}
    missing = []
    for column in columns:
        names = [_fold(column.label), _fold(column.key), *map(_fold, column.also)]
        found = next((at[name] for name in names if name in at), None)
        if found is not None:
            places[column.key] = found
        elif column.required:
            missing.append(str(column.label))
    if missing:
        raise SheetRefused(
            _(
                "Kolom {columns} tidak ada. Baris pertama harus berisi judul kolom "
                "seperti di templat."
            ).format(columns=", ".join(missing))
        )
    return places


def _xlsx_lines(path: Path) -> Iterator[tuple[int, list[str]]]:
    _refuse_bombs(path)
    try:
        with CalamineWorkbook.from_path(str(path)) as book:
            sheet = book.get_sheet_by_index(0)
            start = sheet.start[0] if sheet.start else 0
            for number, cells in enumerate(sheet.iter_rows(), start=start + 1):
                yield number, [_text(cell) for cell in cells]
    except (CalamineError, OSError, ValueError, IndexError) as error:
        raise SheetRefused(
            _("Berkas tidak dapat dibaca sebagai XLSX. Simpan ulang dari program lembar kerja.")
        ) from error


def _refuse_bombs(path: Path) -> None:
    """Unpack every part to nowhere and stop at the limit: sizes that a zip states may be lies."""
    left = LARGEST_UNPACKED
    try:
        with zipfile.ZipFile(path) as archive:
            for entry in archive.infolist():
                with archive.open(entry) as part:
                    while piece := part.read(1 << 20):
                        left -= len(piece)
                        if left < 0:
                            raise SheetRefused(_("Isi berkas ini terlalu besar setelah dibuka."))
    except BROKEN_ZIP as error:
        raise SheetRefused(_("Berkas rusak atau terkunci kata sandi.")) from error


def _csv_lines(path: Path) -> Iterator[tuple[int, list[str]]]:
    raw = path.read_bytes()
    if b"\0" in raw[:4096]:
        raise SheetRefused(_("Berkas ini bukan XLSX atau CSV. Pakai templat yang disediakan."))
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = raw.decode("cp1252", errors="replace")
    head = text.split("\n", 1)[0]
    mark = max(";,\t", key=head.count)
    try:
        yield from enumerate(csv.reader(io.StringIO(text), delimiter=mark), start=1)
    except csv.Error as error:
        raise SheetRefused(_("Berkas tidak dapat dibaca sebagai CSV.")) from error


def _text(cell: object) -> str:
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime.datetime):
        midnight = cell.time() == datetime.time()
        return cell.date().isoformat() if midnight else cell.isoformat(" ", "minutes")
    if isinstance(cell, datetime.date):
        return cell.isoformat()
    return str(cell).replace("\0", "")


def save_returned(
    path: Path, sheet: Sheet, faults: Mapping[int, str], *, only_faulty: bool = False
) -> None:
    """Write the uploaded rows as XLSX with their errors (by row number) in one more column.

    An error column of an earlier return is replaced, so that the mended file can be sent again.
    """
    kept = [n for n, title in enumerate(sheet.header) if _fold(title) != FAULT_COLUMN]
    header = [sheet.header[n] for n in kept] + [FAULT_COLUMN]
    xlsx.save(
        path,
        header,
        (
            [
                *(row.cells[n] if n < len(row.cells) else "" for n in kept),
                faults.get(row.number, ""),
            ]
            for row in sheet.rows
            if not only_faulty or row.number in faults
        ),
    )
