"""What a staff file says of the unit tree, put together from all its rows and checked."""

import uuid
from dataclasses import dataclass

from django.utils.translation import gettext as _

from shared_apps.employees.choices import Action, Subject
from shared_apps.employees.models import ImportLine, Unit
from shared_apps.employees.rows import too_long
from shared_apps.employees.services.comparing import unknown_unit
from shared_apps.employees.services.units import clean_code, cyclic
from toolkit.sheets import Row


@dataclass
class _Said:
    """What the file says of one unit; None where it says nothing."""

    row: int
    name: str | None = None
    parent: str | None = None


class UnitPlan:
    """Gathers units row by row; after `settle` it knows the faults and the changes."""

    def __init__(self, agency_id: int) -> None:
        """Read the stored tree."""
        units = list(Unit.objects.filter(agency_id=agency_id))
        codes: dict[uuid.UUID | None, str] = {unit.pk: unit.code for unit in units}
        self._names = {unit.code: unit.name for unit in units}
        self._parents = {unit.code: codes.get(unit.parent_id, "") for unit in units}
        self._closed = {unit.code for unit in units if unit.closed_on}
        self._said: dict[str, _Said] = {}
        self._faults: dict[int, list[str]] = {}
        self._bad: dict[str, int] = {}

    def read(self, row: Row) -> None:
        """Take in what one row says of its unit."""
        code = clean_code(row.values.get("unit", ""))
        if not code or too_long(row.values):
            return
        said = self._said.setdefault(code, _Said(row.number))
        name = " ".join(row.values.get("unit_name", "").split())
        parent = clean_code(row.values.get("unit_parent", ""))
        if name and said.name is None:
            said.name = name
        elif name and name != said.name:
            self._fault(
                row.number,
                _("Unit {code} bernama lain di baris sebelumnya: {name}.").format(
                    code=code, name=said.name
                ),
            )
        if parent and said.parent is None:
            said.parent = parent
        elif parent and parent != said.parent:
            self._fault(
                row.number,
                _("Unit {code} berada di bawah unit lain di baris sebelumnya: {parent}.").format(
                    code=code, parent=said.parent
                ),
            )

    def _fault(self, row: int, text: str) -> None:
        self._faults.setdefault(row, []).append(text)

    def settle(self) -> None:
        """Check the tree that would come out."""
        for code, said in self._said.items():
            if code in self._closed:
                self._spoil(
                    code,
                    _(
                        "Unit {code} sudah ditutup. Buka lagi di halaman unit kerja, atau pakai "
                        "kode lain."
                    ).format(code=code),
                )
            elif said.name is None and code not in self._names:
                self._spoil(code, unknown_unit(code))
            elif said.parent and not self._known(said.parent):
                self._spoil(
                    code, _("Unit induk dengan kode {code} belum ada.").format(code=said.parent)
                )
        parents = dict(self._parents)
        parents.update({c: s.parent for c, s in self._said.items() if s.parent is not None})
        for code in sorted(cyclic(parents) & self._said.keys() - self._bad.keys()):
            self._spoil(
                code, _("Susunan unit berputar: {code} berada di bawah dirinya.").format(code=code)
            )
        self._spread()

    def _known(self, code: str) -> bool:
        said = self._said.get(code)
        return code in self._names or (said is not None and said.name is not None)

    def _spoil(self, code: str, text: str) -> None:
        row = self._said[code].row
        self._bad[code] = row
        self._fault(row, text)

    def _spread(self) -> None:
        """A new unit below a faulty new one cannot be added either."""
        again = True
        while again:
            again = False
            for code, said in self._said.items():
                if code not in self._bad and said.parent in self._bad:
                    self._bad[code] = self._bad[said.parent]
                    again = True

    def faults_at(self, row: int) -> list[str]:
        """Return what is wrong with the unit cells of a row."""
        return self._faults.get(row, [])

    def fault_of_code(self, code: str) -> str:
        """Return why nobody can be put into the unit with a code; empty when they can."""
        if code in self._bad:
            return _("Unit {code} bermasalah; lihat kesalahan di baris {row}.").format(
                code=code, row=self._bad[code]
            )
        return "" if code in self._said or code in self._names else unknown_unit(code)

    def lines(self) -> list[ImportLine]:
        """Return a line for each unit that is new or changes."""
        lines = []
        for code, said in self._said.items():
            if code in self._bad:
                continue
            values = {}
            if said.name is not None and said.name != self._names.get(code):
                values["name"] = said.name
            if said.parent is not None and said.parent != self._parents.get(code, ""):
                values["parent"] = said.parent
            if not values:
                continue
            known = code in self._names
            stored = {"name": self._names.get(code, ""), "parent": self._parents.get(code, "")}
            lines.append(
                ImportLine(
                    subject=Subject.UNIT,
                    action=Action.CHANGED if known else Action.NEW,
                    row=said.row,
                    key=code,
                    name=said.name or self._names[code],
                    values=values,
                    before={field: stored[field] for field in values} if known else {},
                )
            )
        return lines
