"""What is stored of people, and how it differs from what a file or form says of them."""

import datetime
import hashlib
import uuid
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from shared_apps.accounts.nip import parse_number
from shared_apps.employees.choices import StaffKind, Standing
from shared_apps.employees.models import Assignment, Employee, Unit
from toolkit import indonesian

#: Said of a person, by field; a field that is missing stays as it is. `unit` is a unit's code.
Values = Mapping[str, str]
#: Fields of an assignment, beside the name of the person.
FIELDS = ("unit", "post", "post_kind", "grade", "superior_number", "kind", "standing")


@dataclass(frozen=True, slots=True)
class Stored:
    """An employee of the agency with the latest assignment."""

    employee_id: uuid.UUID
    left_on: datetime.date | None
    assignment_id: uuid.UUID
    valid_from: datetime.date
    unit_id: uuid.UUID | None
    values: dict[str, str]

    @property
    def number_is_current(self) -> bool:
        """Whether the person works here now."""
        return self.left_on is None


def stored_people(numbers: Collection[str], agency_id: int) -> dict[str, Stored]:
    """Return the agency's people with these numbers, also those who have left: three queries.

    One table at a time: while a first import fills them, the database knows too little of the
    tables to join them well.
    """
    people = {
        row[0]: row[1:]
        for row in Employee.objects.filter(
            agency_id=agency_id, number__in=list(numbers)
        ).values_list("pk", "number", "name", "left_on")
    }
    rows = Assignment.objects.filter(latest=True, employee_id__in=list(people)).values_list(
        "employee_id", "pk", "valid_from", "unit_id", *FIELDS[1:]
    )
    assignments = {row[0]: row[1:] for row in rows}
    units = {unit_id for _pk, _from, unit_id, *_rest in assignments.values() if unit_id}
    codes = dict(Unit.objects.filter(pk__in=units).values_list("pk", "code"))
    found = {}
    for pk, (number, name, left_on) in people.items():
        assignment, valid_from, unit_id, *rest = assignments[pk]
        unit = codes[unit_id] if unit_id else ""
        values = dict(zip(FIELDS, (unit, *rest), strict=True))
        found[number] = Stored(
            pk, left_on, assignment, valid_from, unit_id, {"name": name, **values}
        )
    return found


def held_elsewhere(numbers: Collection[str], agency_id: int) -> set[str]:
    """Return those of the numbers that are a current employee's of another agency: one query."""
    rows = Employee.objects.filter(number__in=list(numbers), left_on__isnull=True)
    return set(rows.exclude(agency_id=agency_id).values_list("number", flat=True))


def differences(stored: Stored, values: Values) -> dict[str, str]:
    """Return what stood there before, for each field that the values change."""
    return {
        field: stored.values[field]
        for field, value in values.items()
        if stored.values[field] != value
    }


def mark(stored: Stored) -> str:
    """Return a short text that changes whenever what is stored of a person does."""
    said = [stored.assignment_id, stored.valid_from, stored.left_on, *stored.values.values()]
    return hashlib.sha256("\x1f".join(map(str, said)).encode()).hexdigest()[:16]


def first_values(number: str, values: Values) -> dict[str, str]:
    """Return the values of a new person, complete."""
    blank = dict.fromkeys(FIELDS, "")
    given = {field: value for field, value in values.items() if value}
    kind = StaffKind(parse_number(number).kind)
    return {**blank, "kind": str(kind), "standing": str(Standing.ACTIVE), **given}


def fault_of(stored: Stored | None, *, elsewhere: bool, on: datetime.date, differs: bool) -> str:
    """Return why a person cannot be written from a day on; empty when they can."""
    if elsewhere and (stored is None or not stored.number_is_current):
        # Neither who nor where: the other agency's people are none of this one's business.
        return _(
            "Nomor ini masih tercatat sebagai pegawai aktif di instansi lain. Minta instansi itu "
            "menyatakannya keluar lebih dahulu."
        )
    if stored is None or (stored.number_is_current and not differs):
        return ""
    since = stored.left_on or stored.valid_from
    if since > on:
        return _(
            "Data pegawai ini sudah diubah dengan tanggal berlaku {date}, sesudah tanggal berlaku "
            "yang Anda pilih."
        ).format(date=indonesian.date_short(since))
    return ""


def unknown_unit(code: str) -> str:
    """Return the sentence for a code that no unit of the agency has."""
    return _(
        "Unit kerja dengan kode {code} belum ada. Isi juga kolom nama unit, atau tambahkan unitnya "
        "di halaman unit kerja."
    ).format(code=code)
