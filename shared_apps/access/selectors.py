"""What a person may do at the tenant that is open, or on the portal."""

import uuid
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.db import connection
from django.utils.module_loading import import_string

from shared_apps.access.models import RoleAssignment
from tenants.models import Tenant

# Written by hand: nearly every page of a signed-in person asks.
_ROLES = f"SELECT role FROM {RoleAssignment._meta.db_table} r"
_AT_TENANT = f"{_ROLES} WHERE r.account_id = %s AND r.tenant_id = %s"
_ON_PORTAL = (
    f"{_ROLES} JOIN {Tenant._meta.db_table} t ON t.id = r.tenant_id "
    "WHERE r.account_id = %s AND t.oversees"
)


@lru_cache(maxsize=1)
def roles() -> dict[str, Any]:
    """Return the roles by name (settings.ROLES names their page)."""
    return import_string(settings.ROLES)


def role_names(account: Any, tenant: Tenant | None) -> frozenset[str]:
    """Return the roles of an account at a tenant, or on the portal for None.

    Read once per account object and place: an account object lives for one request.
    """
    kept: dict[int | None, frozenset[str]] = account.__dict__.setdefault("_role_names", {})
    place = tenant.pk if tenant else None
    if place not in kept:
        with connection.cursor() as cursor:
            if tenant is None:
                cursor.execute(_ON_PORTAL, [account.pk])
            else:
                cursor.execute(_AT_TENANT, [account.pk, tenant.pk])
            names = [row[0] for row in cursor.fetchall()]
        known = roles()
        kept[place] = frozenset(
            name for name in names if name in known and known[name].on_portal == (tenant is None)
        )
    return kept[place]


def permissions_of(account: Any, tenant: Tenant | None) -> frozenset[str]:
    """Return what the account may do at a tenant, or on the portal for None."""
    if account is None or not account.is_authenticated or not account.is_active:
        return frozenset()
    known = roles()
    return frozenset().union(*(known[name].permissions for name in role_names(account, tenant)))


def accounts_with(permission: str, tenant: Tenant) -> list[uuid.UUID]:
    """Return the accounts whose roles at a tenant give a permission: one query."""
    names = [name for name, role in roles().items() if permission in role.permissions]
    return list(
        RoleAssignment.objects.filter(tenant=tenant, role__in=names)
        .values_list("account_id", flat=True)
        .distinct()
    )
