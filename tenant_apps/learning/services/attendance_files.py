"""Attendance as a table: one row a person, one column a session, down and up again."""

import tempfile
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db.models import Count
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shared_apps.accounts import nip
from shared_apps.accounts import selectors as accounts
from tenant_apps.learning.choices import TAKING
from tenant_apps.learning.models import Attendance, ClassSession, Offering, Seat
from tenant_apps.learning.selectors.attendance import ways_of
from tenant_apps.learning.services.attendance import record_many, require_recorder
from toolkit import sheets

MOST_ROWS = 10_000
#: What counts as present in a cell, whatever the case.
YES = frozenset({"1", "h", "hadir", "v", "x", "ya", "y", "yes", "present", "✓"})
NO = frozenset({"", "0", "-", "–", "tidak", "t", "no", "absen", "alpa", "izin", "sakit"})
NUMBER = sheets.Column(
    "number", gettext_lazy("NIP"), required=True, also=("NI PPPK", "NIP/NI PPPK")
)


@dataclass(frozen=True)
class Taken:
    """What came of a file: new presences, and the file with its errors where there are some."""

    made: int
    returned: bytes | None = None


def _heads(offering: Offering) -> list[tuple[ClassSession, str]]:
    """Return the sessions with the header of their columns: numbered, since titles may repeat."""
    return [
        (session, f"{number}. {session.title}")
        for number, session in enumerate(offering.sessions.all(), start=1)
    ]


def register(offering: Offering) -> tuple[list[str], Iterator[list[object]]]:
    """Return the header and rows of the register, ready to be filled in and sent back."""
    heads = _heads(offering)
    seats = list(Seat.objects.filter(offering=offering, state__in=TAKING))
    people = accounts.holders(seat.member_id for seat in seats)
    ways = ways_of(offering)
    seats.sort(key=lambda seat: people[seat.member_id].name.casefold())
    rows: Iterator[list[object]] = (
        [
            people[seat.member_id].name,
            people[seat.member_id].number,
            people[seat.member_id].agency_name,
            *("hadir" if session.pk in ways[seat.pk] else "" for session, _head in heads),
        ]
        for seat in seats
    )
    return [_("Nama"), "NIP", _("Instansi"), *(head for _session, head in heads)], rows


def counts(offering: Offering) -> dict[uuid.UUID, int]:
    """Return how many were present at each session."""
    rows = Attendance.objects.filter(session__offering=offering).values_list("session_id")
    return dict(rows.annotate(n=Count("pk")).order_by())


def take_register(*, by: Any, offering: Offering, upload: UploadedFile) -> Taken:
    """Record the presence that a filled-in register says; empty cells take nothing away.

    All or nothing: with an error in any row the file comes back with a column of errors.
    Raises SheetRefused for a file that cannot be read.
    """
    require_recorder(by)
    heads = _heads(offering)
    columns = [NUMBER, *(sheets.Column(str(row.pk), head) for row, head in heads)]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "in"
        with path.open("wb") as file:
            for chunk in upload.chunks():
                file.write(chunk)
        sheet = sheets.read(path, columns, name=upload.name or "", most_rows=MOST_ROWS)
        if not any(set(row.values) - {"number"} for row in sheet.rows[:1]):
            raise sheets.SheetRefused(
                _("Tidak ada kolom sesi. Unduh daftar hadir, isi kolom sesinya, lalu unggah.")
            )
        faults, present = _read(offering, sheet, [row for row, _head in heads])
        if faults:
            out = Path(folder) / "out.xlsx"
            sheets.save_returned(out, sheet, faults)
            return Taken(0, out.read_bytes())
    return Taken(record_many(by=by, offering=offering, rows=present))


def _read(
    offering: Offering, sheet: sheets.Sheet, sessions: list[ClassSession]
) -> tuple[dict[int, str], list[tuple[ClassSession, Seat]]]:
    seats = list(Seat.objects.filter(offering=offering, state__in=TAKING))
    people = accounts.holders(seat.member_id for seat in seats)
    by_number = {people[seat.member_id].number: seat for seat in seats}
    by_number.pop("", None)
    faults: dict[int, str] = {}
    present: list[tuple[ClassSession, Seat]] = []
    for row in sheet.rows:
        seat = by_number.get(nip.clean_number(row.values["number"]))
        if seat is None:
            faults[row.number] = _("NIP ini bukan peserta kelas.")
            continue
        for session in sessions:
            mark = row.values.get(str(session.pk), "").casefold()
            if mark in YES:
                present.append((session, seat))
            elif mark not in NO:
                faults[row.number] = _(
                    "“{mark}” tidak dikenal; tulis “hadir” atau kosongkan."
                ).format(mark=mark[:20])
    return faults, present
