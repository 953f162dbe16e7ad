"""What a person may do at the tenant that is open, or on the portal."""

import datetime
import uuid
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.module_loading import import_string

from shared_apps.access.models import RoleAssignment
from tenants.choices import TenantState
from tenants.models import Tenant
from tenants.selectors import today_at

# Written by hand: nearly every page of a signed-in person asks.
_ROLES = f"SELECT role FROM {RoleAssignment._meta.db_table} r"
_RUNNING = (
    "r.withdrawn_at IS NULL AND coalesce(r.valid_from <= {day}, true) "
    "AND coalesce(r.valid_until >= {day}, true)"
)
_AT_TENANT = (
    f"{_ROLES} WHERE r.account_id = %s AND r.tenant_id = %s AND {_RUNNING.format(day='%s')}"
)
_ON_PORTAL = (
    f"{_ROLES} JOIN {Tenant._meta.db_table} t ON t.id = r.tenant_id "
    "WHERE r.account_id = %s AND t.oversees AND "
    + _RUNNING.format(day="(%s AT TIME ZONE t.time_zone)::date")
)


@lru_cache(maxsize=1)
def roles() -> dict[str, Any]:
    """Return the roles by name (settings.ROLES names their page)."""
    return import_string(settings.ROLES)


def label_of(role: str) -> str:
    """Return what a role is called in the language that is active."""
    found = roles().get(role)
    return str(found.label) if found else role


@lru_cache(maxsize=1)
def rights() -> dict[str, Any]:
    """Return each permission in words (settings.RIGHTS names their page)."""
    return import_string(settings.RIGHTS)


def role_names(account: Any, tenant: Tenant | None, *, afresh: bool = False) -> frozenset[str]:
    """Return the roles of an account at a tenant, or on the portal for None.

    Read once per account object and place: an account object lives for one request. Long work
    reads them `afresh`.
    """
    kept: dict[int | None, frozenset[str]] = account.__dict__.setdefault("_role_names", {})
    place = tenant.pk if tenant else None
    if afresh or place not in kept:
        with connection.cursor() as cursor:
            if tenant is None:
                now = timezone.now()
                cursor.execute(_ON_PORTAL, [account.pk, now, now])
            else:
                today = today_at(tenant)
                cursor.execute(_AT_TENANT, [account.pk, tenant.pk, today, today])
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


def running_on(day: datetime.date) -> Q:
    """Return the condition of assignments that hold on a day."""
    return (
        Q(withdrawn_at__isnull=True)
        & (Q(valid_from__isnull=True) | Q(valid_from__lte=day))
        & (Q(valid_until__isnull=True) | Q(valid_until__gte=day))
    )


def assignments_at(tenant: Tenant) -> QuerySet[RoleAssignment]:
    """Return all assignments at a tenant, also past, future and withdrawn ones."""
    here = [name for name, role in roles().items() if not role.on_portal]
    return RoleAssignment.objects.filter(tenant=tenant, role__in=here)


def holders_at(tenant: Tenant, permission: str) -> list[uuid.UUID]:
    """Return the accounts that have a permission at a tenant today."""
    granting = [name for name, role in roles().items() if permission in role.permissions]
    rows = assignments_at(tenant).filter(
        running_on(today_at(tenant)), role__in=granting, account__is_active=True
    )
    return list(rows.values_list("account_id", flat=True).distinct())


def ending_within(days: int) -> QuerySet[RoleAssignment]:
    """Return assignments at open tenants whose last day comes within some days."""
    day = timezone.localdate()
    return RoleAssignment.objects.filter(
        tenant__state=TenantState.ACTIVE,
        withdrawn_at__isnull=True,
        account__is_active=True,
        valid_until__range=(day, day + datetime.timedelta(days=days)),
    ).select_related("tenant__agency")
