"""The dry run of an import: reads the file twice, compares, and notes what would change.

The first walk learns the unit tree and which numbers stand twice; the second compares the people,
some thousand at a time, so that the length of the file costs little memory.
"""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from django.db import transaction
from django.utils.translation import gettext as _

from shared_apps.employees.choices import Action, Subject
from shared_apps.employees.columns import columns
from shared_apps.employees.models import Employee, ImportLine, StaffImport
from shared_apps.employees.rows import RowReader, too_long
from shared_apps.employees.services import comparing
from shared_apps.employees.unit_plan import UnitPlan
from shared_apps.jobs.services import Work
from toolkit import sheets
from toolkit.sheets import Row

#: The largest agency has about 430,000 people; units of such an agency import their own part.
MOST_ROWS = 500_000
BATCH = 2_000


class Plan:
    """One dry run."""

    def __init__(self, staff_import: StaffImport, work: Work) -> None:
        """Begin anew: what an interrupted run had noted is dropped."""
        self.staff_import, self.work = staff_import, work
        self.agency_id = int(staff_import.agency_id)
        self.path: Path = work.input_path
        self.reader = RowReader()
        self.units = UnitPlan(self.agency_id)
        self.counts: Counter[str] = Counter()
        self.faults: dict[int, str] = {}
        #: Row at which each number stands first.
        self.first_rows: dict[int, int] = {}

    def make(self) -> None:
        """Do all of it."""
        self.staff_import.lines.all().delete()
        total = self._first_walk()
        self.units.settle()
        self._save(self.units.lines())
        done = 0
        for batch in self._batches():
            self._compare(batch)
            done += len(batch)
            self.work.progress(done, total)
        if self.staff_import.complete:
            self._find_left()
        self.counts["rows"] = total

    def _rows(self) -> Iterator[Row]:
        return self._stream().rows

    def _stream(self) -> sheets.Stream:
        name = self.staff_import.file_name
        return sheets.stream(self.path, columns(), name=name, most_rows=MOST_ROWS)

    def _first_walk(self) -> int:
        total = 0
        for row in self._rows():
            total += 1
            self.units.read(row)
            digits, _fault = self.reader.number(row.values["number"])
            if digits:
                self.first_rows.setdefault(int(digits), row.number)
            if total % BATCH == 0:
                self.work.progress(0, None)
        return total

    def _batches(self) -> Iterator[list[Row]]:
        batch: list[Row] = []
        for row in self._rows():
            batch.append(row)
            if len(batch) == BATCH:
                yield batch
                batch = []
        if batch:
            yield batch

    def _compare(self, rows: list[Row]) -> None:
        said: dict[str, tuple[Row, dict[str, str]]] = {}
        lines: list[ImportLine] = []
        for row in rows:
            if self._is_unit_only(row):
                self._check_unit_only(row, lines)
                continue
            number, values, faults = self._read(row)
            if faults:
                lines.append(self._fault(row, " ".join(faults)))
            else:
                said[number] = (row, values)
        stored = comparing.stored_people(said.keys(), self.agency_id)
        elsewhere = comparing.held_elsewhere(said.keys(), self.agency_id)
        on = self.staff_import.effective_on
        for number, (row, values) in said.items():
            known = stored.get(number)
            before = comparing.differences(known, values) if known else {}
            fault = comparing.fault_of(
                known, elsewhere=number in elsewhere, on=on, differs=bool(before)
            )
            if fault:
                lines.append(self._fault(row, fault))
            elif known is None or not known.number_is_current:
                lines.append(self._line(row, Action.NEW, number, values))
            elif before:
                lines.append(self._line(row, Action.CHANGED, number, values, before))
            else:
                self.counts["same"] += 1
        self._save(lines)

    @staticmethod
    def _is_unit_only(row: Row) -> bool:
        cells = row.values
        return not cells["number"] and not cells["name"] and bool(cells.get("unit"))

    def _check_unit_only(self, row: Row, lines: list[ImportLine]) -> None:
        faults = [*self.units.faults_at(row.number), *too_long(row.values)]
        if faults:
            lines.append(self._fault(row, " ".join(faults)))

    def _read(self, row: Row) -> tuple[str, dict[str, str], list[str]]:
        number, fault = self.reader.number(row.values["number"])
        values, faults = self.reader.person(number, row.values)
        if fault:
            faults.insert(0, fault)
        elif self.first_rows[int(number)] != row.number:
            faults.insert(
                0,
                _("Nomor ini sudah ada di baris {row}. Satu pegawai cukup satu baris.").format(
                    row=self.first_rows[int(number)]
                ),
            )
        faults += self.units.faults_at(row.number)
        if not faults and values.get("unit"):
            unit_fault = self.units.fault_of_code(values["unit"])
            faults += [unit_fault] if unit_fault else []
        return number, values, faults

    def _line(
        self,
        row: Row,
        action: Action,
        number: str,
        values: dict[str, str],
        before: dict[str, str] | None = None,
    ) -> ImportLine:
        return ImportLine(
            staff_import=self.staff_import,
            subject=Subject.PERSON,
            action=action,
            row=row.number,
            key=number,
            name=values["name"],
            values=values,
            before=before or {},
        )

    def _fault(self, row: Row, fault: str) -> ImportLine:
        self.faults[row.number] = fault
        return ImportLine(
            staff_import=self.staff_import,
            subject=Subject.PERSON,
            action=Action.FAULT,
            row=row.number,
            key=row.values["number"][:40],
            name=row.values["name"][:200],
            fault=fault[:1000],
        )

    def _find_left(self) -> None:
        """Note the people who are not in the file.

        With an unread row in it nobody is: the row may be the missing person's.
        """
        if self.faults:
            self.counts["left_held"] = 1
            return
        rows = Employee.objects.filter(agency_id=self.agency_id, left_on__isnull=True)
        lines: list[ImportLine] = []
        for number, name in rows.values_list("number", "name").iterator(chunk_size=BATCH):
            if int(number) not in self.first_rows:
                lines.append(
                    ImportLine(
                        staff_import=self.staff_import,
                        subject=Subject.PERSON,
                        action=Action.LEFT,
                        row=0,
                        key=number,
                        name=name,
                    )
                )
            if len(lines) == BATCH:
                self._save(lines)
                lines = []
        self._save(lines)

    def _save(self, lines: list[ImportLine]) -> None:
        for line in lines:
            line.staff_import = self.staff_import
            self.counts[f"{line.subject}.{line.action}"] += 1
        with transaction.atomic():
            ImportLine.objects.bulk_create(lines, batch_size=BATCH)

    def save_faults(self, path: Path) -> None:
        """Write the uploaded rows with their errors in one more column."""
        sheets.save_returned(path, self._stream(), self.faults)
