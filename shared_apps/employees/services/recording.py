"""Writing what people are from a day on: many at once, by a fixed number of statements.

The one way into the tables, for forms and files alike.
"""

import datetime
import uuid
from collections.abc import Mapping
from typing import Any

from django.db import transaction

from shared_apps.accounts import selectors as accounts
from shared_apps.employees.models import Assignment, Employee, Unit
from shared_apps.employees.services import comparing
from shared_apps.employees.services.comparing import Stored, Values
from shared_apps.employees.services.counts import Moves
from shared_apps.employees.services.locking import lock_staff


class _Batch:
    """The rows to write for some people of one agency."""

    def __init__(self, agency_id: int, on: datetime.date, by: Any) -> None:
        self.agency_id, self.on, self.by = agency_id, on, by
        self.moves = Moves()
        self.new: list[Employee] = []
        self.renamed: list[Employee] = []
        self.back: list[uuid.UUID] = []
        self.over: list[uuid.UUID] = []
        self.closed: list[uuid.UUID] = []
        self.opened: list[Assignment] = []
        self.mended: list[Assignment] = []
        codes = Unit.objects.filter(agency_id=agency_id).values_list("code", "pk")
        self.units: dict[str, uuid.UUID] = dict(codes)

    def _assignment(self, employee_id: uuid.UUID, values: Values, **more: Any) -> Assignment:
        fields = {field: values[field] for field in comparing.FIELDS if field != "unit"}
        return Assignment(
            employee_id=employee_id,
            unit_id=self.units[values["unit"]] if values["unit"] else None,
            valid_from=self.on,
            recorded_by_id=self.by.pk if self.by else None,
            **fields,
            **more,
        )

    def add(self, number: str, values: Values) -> None:
        """A person whom the agency never had."""
        complete = comparing.first_values(number, values)
        employee = Employee(agency_id=self.agency_id, number=number, name=values["name"])
        self.new.append(employee)
        self._open(employee.pk, complete, before=None)

    def change(self, stored: Stored, values: Values) -> None:
        """A person whom the agency has, or had."""
        complete = {**stored.values, **values}
        if complete["name"] != stored.values["name"]:
            self.renamed.append(Employee(pk=stored.employee_id, name=complete["name"]))
        if not stored.number_is_current:
            self.back.append(stored.employee_id)
            self.over.append(stored.assignment_id)
            self._open(stored.employee_id, complete, before=None)
        elif any(complete[field] != stored.values[field] for field in comparing.FIELDS):
            before = (stored.unit_id, stored.values["standing"])
            if stored.valid_from == self.on:
                row = self._assignment(stored.employee_id, complete, pk=stored.assignment_id)
                self.mended.append(row)
                self.moves.move(before, (row.unit_id, row.standing))
            else:
                self.closed.append(stored.assignment_id)
                self._open(stored.employee_id, complete, before=before)

    def _open(self, employee_id: uuid.UUID, values: Values, before: Any) -> None:
        row = self._assignment(employee_id, values)
        self.opened.append(row)
        self.moves.move(before, (row.unit_id, row.standing))

    def write(self) -> None:
        """Write all rows."""
        Employee.objects.bulk_create(self.new, batch_size=1000)
        if self.renamed:
            Employee.objects.bulk_update(self.renamed, ["name"], batch_size=500)
        if self.back:
            Employee.objects.filter(pk__in=self.back).update(left_on=None)
        if self.over:
            Assignment.objects.filter(pk__in=self.over).update(latest=False)
        if self.closed:
            Assignment.objects.filter(pk__in=self.closed).update(latest=False, valid_to=self.on)
        Assignment.objects.bulk_create(self.opened, batch_size=1000)
        if self.mended:
            fields = ["unit", *comparing.FIELDS[1:], "recorded_at", "recorded_by"]
            Assignment.objects.bulk_update(self.mended, fields, batch_size=500)
        self.moves.write(self.agency_id)
        numbers = [employee.number for employee in self.new]
        back = Employee.objects.filter(pk__in=self.back).values_list("number", flat=True)
        link_confirmed([*numbers, *back] if self.back else numbers, self.agency_id)


def link_confirmed(numbers: list[str], agency_id: int) -> None:
    """Tie employees to the accounts whose identity is confirmed here with the same number."""
    holders = accounts.confirmed_holders(numbers, agency_id)
    if not holders:
        return
    rows = Employee.objects.filter(agency_id=agency_id, number__in=list(holders))
    tied = list(rows.filter(account__isnull=True).only("pk", "number"))
    for row in tied:
        row.account_id = holders[row.number]
    Employee.objects.bulk_update(tied, ["account"], batch_size=500)


@transaction.atomic
def record(
    *, by: Any, agency_id: int, people: Mapping[str, Values], on: datetime.date
) -> dict[str, str]:
    """Write what people (by number) are from a day on; returns why some could not be, by number.

    The caller has checked the right of `by` and the values themselves. What is already so is left
    alone: a repeat changes nothing. Raises IntegrityError when another agency takes one of the
    numbers at this very moment; the caller may try again.
    """
    lock_staff(agency_id)
    stored = comparing.stored_people(people.keys(), agency_id)
    elsewhere = comparing.held_elsewhere(people.keys(), agency_id)
    batch = _Batch(agency_id, on, by)
    faults: dict[str, str] = {}
    for number, values in people.items():
        known = stored.get(number)
        differs = known is None or bool(comparing.differences(known, values))
        fault = comparing.fault_of(known, elsewhere=number in elsewhere, on=on, differs=differs)
        if not fault and values.get("unit") and values["unit"] not in batch.units:
            fault = comparing.unknown_unit(values["unit"])
        if fault:
            faults[number] = fault
        elif known is None:
            batch.add(number, values)
        elif differs or not known.number_is_current:
            batch.change(known, values)
    batch.write()
    return faults


@transaction.atomic
def record_left(*, agency_id: int, numbers: list[str], on: datetime.date) -> dict[str, str]:
    """Write that people left on a day; returns why some could not be, by number.

    Those who are not there, or have left before, are passed over.
    """
    lock_staff(agency_id)
    stored = comparing.stored_people(numbers, agency_id)
    faults: dict[str, str] = {}
    gone: list[Stored] = []
    moves = Moves()
    for number, known in stored.items():
        if not known.number_is_current:
            continue
        fault = comparing.fault_of(known, elsewhere=False, on=on, differs=True)
        if fault:
            faults[number] = fault
            continue
        gone.append(known)
        moves.move((known.unit_id, known.values["standing"]), None)
    Employee.objects.filter(pk__in=[row.employee_id for row in gone]).update(left_on=on)
    Assignment.objects.filter(pk__in=[row.assignment_id for row in gone]).update(valid_to=on)
    moves.write(agency_id)
    return faults
