"""Enforces the rule of each view, in one place."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import ImproperlyConfigured, PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from shared_apps.access.selectors import permissions_of
from tenants import hosts
from toolkit.access_rules import rule_of


class ViewRuleMiddleware:
    """Sends strangers to sign in, refuses who lacks the right, and refuses undeclared views."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Hand over; the rule is checked when the view is known."""
        return self.get_response(request)

    def process_view(
        self, request: Any, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        """Check the view's rule before it runs."""
        rule = rule_of(view)
        if rule is None:
            raise ImproperlyConfigured(
                f"{view.__module__}.{getattr(view, '__qualname__', view)} declares no access rule."
            )
        if not rule.signed_in:
            return None
        if not request.user.is_authenticated:
            return HttpResponseRedirect(sign_in_url(request))
        if rule.permission and rule.permission not in permissions_of(request.user, request.tenant):
            raise PermissionDenied
        return None


def rule_is_public(request: HttpRequest) -> bool:
    """Say whether the page that the request leads to is open to strangers."""
    match = request.resolver_match
    rule = rule_of(match.func) if match is not None else None
    return rule is not None and not rule.signed_in


def sign_in_url(request: HttpRequest) -> str:
    """Return the portal's sign-in address that leads back to this page.

    A form that a stranger sent is not repeated after sign-in: they come back to its page. From
    the pages of sign-in and registration themselves it leads on to where these would lead.
    """
    if getattr(request, "tenant", None) is None and request.path.startswith("/akun/"):
        onward = request.GET.get("next", "")
        if rule_is_public(request):
            query = f"?{urlencode({'next': onward})}" if onward else ""
            return hosts.portal_url("/akun/masuk/") + query
    back = request.build_absolute_uri(
        request.get_full_path() if request.method == "GET" else request.path
    )
    return hosts.portal_url("/akun/masuk/") + "?" + urlencode({"next": back})
