"""Most guards read code only and need no database."""

from collections.abc import Iterator

import pytest


@pytest.fixture(autouse=True)
def _fresh_memory(request: pytest.FixtureRequest) -> Iterator[None]:
    """Instead of the fixture for all tests: start on public only where a database is used."""
    if "db" not in request.fixturenames:
        yield
        return
    from shared_apps.rules.selectors import forget_values
    from tenants import hosts, schemas

    request.getfixturevalue("db")
    schemas.enter_for_request(None)
    hosts.forget_hosts()
    forget_values()
    yield
    schemas.enter_for_request(None)
