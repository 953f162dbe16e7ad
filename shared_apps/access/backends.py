"""The permission backend: roles hold relative to the tenant whose schema is open."""

from typing import Any

from django.contrib.auth.backends import BaseBackend

from shared_apps.access.selectors import permissions_of
from tenants.schemas import open_tenant_or_none


class RoleBackend(BaseBackend):
    """Answers `account.has_perm("identity.confirm")` from role assignments."""

    def has_perm(self, user_obj: Any, perm: str, obj: Any = None) -> bool:
        """Say whether the account's roles at the open tenant allow `perm`."""
        return perm in permissions_of(user_obj, open_tenant_or_none())
