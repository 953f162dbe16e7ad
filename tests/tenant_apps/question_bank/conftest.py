"""A worker of the training unit with a browser at tenant A."""

from typing import Any

import pytest


@pytest.fixture
def manager(make_account: Any, tenant_a: Any) -> Any:
    """Somebody who runs the training unit of tenant A."""
    from shared_apps.access.services import grant_role

    account = make_account(name="Wayan Sudiarta", agency="bkn", state="confirmed")
    grant_role(account=account, tenant=tenant_a, role="manager", by=None)
    return account


@pytest.fixture
def office(client_for: Any, tenant_a: Any, manager: Any) -> Any:
    """The manager's browser."""
    return client_for(tenant_a, manager)
