"""People of a training unit, for tests of its rooms."""

from collections.abc import Callable
from typing import Any

import pytest

Makes = Callable[..., Any]


@pytest.fixture
def manager(make_account: Makes, tenant_a: Any) -> Any:
    """Who leads tenant a."""
    from shared_apps.access.services import grant_role

    account = make_account(name="Wayan Pengelola", agency="bkn", state="confirmed")
    grant_role(account=account, tenant=tenant_a, role="manager", by=None)
    return account


@pytest.fixture
def room(client_for: Makes, tenant_a: Any, manager: Any) -> Any:
    """The manager's client at tenant a."""
    return client_for(tenant_a, manager)
