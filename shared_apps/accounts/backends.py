"""Sign-in by NIP or e-mail."""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend

from shared_apps.accounts import selectors
from shared_apps.accounts.models import Account


class NipOrEmailBackend(AuthenticationBackend):
    """Resolves what was typed to one account and checks one password.

    Exactly one password is hashed whatever was typed (allauth hashes one for an unknown account
    too), so the time of the answer does not tell which accounts exist.
    """

    def _authenticate(self, request: Any, **credentials: Any) -> Any:
        login = credentials.get("email") or credentials.get("username") or ""
        account = selectors.account_for_login(str(login))
        return self._check_password(account, str(credentials.get("password") or ""))

    def has_perm(self, user_obj: Any, perm: str, obj: Any = None) -> bool:
        """Roles answer, not Django's user permissions."""
        return False

    def has_module_perms(self, user_obj: Any, app_label: str) -> bool:
        """Roles answer, not Django's user permissions."""
        return False

    def get_user(self, user_id: Any) -> Any:
        """Return the active account of a session."""
        account = Account.objects.filter(pk=user_id).first()
        return account if account is not None and account.is_active else None
