"""Who a request comes from, without a query of its own."""

from typing import Any

from django.contrib import auth
from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY
from django.contrib.auth.middleware import AuthenticationMiddleware
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.utils.functional import SimpleLazyObject

from shared_apps.accounts.zones import enter_zone


def account_of(request: Any) -> Any:
    """Return the account of the request's session, or Django's anonymous user.

    The account came with the session. It is accepted only when it is active and the session was
    opened with its present password; every doubtful case is left to Django's own `get_user`,
    which knows rotated secret keys and clears sessions that no longer hold.
    """
    session = request.session
    signed_in_as = session.get(SESSION_KEY)
    account = session.account
    if (
        account is not None
        and signed_in_as == str(account.pk)
        and account.is_active
        and constant_time_compare(
            session.get(HASH_SESSION_KEY, ""), account.get_session_auth_hash()
        )
    ):
        return account
    return auth.get_user(request)


class SessionAccountMiddleware(AuthenticationMiddleware):
    """Sets `request.user`; the session is read only when somebody asks."""

    def process_request(self, request: HttpRequest) -> None:
        """Attach the lazy account; who it is also says in which zone times are shown."""
        super().process_request(request)
        timezone.deactivate()

        def account() -> Any:
            found = account_of(request)
            if found.is_authenticated:
                enter_zone(found)
            return found

        request.user = SimpleLazyObject(account)  # type: ignore[assignment]

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        """Leave the thread in the zone of the settings."""
        timezone.deactivate()
        return response
