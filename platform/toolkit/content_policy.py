"""Sends the Content-Security-Policy of the settings with every answer."""

from collections.abc import Callable

from csp.constants import HEADER
from csp.utils import build_policy
from django.http import HttpRequest, HttpResponse


class ContentPolicyMiddleware:
    """One policy for all pages, written once; a view may send a stricter one.

    The only thing that a view may add are the hosts of players that its page frames
    (`response.frame_hosts`).
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.policy = build_policy()

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Add the header where the view sent none."""
        response = self.get_response(request)
        hosts: list[str] = getattr(response, "frame_hosts", [])
        policy = self.policy
        if hosts:
            policy = build_policy(update={"frame-src": [f"https://{host}" for host in hosts]})
        response.headers.setdefault(HEADER, policy)
        return response
