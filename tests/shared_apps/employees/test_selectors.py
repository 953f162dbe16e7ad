"""What others read of employees and units."""

import datetime
from collections.abc import Callable
from typing import Any

from shared_apps.employees import selectors

Makes = Callable[..., Any]


def names(rows: Any) -> list[str]:
    return [row.name for row in rows]


def test_units_stand_in_the_order_of_the_tree(make_unit: Makes, tenant_a: Any) -> None:
    top = make_unit("A", "Sekretariat")
    make_unit("C", "Bagian Umum", parent=top)
    make_unit("B", "Bagian Hukum", parent=top)
    make_unit("Z", "Deputi")
    make_unit("X", "Lain", agency="kemenkumham")
    rows = selectors.units_of_agency(tenant_a.agency_id)
    assert [(row.code, row.depth) for row in rows] == [("Z", 0), ("A", 0), ("B", 1), ("C", 1)]
    assert rows[2].label == "— Bagian Hukum"


def test_people_of_a_unit(make_unit: Makes, make_employee: Makes) -> None:
    top = make_unit("A")
    below = make_unit("B", parent=make_unit("M", parent=top))
    make_employee("Cici", unit=below)
    make_employee("Ani", unit=top)
    make_employee("Pergi", unit=top, left_on=datetime.date(2026, 5, 1))
    assert names(selectors.people_of_unit(top.pk)) == ["Ani", "Cici"]
    assert names(selectors.people_of_unit(top.pk, with_children=False)) == ["Ani"]


def test_matching_by_rule(make_unit: Makes, make_employee: Makes, tenant_a: Any) -> None:
    unit = make_unit("A")
    make_employee("Ani", unit=unit, post_kind="fungsional", grade="III/a")
    make_employee("Budi", post_kind="fungsional", grade="III/b")
    make_employee("Cuti", unit=unit, standing="cltn", grade="III/a")
    make_employee("Lain", agency="kemenkumham", grade="III/a")
    find = selectors.matching
    agency = tenant_a.agency_id
    assert names(find(agency)) == ["Ani", "Budi"]
    assert names(find(agency, unit_ids=[unit.pk])) == ["Ani"]
    assert names(find(agency, post_kinds=["fungsional"], grades=["III/b"])) == ["Budi"]


def test_by_numbers_and_the_superior(
    make_employee: Makes, make_account: Makes, tenant_a: Any
) -> None:
    head = make_employee("Kepala", account=make_account(name="Kepala", agency="bkn"))
    account = make_account(agency="bkn")
    ani = make_employee("Ani", account=account, superior_number=head.number)
    gone = make_employee("Pergi", left_on=datetime.date(2026, 5, 1))
    found = selectors.by_numbers([ani.number, gone.number, "x"], tenant_a.agency_id)
    assert set(found) == {ani.number}
    assert found[ani.number].account_id == account.pk
    superior = selectors.superior_of(account.pk)
    assert superior is not None and superior.employee_id == head.pk
    assert selectors.superior_of(head.account_id) is None
