"""Looks through an uploaded XLSX before it is read: what it unpacks to and how far its cells reach.

The reader that follows lays a sheet out as one rectangle: a file of 5 kB with a cell in the last
corner would take all memory and end the process.
"""

import re
import zipfile
from pathlib import Path
from typing import IO
from xml.parsers import expat

from django.utils.translation import gettext as _

from toolkit.errors import DomainError

#: Bytes of all parts when unpacked, and cells of the rectangle from A1 to the last filled corner.
LARGEST_UNPACKED = 400 * 1024 * 1024
MOST_CELLS = 12_000_000
_PIECE = 1 << 20
_CELL = re.compile(r"([A-Za-z]{1,3})([0-9]{1,7})")


class SheetRefused(DomainError):
    """The file as a whole cannot be read; the sentence says why and what to do."""


class _Reach:
    """How far the cells of one part reach; a part that is no sheet has none."""

    def __init__(self) -> None:
        self._parser = expat.ParserCreate()
        self._parser.StartElementHandler = self._element
        self._parser.StartDoctypeDeclHandler = self._doctype
        self._row = self._column = 0
        self._last_row = self._last_column = 0

    def feed(self, piece: bytes, *, last: bool = False) -> None:
        self._parser.Parse(piece, last)

    def _doctype(self, *_parts: object) -> None:
        raise SheetRefused(_("Berkas rusak atau terkunci kata sandi."))

    def _element(self, name: str, attributes: dict[str, str]) -> None:
        tag = name.rpartition(":")[2]
        if tag == "row":
            told = attributes.get("r", "")
            self._row = int(told) if told.isdecimal() and len(told) < 8 else self._row + 1
            self._column = 0
        elif tag == "c":
            self._column += 1
            if at := _CELL.fullmatch(attributes.get("r", "")):
                self._row = int(at[2])
                self._column = 0
                for letter in at[1].upper():
                    self._column = self._column * 26 + ord(letter) - 64
            self._last_row = max(self._last_row, self._row)
            self._last_column = max(self._last_column, self._column)
            if self._last_row * self._last_column > MOST_CELLS:
                raise SheetRefused(
                    _(
                        "Lembar ini terlalu luas. Hapus baris dan kolom kosong di luar data, "
                        "lalu simpan lagi."
                    )
                )


def check(path: Path) -> None:
    """Raise SheetRefused for an archive that is broken, no XLSX, or larger than we read.

    Every part is unpacked to nowhere: sizes that a zip states may be lies.
    """
    left = LARGEST_UNPACKED
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
            if "[Content_Types].xml" not in names or any(n.endswith("workbook.bin") for n in names):
                raise SheetRefused(
                    _("Berkas ini bukan XLSX. Simpan sebagai XLSX lalu unggah lagi.")
                )
            for entry in archive.infolist():
                with archive.open(entry) as part:
                    left -= _unpacked(part, left)
    except SheetRefused:
        raise
    except Exception as error:
        # Damage shows in many ways: archive, compression, markup, names, encryption.
        raise SheetRefused(_("Berkas rusak atau terkunci kata sandi.")) from error


def _unpacked(part: IO[bytes], most: int) -> int:
    """Return the bytes of one part, having looked through it; at most `most`."""
    size = 0
    reach: _Reach | None = None
    while piece := part.read(_PIECE):
        if size == 0 and piece.lstrip(b"\xef\xbb\xbf\xfe\xff \t\r\n\0")[:1] == b"<":
            reach = _Reach()
        size += len(piece)
        if size > most:
            raise SheetRefused(_("Isi berkas ini terlalu besar setelah dibuka."))
        if reach:
            reach.feed(piece)
    if reach:
        reach.feed(b"", last=True)
    return size
