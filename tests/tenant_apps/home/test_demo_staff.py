"""The demo's staff: everybody fits, and loading it again changes nothing."""

from typing import Any

from shared_apps.employees import selectors
from shared_apps.employees.models import Employee
from tenant_apps.home.demo_staff import PEOPLE, UNITS, add_staff
from tenants.models import Agency

KNOWN = {"199001012015042001": "Ayu Lestari (demo)"}


def test_two_agencies_are_filled_once(db: Any) -> None:
    """No number is in both, and all of them are valid."""
    known: dict[str, dict[str, str]] = {"bkn": KNOWN, "kemenkumham": {}}
    assert [add_staff(code, known[code], by=None) for code in UNITS] == [PEOPLE + 1, PEOPLE]
    assert [add_staff(code, known[code], by=None) for code in UNITS] == [0, 0]
    agencies = Agency.objects.filter(code__in=UNITS).values_list("pk", flat=True)
    assert sum(selectors.active_counts(list(agencies)).values()) == Employee.objects.count() - 6
    assert all(selectors.units_of_agency(agency) for agency in agencies)
