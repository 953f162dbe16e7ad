"""A small agency with a tree of units and people in it."""

import datetime
from collections.abc import Callable
from typing import Any

import pytest

from tests.conftest import new_number

Makes = Callable[..., Any]


@pytest.fixture
def make_unit(db: None) -> Makes:
    """Return a maker of units: agency code, code, name, parent."""
    from shared_apps.employees.models import Unit
    from tenants.models import Agency

    def make(code: str, name: str = "", *, parent: Any = None, agency: str = "bkn") -> Any:
        return Unit.objects.create(
            agency=Agency.objects.get(code=agency), code=code, name=name or code, parent=parent
        )

    return make


@pytest.fixture
def make_employee(db: None) -> Makes:
    """Return a maker of employees with one open assignment."""
    from shared_apps.employees.models import Assignment, Employee
    from tenants.models import Agency

    def make(name: str = "Ayu Lestari", *, agency: str = "bkn", **values: Any) -> Any:
        employee = Employee.objects.create(
            agency=Agency.objects.get(code=agency),
            number=values.pop("number", None) or new_number(),
            name=name,
            account=values.pop("account", None),
            left_on=values.pop("left_on", None),
        )
        Assignment.objects.create(
            employee=employee,
            valid_from=values.pop("valid_from", datetime.date(2026, 1, 1)),
            valid_to=employee.left_on,
            **{"kind": "pns", **values},
        )
        return employee

    return make
