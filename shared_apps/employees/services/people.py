"""Adding and changing one employee by hand."""

import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from shared_apps.accounts.nip import parse_number
from shared_apps.audit import services as audit
from shared_apps.employees.errors import EmployeeRefused
from shared_apps.employees.models import Employee
from shared_apps.employees.services import comparing
from shared_apps.employees.services.comparing import Values
from shared_apps.employees.services.locking import agency_of, lock_staff
from shared_apps.employees.services.recording import record, record_left


def check_day(on: datetime.date) -> None:
    """Refuse a day in the future: what people are "now" must need no clock."""
    if on > timezone.localdate():
        raise EmployeeRefused(
            _(
                "Tanggal berlaku paling lambat hari ini. Isi perubahan yang akan datang "
                "pada harinya."
            ),
            field="on",
        )


@transaction.atomic
def add(*, by: Any, number: str, values: Values, on: datetime.date) -> Employee:
    """Add a person to the open tenant's agency from a day on.

    A person who left comes back under the same number. Raises EmployeeRefused, InvalidNumber, or
    PermissionDenied without the right.
    """
    agency_id = agency_of(by)
    digits = parse_number(number).digits
    check_day(on)
    lock_staff(agency_id)
    known = comparing.stored_people([digits], agency_id).get(digits)
    if known is not None and known.number_is_current:
        raise EmployeeRefused(
            _("Nomor ini sudah ada di data pegawai instansi Anda."), field="number"
        )
    _write(by, agency_id, digits, values, on)
    employee = Employee.objects.get(agency_id=agency_id, number=digits)
    audit.record("employee.added", by=by, kind="employee", ref=employee.pk, data={"on": str(on)})
    return employee


@transaction.atomic
def change(
    *, by: Any, employee: Employee, values: Values, on: datetime.date, seen: str = ""
) -> bool:
    """Change what an employee of the open tenant's agency is from a day on; say if anything did.

    A change on the day on which the last one began corrects that one. `seen` is the mark of what
    `by` looked at (`mark_of`): what was changed meanwhile is not overwritten. Raises
    EmployeeRefused, or PermissionDenied without the right.
    """
    agency_id = agency_of(by)
    _check_own(employee, agency_id)
    check_day(on)
    lock_staff(agency_id)
    stored = comparing.stored_people([employee.number], agency_id)[employee.number]
    if seen and seen != comparing.mark(stored):
        raise EmployeeRefused(
            _("Data pegawai ini baru saja diubah. Muat ulang halaman, lalu ubah lagi.")
        )
    before = comparing.differences(stored, values)
    if stored.number_is_current and not before:
        return False
    _write(by, agency_id, employee.number, values, on)
    data = {"on": str(on), "fields": sorted(before)}
    audit.record("employee.changed", by=by, kind="employee", ref=employee.pk, data=data)
    return True


@transaction.atomic
def leave(*, by: Any, employee: Employee, on: datetime.date) -> None:
    """Note that an employee left the open tenant's agency; leaving twice changes nothing.

    Raises EmployeeRefused, or PermissionDenied without the right.
    """
    agency_id = agency_of(by)
    _check_own(employee, agency_id)
    check_day(on)
    lock_staff(agency_id)
    if not Employee.objects.filter(pk=employee.pk, left_on__isnull=True).exists():
        return
    faults = record_left(agency_id=agency_id, numbers=[employee.number], on=on)
    if faults:
        raise EmployeeRefused(faults[employee.number], field="on")
    audit.record("employee.left", by=by, kind="employee", ref=employee.pk, data={"on": str(on)})


def mark_of(employee: Employee) -> str:
    """Return a mark of what an employee is now; it changes with every change."""
    stored = comparing.stored_people([employee.number], int(employee.agency_id))
    return comparing.mark(stored[employee.number])


def _check_own(employee: Employee, agency_id: int) -> None:
    if employee.agency_id != agency_id:
        raise EmployeeRefused(_("Pegawai ini bukan pegawai instansi Anda."))


def _write(by: Any, agency_id: int, number: str, values: Values, on: datetime.date) -> None:
    try:
        with transaction.atomic():
            faults = record(by=by, agency_id=agency_id, people={number: values}, on=on)
    except IntegrityError:
        # Another agency took the number at this moment; now it is seen.
        faults = record(by=by, agency_id=agency_id, people={number: values}, on=on)
    if faults:
        raise EmployeeRefused(faults[number])
