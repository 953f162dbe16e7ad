"""People of two tenants, and LAN."""

from collections.abc import Callable
from typing import Any

import pytest

from shared_apps.access.services import grant_role
from shared_apps.regulations.register import import_register
from tenants.models import Tenant


@pytest.fixture
def staff(make_account: Any, tenant_a: Any) -> Callable[..., Any]:
    """Return a maker of people with a role at a tenant (A unless told)."""

    def make(role: str, tenant: Any = None) -> Any:
        account = make_account(agency="bkn", state="confirmed")
        grant_role(account=account, tenant=tenant or tenant_a, role=role, by=None)
        return account

    return make


@pytest.fixture
def lan(make_account: Any, tenant_a: Any) -> Any:
    """Somebody of LAN."""
    import_register()
    Tenant.objects.filter(pk=tenant_a.pk).update(oversees=True)
    tenant_a.oversees = True
    account = make_account(agency="lan")
    grant_role(account=account, tenant=tenant_a, role="overseer", by=None)
    return account
