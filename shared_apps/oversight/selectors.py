"""What LAN sees of all agencies: from kept totals only, never from a tenant's schema."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from shared_apps.accounts import selectors as accounts
from shared_apps.employees import selectors as employees
from shared_apps.recognition import selectors as recognition
from shared_apps.recognition.selectors import Figures
from tenants.choices import AgencyKind
from tenants.models import Agency

_KINDS = {str(kind.value): kind.label for kind in AgencyKind}


@dataclass(frozen=True, slots=True)
class Group:
    """Figures of the confirmed or of the declared people of an agency, or of the country.

    `people` are accounts of today; all others belong to the year: `learners` have a recognised
    hour, `met` reached the year's target.
    """

    people: int
    learners: int
    met: int
    certificates: int
    jp: Decimal

    def __add__(self, other: "Group") -> "Group":
        return Group(
            self.people + other.people,
            self.learners + other.learners,
            self.met + other.met,
            self.certificates + other.certificates,
            self.jp + other.jp,
        )


NOBODY = Group(0, 0, 0, 0, Decimal(0))


@dataclass(frozen=True, slots=True)
class AgencyRow:
    """One agency's year, confirmed and declared people apart.

    `active` are the active employees of today, None where the agency has not entered its staff.
    """

    name: str
    short_name: str
    kind: str
    kind_label: str
    confirmed: Group
    declared: Group
    active: int | None = None

    @property
    def has_people(self) -> bool:
        """Whether anybody of this agency has an account or a recognised hour."""
        return any((self.active, self.confirmed.people, self.declared.people)) or bool(
            self.confirmed.learners or self.declared.learners
        )

    @property
    def met_percent(self) -> int | None:
        """Share of active employees who reached the target, rounded down; None without people.

        Of the confirmed accounts where the agency has not entered its staff. Never above 100:
        who reached the target may have retired since.
        """
        people = self.confirmed.people if self.active is None else self.active
        return min(100, 100 * self.confirmed.met // people) if people else None


#: Columns that can be sorted, by the name in the address; a leading `-` turns the order around.
SORTS: dict[str, Callable[[AgencyRow], Any]] = {
    "nama": lambda row: row.name.lower(),
    "jenis": lambda row: str(row.kind_label),
    "pegawai": lambda row: -1 if row.active is None else row.active,
    "orang": lambda row: row.confirmed.people,
    "belajar": lambda row: row.confirmed.learners,
    "sertifikat": lambda row: row.confirmed.certificates,
    "jp": lambda row: row.confirmed.jp,
    "memenuhi": lambda row: row.confirmed.met,
    "persen": lambda row: -1 if row.met_percent is None else row.met_percent,
}


def _group(people: int, figures: Figures) -> Group:
    return Group(people, figures.learners, figures.met, figures.certificates, figures.jp_credited)


def agency_rows(year: int) -> list[AgencyRow]:
    """Return all agencies of the register with their year, by name: four queries."""
    totals = {row.agency_id: row for row in recognition.agency_year_table(year)}
    heads = accounts.head_counts()
    active = employees.active_counts()
    rows = []
    agencies = Agency.objects.order_by().values_list("pk", "name", "short_name", "kind")
    for pk, name, short_name, kind in agencies:
        head = heads.get(pk, {"confirmed": 0, "declared": 0})
        total = totals.get(pk)
        rows.append(
            AgencyRow(
                name=name,
                short_name=short_name,
                kind=kind,
                kind_label=str(_KINDS.get(kind, kind)),
                confirmed=_group(head["confirmed"], total.confirmed if total else Figures()),
                declared=_group(head["declared"], total.declared if total else Figures()),
                active=active.get(pk),
            )
        )
    return sorted(rows, key=SORTS["nama"])


def national(rows: list[AgencyRow]) -> AgencyRow:
    """Return the sums over all agencies."""
    confirmed = sum((row.confirmed for row in rows), NOBODY)
    declared = sum((row.declared for row in rows), NOBODY)
    known = [row.active for row in rows if row.active is not None]
    return AgencyRow("", "", "", "", confirmed, declared, sum(known) if known else None)


def narrowed(
    rows: list[AgencyRow], *, words: str = "", kind: str = "", everyone: bool = False
) -> list[AgencyRow]:
    """Return the agencies with all words in a name and of a kind; those with people if asked."""
    wanted = words.lower().split()
    return [
        row
        for row in rows
        if (everyone or row.has_people)
        and (not kind or row.kind == kind)
        and all(word in f"{row.name} {row.short_name}".lower() for word in wanted)
    ]


def ordered(rows: list[AgencyRow], order: str) -> list[AgencyRow]:
    """Return the agencies in the order of a column (`jp`, `-jp`); by name among equals."""
    key = SORTS.get(order.removeprefix("-"), SORTS["nama"])
    return sorted(rows, key=key, reverse=order.startswith("-"))
