"""Picks the language of a request: `?bahasa=`, else a cookie, else Indonesian."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation

YEAR = 365 * 24 * 3600


class LanguageMiddleware:
    """Indonesian unless the person chose otherwise; the browser's list is not asked.

    Office machines are often set to English by default, so the browser's wish says little.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.codes = {code for code, _ in settings.LANGUAGES}

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Activate the language for the request and remember a choice in a cookie."""
        chosen = request.GET.get("bahasa", "")
        kept = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        language = next((c for c in (chosen, kept) if c in self.codes), settings.LANGUAGE_CODE)
        translation.activate(language)
        request.LANGUAGE_CODE = language
        response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        if chosen in self.codes and chosen != kept:
            response.set_cookie(
                settings.LANGUAGE_COOKIE_NAME,
                chosen,
                max_age=YEAR,
                domain=settings.LANGUAGE_COOKIE_DOMAIN,
                secure=settings.LANGUAGE_COOKIE_SECURE,
                samesite="Lax",
            )
        return response
