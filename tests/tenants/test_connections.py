"""Health checks of database connections: one a second at most, and none left out for longer."""

from typing import Any

import pytest
from django.db import connection

from tenants.postgresql import base


@pytest.fixture
def made(db: None) -> Any:
    """A connection object of the product's own kind that is connected to nothing."""
    probe = connection.copy()
    assert isinstance(probe, base.DatabaseWrapper)
    probe.connection = object()
    probe.close_at = None
    probe.health_check_enabled = True
    probe.get_autocommit = lambda: probe.settings_dict["AUTOCOMMIT"]
    probe.checks = []
    probe.is_usable = lambda: not probe.checks.append(1)
    return probe


def ask_again(probe: Any) -> None:
    """Do what Django does between two requests, and open the connection for the next."""
    probe.close_if_unusable_or_obsolete()
    probe.close_if_health_check_failed()


def test_a_connection_is_checked_once_a_second(made: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    counts = []
    for moment in (1000.0, 1000.5, 1000.9, 1001.0, 1001.5, 1009.0):
        monkeypatch.setattr(base.time, "monotonic", lambda moment=moment: moment)
        ask_again(made)
        counts.append(len(made.checks))
    assert counts == [1, 1, 1, 2, 2, 3]


def test_a_broken_connection_is_closed(made: Any) -> None:
    closed = []
    made.is_usable = lambda: False
    made.close = lambda: closed.append(1)
    ask_again(made)
    assert closed == [1]
