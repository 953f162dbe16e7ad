"""`/healthz` and `/readyz` answer for any host, before tenants are looked up."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import DatabaseError, connection
from django.test import Client, RequestFactory, override_settings

from toolkit import health

HOSTS = ["lintas.localhost", "127.0.0.1:8000", "unknown.example", "10.0.0.7"]


@pytest.mark.parametrize("host", HOSTS)
def test_any_host_is_answered(db: None, host: str) -> None:
    client = Client(headers={"host": host})
    assert client.get("/healthz").content == b"ok"
    answer = client.get("/readyz")
    assert answer.status_code == 200 and answer.json()["ready"] is True


def test_life_needs_no_database() -> None:
    """No `db` here: a query would fail the test."""
    assert Client().get("/healthz").status_code == 200


def test_readiness_needs_the_database(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*args: Any, **kwargs: Any) -> Any:
        raise DatabaseError("server closed the connection; password=secret")

    with monkeypatch.context() as patch:
        patch.setattr(connection, "cursor", broken)
        answer = Client().get("/readyz")
    assert answer.status_code == 503
    assert answer.json() == {"ready": False, "reason": "database"}


def warn() -> list[str]:
    """A check with a finding."""
    return ["a partition is missing"]


@override_settings(READY_CHECKS=[f"{__name__}.warn", f"{__name__}.warn"])
def test_warnings_of_all_checks_are_shown(db: None) -> None:
    assert Client().get("/readyz").json()["warnings"] == ["a partition is missing"] * 2


def test_everything_else_is_handed_over() -> None:
    asked: list[str] = []

    def view(request: Any) -> Any:
        asked.append(request.path)

    middleware: Callable[..., Any] = health.HealthMiddleware(view)
    for path in ("/", "/healthz/", "/readyz/x"):
        middleware(RequestFactory().get(path))
    assert asked == ["/", "/healthz/", "/readyz/x"]
