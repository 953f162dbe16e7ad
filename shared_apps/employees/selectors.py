"""Reads of employees and units. People who have left are in none of them unless it is said."""

import uuid
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db.models import Q, QuerySet, Sum

from shared_apps.employees.models import Assignment, Employee, StaffCount, StaffImport, Unit
from shared_apps.rules import selectors as rules


@dataclass(frozen=True, slots=True)
class Person:
    """An employee as others need them; without an account nothing can be given to them."""

    employee_id: uuid.UUID
    number: str
    name: str
    account_id: uuid.UUID | None
    agency_id: int
    unit_id: uuid.UUID | None
    unit_name: str
    superior_number: str


@dataclass(frozen=True, slots=True)
class UnitRow:
    """A unit in the order of the tree; `label` is indented for lists of choices."""

    id: uuid.UUID
    code: str
    name: str
    parent_id: uuid.UUID | None
    depth: int
    is_closed: bool

    @property
    def label(self) -> str:
        """The name, with a dash for each level above it."""
        return f"{'— ' * self.depth}{self.name}"


def active_standings() -> list[str]:
    """Return the legal positions that count as active today (a rule)."""
    return rules.names("employees.active")


# --- units -----------------------------------------------------------------------------------


def units_of_agency(agency_id: int, *, closed: bool = False) -> list[UnitRow]:
    """Return the units of an agency in the order of the tree, closed ones if asked: one query.

    A unit stands below its parent, brothers by name; an open unit is listed even where its parent
    is closed.
    """
    rows = Unit.objects.filter(agency_id=agency_id)
    if not closed:
        rows = rows.filter(closed_on__isnull=True)
    below: dict[uuid.UUID | None, list[Unit]] = {}
    units = sorted(rows, key=lambda unit: (unit.name.casefold(), unit.code))
    known = {unit.pk for unit in units}
    for unit in units:
        below.setdefault(unit.parent_id if unit.parent_id in known else None, []).append(unit)
    found: list[UnitRow] = []
    waiting = [(unit, 0) for unit in reversed(below.get(None, []))]
    while waiting:
        unit, depth = waiting.pop()
        found.append(
            UnitRow(
                id=unit.pk,
                code=unit.code,
                name=unit.name,
                parent_id=unit.parent_id,
                depth=depth,
                is_closed=unit.closed_on is not None,
            )
        )
        waiting += [(child, depth + 1) for child in reversed(below.get(unit.pk, []))]
    return found


def find_unit(unit_id: uuid.UUID, *, agency_id: int) -> Unit | None:
    """Return a unit of an agency; None for another agency's."""
    return Unit.objects.filter(pk=unit_id, agency_id=agency_id).select_related("parent").first()


def unit_names(codes: Collection[str], agency_id: int) -> dict[str, str]:
    """Return the names of an agency's units by code, in one query."""
    rows = Unit.objects.filter(agency_id=agency_id, code__in=codes)
    return dict(rows.values_list("code", "name"))


def with_descendants(unit_ids: Iterable[uuid.UUID]) -> set[uuid.UUID]:
    """Return units and all below them: one query for each level of the tree."""
    found: set[uuid.UUID] = set()
    level = set(unit_ids)
    while level:
        found |= level
        children = Unit.objects.filter(parent_id__in=level).values_list("pk", flat=True)
        level = set(children) - found
    return found


# --- people ----------------------------------------------------------------------------------


def _current() -> QuerySet[Employee]:
    return Employee.objects.filter(left_on__isnull=True)


def people_of_unit(unit_id: uuid.UUID, with_children: bool = True) -> QuerySet[Employee]:
    """Employees of a unit today, those of the units below it too unless told otherwise, by name.

    All of them, whether active or not; `matching` gives only those who count.
    """
    units = with_descendants([unit_id]) if with_children else {unit_id}
    return (
        _current()
        .filter(assignments__latest=True, assignments__unit_id__in=units)
        .order_by("name", "pk")
    )


def matching(
    agency_id: int,
    unit_ids: Collection[uuid.UUID] = (),
    post_kinds: Collection[str] = (),
    grades: Collection[str] = (),
    *,
    with_children: bool = True,
) -> QuerySet[Employee]:
    """Active employees of an agency by rule, by name; an empty collection does not narrow.

    `unit_ids` take in the units below them. `.values_list("account_id")` gives those to whom
    something can be given; it is None for people without a confirmed account.
    """
    wanted = Q(assignments__latest=True, assignments__standing__in=active_standings())
    if unit_ids:
        units = with_descendants(unit_ids) if with_children else set(unit_ids)
        wanted &= Q(assignments__unit_id__in=units)
    if post_kinds:
        wanted &= Q(assignments__post_kind__in=list(post_kinds))
    if grades:
        wanted &= Q(assignments__grade__in=list(grades))
    return _current().filter(wanted, agency_id=agency_id).order_by("name", "pk")


def _people(rows: QuerySet[Assignment]) -> list[Person]:
    found = rows.filter(latest=True, employee__left_on__isnull=True)
    return [
        Person(*row[:6], row[6] or "", row[7])
        for row in found.values_list(
            "employee_id",
            "employee__number",
            "employee__name",
            "employee__account_id",
            "employee__agency_id",
            "unit_id",
            "unit__name",
            "superior_number",
        )
    ]


def by_numbers(numbers: Iterable[str], agency_id: int) -> dict[str, Person]:
    """Return the employees of an agency with these numbers, in one query; others are left out."""
    rows = Assignment.objects.filter(
        employee__agency_id=agency_id, employee__number__in=list(numbers)
    )
    return {person.number: person for person in _people(rows)}


def current_numbers(agency_id: int) -> QuerySet[Employee, str]:
    """Numbers of an agency's employees, for a subquery."""
    return _current().filter(agency_id=agency_id).values_list("number", flat=True)


def last_applied(agency_id: int) -> StaffImport | None:
    """Return the import of an agency that was applied last; None before the first."""
    applied = imports_of_agency(agency_id).filter(applied_at__isnull=False)
    return applied.order_by("-applied_at").first()


def by_accounts(account_ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, Person]:
    """Return where each account is employed, in one query; others are left out."""
    rows = Assignment.objects.filter(employee__account_id__in=list(account_ids))
    return {person.account_id: person for person in _people(rows) if person.account_id}


def post_of(account_id: uuid.UUID) -> tuple[str, str, str]:
    """Return grade, post and unit of an account's employee, as documents print them."""
    row = (
        Assignment.objects.filter(
            employee__account_id=account_id, employee__left_on__isnull=True, latest=True
        )
        .values_list("grade", "post", "unit__name")
        .first()
    )
    return (row[0], row[1], row[2] or "") if row else ("", "", "")


def superior_of(account_id: uuid.UUID) -> Person | None:
    """Return the superior of an account's employee; None where none or nobody known is named."""
    own = by_accounts([account_id]).get(account_id)
    if own is None or not own.superior_number:
        return None
    rows = Assignment.objects.filter(employee__number=own.superior_number)
    return next(iter(_people(rows)), None)


def find_employee(employee_id: uuid.UUID, *, agency_id: int) -> Employee | None:
    """Return an employee of an agency, also one who has left; None for another agency's."""
    return Employee.objects.filter(pk=employee_id, agency_id=agency_id).first()


def latest_assignments(agency_id: int) -> QuerySet[Assignment]:
    """What each employee of an agency is now, or was when they left, with employee and unit."""
    return Assignment.objects.filter(latest=True, employee__agency_id=agency_id).select_related(
        "employee", "unit"
    )


def history_of(employee_id: uuid.UUID) -> list[Assignment]:
    """What an employee has been, the latest first: one query."""
    return list(
        Assignment.objects.filter(employee_id=employee_id)
        .select_related("unit")
        .order_by("-valid_from", "-recorded_at")
    )


# --- kept numbers ----------------------------------------------------------------------------


def active_counts(agency_ids: Collection[int] | None = None) -> dict[int, int]:
    """Return the number of active employees per agency, for all or some: one query.

    An agency that has not entered its staff is left out; one whose people are all inactive has 0.
    """
    rows = StaffCount.objects.filter(unit__isnull=True)
    if agency_ids is not None:
        rows = rows.filter(agency_id__in=agency_ids)
    sums = (
        rows.values("agency_id")
        .annotate(
            all=Sum("people"), active=Sum("people", filter=Q(standing__in=active_standings()))
        )
        .filter(all__gt=0)
        .order_by()
    )
    return {row["agency_id"]: row["active"] or 0 for row in sums}


def active_counts_of_units(agency_id: int) -> dict[uuid.UUID, int]:
    """Return the number of active employees of each unit itself (not of those below): one query."""
    rows = (
        StaffCount.objects.filter(
            agency_id=agency_id, unit__isnull=False, standing__in=active_standings()
        )
        .values("unit_id")
        .annotate(n=Sum("people"))
        .order_by()
    )
    return {row["unit_id"]: row["n"] for row in rows}


def standing_counts(agency_id: int) -> dict[str, int]:
    """Return how many of an agency's people are in each legal position: one query."""
    rows = StaffCount.objects.filter(agency_id=agency_id, unit__isnull=True)
    return dict(rows.values_list("standing", "people"))


def with_account(agency_id: int) -> int:
    """Return how many employees of an agency have a confirmed account."""
    return _current().filter(agency_id=agency_id, account__isnull=False).count()


def names_of_numbers(numbers: Iterable[str]) -> dict[str, str]:
    """Return the names of current employees of any agency by number, in one query."""
    rows = _current().filter(number__in=[n for n in numbers if n])
    return dict(rows.values_list("number", "name"))


# --- imports ---------------------------------------------------------------------------------


def imports_of_agency(agency_id: int) -> QuerySet[StaffImport]:
    """Imports of an agency, the latest first, with who made them."""
    return (
        StaffImport.objects.filter(agency_id=agency_id)
        .select_related("made_by", "plan_job", "apply_job")
        .order_by("-created_at")
    )


def find_import(import_id: uuid.UUID, *, agency_id: int) -> StaffImport | None:
    """Return an import of an agency; None for another agency's."""
    return imports_of_agency(agency_id).filter(pk=import_id).first()
