"""The language of a request: asked for in the address, else kept in the cookie, else Indonesian."""

from collections.abc import Iterator

import pytest
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from django.utils import translation

from toolkit.language import LanguageMiddleware

NAME = settings.LANGUAGE_COOKIE_NAME


@pytest.fixture(autouse=True)
def _language() -> Iterator[None]:
    before = translation.get_language()
    yield
    translation.activate(before or "id")


def ask(path: str = "/", cookie: str = "", accept: str = "en-US,en") -> HttpResponse:
    """Return the answer of a view that says which language is active."""

    def view(request: HttpRequest) -> HttpResponse:
        return HttpResponse(translation.get_language())

    request = RequestFactory().get(path, headers={"accept-language": accept})
    if cookie:
        request.COOKIES[NAME] = cookie
    return LanguageMiddleware(view)(request)


@pytest.mark.parametrize(
    ("path", "cookie", "shown", "kept"),
    [
        ("/", "", "id", None),
        ("/?bahasa=en", "", "en", "en"),
        ("/", "en", "en", None),
        ("/?bahasa=id", "en", "id", "id"),
        ("/?bahasa=en", "en", "en", None),
        ("/?bahasa=xx", "", "id", None),
        ("/?bahasa=en%0d%0aSet-Cookie:x", "<script>", "id", None),
    ],
)
def test_which_language(path: str, cookie: str, shown: str, kept: str | None) -> None:
    response = ask(path, cookie)
    assert response.content.decode() == shown
    assert response["Content-Language"] == shown
    morsel = response.cookies.get(NAME)
    assert (morsel.value if morsel else None) == kept


def test_the_cookie_holds_on_every_host() -> None:
    morsel = ask("/?bahasa=en").cookies[NAME]
    assert morsel["domain"] == settings.BASE_DOMAIN
    assert morsel["samesite"] == "Lax" and int(morsel["max-age"]) > 300 * 24 * 3600


def test_one_request_leaves_nothing_to_the_next() -> None:
    ask("/?bahasa=en")
    assert ask("/").content == b"id"
