"""Reads the national register of agencies from CSV or XLSX into the Agency table."""

import csv
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from django.db import transaction
from django.utils.translation import gettext as _
from python_calamine import CalamineError, CalamineWorkbook

from tenants.choices import AgencyKind, AgencyStatus
from tenants.errors import AgencyImportError
from tenants.models import Agency

REGISTER = Path(__file__).parent / "data" / "agencies.csv"
REQUIRED = ("code", "name", "short_name", "kind")
COLUMNS = (*REQUIRED, "province", "bkn_regional_office", "status", "successor_of")
_LONGEST = {
    field.name: field.max_length
    for field in Agency._meta.fields
    if field.max_length and field.name in COLUMNS and field.name != "code"
}
CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9.\-]{0,39}")


def _text(cell: object) -> str:
    """Return a cell as it is seen: a code of digits is a number to the spreadsheet."""
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)


def _rows_of(path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield (row number, column -> text) from the first sheet or the CSV; header in any case."""
    if path.suffix.lower() == ".csv":
        with path.open(encoding="utf-8-sig", newline="") as file:
            table: list[list[str]] = [list(row) for row in csv.reader(file)]
    else:
        try:
            sheet = CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0)
        except (CalamineError, OSError) as error:
            raise AgencyImportError(
                _("{file} bukan berkas XLSX atau CSV yang dapat dibaca.").format(file=path.name)
            ) from error
        table = [[_text(cell) for cell in row] for row in sheet.to_python()]
    if not table:
        raise AgencyImportError(_("{file} kosong.").format(file=path.name))
    header = [cell.strip().lower() for cell in table[0]]
    missing = [column for column in REQUIRED if column not in header]
    if missing:
        raise AgencyImportError(
            _("{file} tidak punya kolom: {columns}.").format(
                file=path.name, columns=", ".join(missing)
            )
        )
    for number, cells in enumerate(table[1:], start=2):
        row = {column: cell.strip() for column, cell in zip(header, cells, strict=False)}
        if any(row.values()):
            yield number, row


def _checked(rows: Iterable[tuple[int, dict[str, str]]]) -> list[dict[str, str]]:
    """Return the rows with defaults filled in; raises with every fault of the file at once."""
    faults: list[str] = []
    good: list[dict[str, str]] = []
    seen: dict[str, int] = {}
    for number, row in rows:
        row = {column: row.get(column, "") for column in COLUMNS}
        row["status"] = row["status"] or AgencyStatus.ACTIVE
        for column in REQUIRED:
            if not row[column]:
                faults.append(
                    _("baris {number}: {column} kosong").format(number=number, column=column)
                )
        if row["code"] and not CODE.fullmatch(row["code"]):
            faults.append(_("baris {number}: kode tidak sah").format(number=number))
        for column, longest in _LONGEST.items():
            if len(row[column]) > longest:
                faults.append(
                    _("baris {number}: {column} lebih dari {longest} huruf").format(
                        number=number, column=column, longest=longest
                    )
                )
        if row["kind"] and row["kind"] not in AgencyKind.values:
            faults.append(
                _("baris {number}: jenis {kind} tidak dikenal").format(
                    number=number, kind=row["kind"]
                )
            )
        if row["status"] not in AgencyStatus.values:
            faults.append(
                _("baris {number}: status {status} tidak dikenal").format(
                    number=number, status=row["status"]
                )
            )
        for column in ("code", "short_name"):
            key = f"{column}:{row[column]}"
            if row[column] and key in seen:
                faults.append(
                    _("baris {number}: {column} sama dengan baris {other}").format(
                        number=number, column=column, other=seen[key]
                    )
                )
            seen[key] = number
        good.append(row)
    if faults:
        raise AgencyImportError("\n".join(faults))
    return good


def import_agencies(path: Path = REGISTER) -> tuple[int, int]:
    """Load the register; returns (added, changed). Repeating it changes nothing.

    All or nothing: raises AgencyImportError with one line per fault, and then writes no row.
    Agencies that the file does not name stay as they are.
    """
    rows = _checked(_rows_of(path))
    fields = [column for column in COLUMNS if column not in {"code", "successor_of"}]
    with transaction.atomic():
        known = {agency.code: agency for agency in Agency.objects.all()}
        _check_short_names(rows, known)
        added, changed = [], []
        for row in rows:
            agency = known.get(row["code"])
            values = {field: row[field] for field in fields}
            if agency is None:
                agency = Agency(code=row["code"], **values)
                added.append(agency)
            elif any(getattr(agency, field) != value for field, value in values.items()):
                for field, value in values.items():
                    setattr(agency, field, value)
                changed.append(agency)
        Agency.objects.bulk_create(added)
        Agency.objects.bulk_update(changed, fields)
        _link_predecessors(rows)
    return len(added), len(changed)


def _check_short_names(rows: list[dict[str, str]], known: dict[str, Agency]) -> None:
    """Refuse a short name that an agency outside the file has."""
    in_file = {row["code"] for row in rows}
    taken = {agency.short_name: code for code, agency in known.items() if code not in in_file}
    faults = [
        _("{code}: nama singkat {name} sudah dipakai {other}.").format(
            code=row["code"], name=row["short_name"], other=taken[row["short_name"]]
        )
        for row in rows
        if row["short_name"] in taken
    ]
    if faults:
        raise AgencyImportError("\n".join(faults))


def _link_predecessors(rows: list[dict[str, str]]) -> None:
    ids = dict(Agency.objects.values_list("code", "pk"))
    through = Agency.predecessors.through
    links = []
    for row in rows:
        for code in filter(None, (part.strip() for part in row["successor_of"].split(";"))):
            if code not in ids:
                raise AgencyImportError(
                    _("{code}: instansi asal {origin} tidak ada dalam daftar.").format(
                        code=row["code"], origin=code
                    )
                )
            links.append(through(from_agency_id=ids[row["code"]], to_agency_id=ids[code]))
    through.objects.bulk_create(links, ignore_conflicts=True)
