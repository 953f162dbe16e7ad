"""Filled-in tables that people upload: XLSX or CSV, read with limits, row by row.

The header names the columns, in any order and case; what a person uploaded comes back with a
column of errors added.
"""

import codecs
import csv
import datetime
import io
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from python_calamine import CalamineError, CalamineWorkbook

from toolkit import sheet_guard, xlsx
from toolkit.sheet_guard import SheetRefused

__all__ = ["Column", "Row", "Sheet", "SheetRefused", "read", "save_returned", "template"]

#: Bytes of the file as uploaded.
LARGEST_FILE = 25 * 1024 * 1024
LONGEST_CELL = 20_000
#: Whole numbers below it are exact in office programs.
EXACT = 10**15
#: Title of the column that is added to a returned file; ignored when the file is uploaded again.
FAULT_COLUMN = "kesalahan"


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


@dataclass(frozen=True)
class Stream:
    """A file that is being read: its rows can be walked once."""

    header: Sequence[str]
    rows: Iterator[Row]


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

    `name` is the file's own name; the content decides whether it is XLSX or CSV. Numbers come as
    people see them (`5`, not `5.0`), dates as `yyyy-mm-dd`. The first row that is not empty is the
    header.
    """
    found = stream(path, columns, name=name, most_rows=most_rows)
    return Sheet(found.header, list(found.rows))


def stream(path: Path, columns: Sequence[Column], *, name: str = "", most_rows: int) -> Stream:
    """Return the same rows one by one, for files of any length; refusals may come on the way."""
    if path.stat().st_size > LARGEST_FILE:
        raise SheetRefused(
            _("Berkas lebih besar dari {size} MB. Bagi menjadi beberapa berkas.").format(
                size=LARGEST_FILE // 1024 // 1024
            )
        )
    if name.lower().endswith((".xls", ".xlsb", ".ods", ".numbers")):
        raise SheetRefused(_("Berkas ini bukan XLSX. Simpan sebagai XLSX lalu unggah lagi."))
    lines = _xlsx_lines(path) if zipfile.is_zipfile(path) else _csv_lines(path)
    header = next((cells for _number, cells in lines if any(map(str.strip, cells))), [])
    places = _places([cell.strip() for cell in header], columns)
    return Stream(header, _rows(lines, places, most_rows))


def _rows(
    lines: Iterator[tuple[int, list[str]]], places: Mapping[str, int], most_rows: int
) -> Iterator[Row]:
    count = 0
    for number, cells in lines:
        if not any(cell.strip() for cell in cells):
            continue
        count += 1
        if count > most_rows:
            raise SheetRefused(
                _("Berkas berisi lebih dari {count} baris. Bagi menjadi beberapa berkas.").format(
                    count=most_rows
                )
            )
        values = {
            key: cells[place].strip()[:LONGEST_CELL] if place < len(cells) else ""
            for key, place in places.items()
        }
        yield Row(number, values, cells)
    if not count:
        raise SheetRefused(_("Berkas tidak berisi baris data di bawah judul kolom."))


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
    sheet_guard.check(path)
    try:
        with CalamineWorkbook.from_path(str(path)) as book:
            # Rows are given from the first of the sheet on, also where they are empty.
            for number, cells in enumerate(book.get_sheet_by_index(0).iter_rows(), start=1):
                yield number, [_text(cell) for cell in cells]
    except (CalamineError, OSError, ValueError, IndexError) as error:
        raise SheetRefused(
            _("Berkas tidak dapat dibaca sebagai XLSX. Simpan ulang dari program lembar kerja.")
        ) from error


def _csv_lines(path: Path) -> Iterator[tuple[int, list[str]]]:
    text = _decoded(path.read_bytes()).replace("\0", "")
    head = text.lstrip().split("\n", 1)[0]
    mark = max(";,\t", key=head.count)
    try:
        # newline="" lets the reader end lines as old and new programs do.
        yield from enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=mark), start=1)
    except csv.Error as error:
        raise SheetRefused(_("Berkas tidak dapat dibaca sebagai CSV.")) from error


def _decoded(raw: bytes) -> str:
    if raw[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
        return raw.decode("utf-16", errors="replace")
    if b"\0" in raw[:4096]:
        raise SheetRefused(_("Berkas ini bukan XLSX atau CSV. Pakai templat yang disediakan."))
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("cp1252", errors="replace")


def _text(cell: object) -> str:
    if cell is None:
        return ""
    if isinstance(cell, float):
        # Office programs keep 15 digits: an 18-digit NIP that was typed as a number has lost its
        # last ones, and must not turn into somebody else's.
        if cell.is_integer() and abs(cell) < EXACT:
            return str(int(cell))
        return f"{cell:.15g}"
    if isinstance(cell, datetime.datetime):
        midnight = cell.time() == datetime.time()
        return cell.date().isoformat() if midnight else cell.isoformat(" ", "minutes")
    if isinstance(cell, datetime.date):
        return cell.isoformat()
    return str(cell).replace("\0", "")


def save_returned(
    path: Path, sheet: Sheet | Stream, faults: Mapping[int, str], *, only_faulty: bool = False
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
