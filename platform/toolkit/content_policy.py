"""Sends the Content-Security-Policy of the settings with every answer."""

from collections.abc import Callable

from csp.constants import HEADER
from csp.utils import build_policy
from django.http import HttpRequest, HttpResponse


class ContentPolicyMiddleware:
    """One policy for all pages, written once: no view may loosen it, one may send a stricter."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.policy = build_policy()

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Add the header where the view sent none."""
        response = self.get_response(request)
        response.headers.setdefault(HEADER, self.policy)
        return response
