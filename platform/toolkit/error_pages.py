"""Pages for refusals and faults; none of them needs the database, nor who is asking."""

import sys

from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from toolkit.access_rules import public

RETRY_SECONDS = 60


def page(template: str, status: int) -> HttpResponse:
    """Return an error page, drawn without the request.

    The frame of ordinary pages asks for the session, and so for a database that may be the very
    thing that failed; it also asks for the host, which may be the very thing that is wrong.
    """
    text = render_to_string(template, {"portal_url": settings.PORTAL_URL})
    return HttpResponse(text, status=status)


def unavailable() -> HttpResponse:
    """503 that asks to come back in a minute."""
    response = page("503.html", 503)
    response.headers["Retry-After"] = str(RETRY_SECONDS)
    return response


@public
def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400."""
    return page("400.html", 400)


@public
def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403: visible but not allowed."""
    return page("403.html", 403)


@public
def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404: not there, or not visible to this person."""
    return page("404.html", 404)


@public
def server_error(request: HttpRequest) -> HttpResponse:
    """500; 503 while the database cannot be reached, since that passes."""
    if isinstance(sys.exc_info()[1], OperationalError | InterfaceError):
        return unavailable()
    return page("500.html", 500)


@public
def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 for a form that was too old or came from elsewhere."""
    return page("403_csrf.html", 403)
