"""Error pages ask neither the database nor the session, and never show a trace."""

from typing import Any

import pytest
from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.test import Client, RequestFactory

from toolkit import error_pages


class Untouchable:
    """A user or tenant that no error page may look at."""

    def __getattr__(self, name: str) -> Any:
        raise AssertionError(f"an error page asked for .{name}")

    def __bool__(self) -> bool:
        raise AssertionError("an error page asked who it is")


@pytest.mark.parametrize(
    ("view", "status"),
    [("bad_request", 400), ("forbidden", 403), ("not_found", 404), ("server_error", 500),
     ("csrf_failure", 403)],
)  # fmt: skip
def test_pages_are_drawn_without_the_request(view: str, status: int) -> None:
    request = RequestFactory().get("/", headers={"host": "§§"})
    request.user = Untouchable()
    request.session = Untouchable()  # type: ignore[assignment]
    response = getattr(error_pages, view)(request)
    assert response.status_code == status
    assert f"Galat {status}" in response.content.decode()


def test_the_404_page_leads_to_the_catalogue() -> None:
    page = error_pages.not_found(RequestFactory().get("/")).content.decode()
    assert f'href="{settings.PORTAL_URL}/katalog/"' in page


@pytest.mark.parametrize("fault", [OperationalError, InterfaceError])
def test_a_database_that_is_away_gives_503_to_strangers_and_persons(
    monkeypatch: pytest.MonkeyPatch, client_for: Any, make_account: Any, fault: type[Exception]
) -> None:
    from shared_apps.accounts.session_store import SessionStore
    from shared_apps.catalog import selectors

    def away(*args: Any, **kwargs: Any) -> Any:
        raise fault("the server closed the connection unexpectedly")

    person = client_for(None, make_account())
    person.raise_request_exception = False
    stranger: Client = client_for(None)
    stranger.raise_request_exception = False
    monkeypatch.setattr(SessionStore, "load", away)
    monkeypatch.setattr(selectors, "newest", away)
    for client in (person, stranger):
        response = client.get("/")
        assert response.status_code == 503
        assert response["Retry-After"] == "60"
        assert "Galat 503" in response.content.decode()
        assert "Traceback" not in response.content.decode()
        assert "Content-Security-Policy" in response.headers
