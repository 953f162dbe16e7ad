"""Who may write an agency's staff, and one writer at a time."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import connection

from shared_apps.access.selectors import permissions_of
from shared_apps.employees.permissions import MANAGE
from tenants.schemas import current_tenant

#: First half of the advisory lock's key; the agency is the second.
_STAFF = 0x57AFF


def agency_of(by: Any) -> int:
    """Return the agency of the open tenant; raises PermissionDenied when `by` may not write it."""
    tenant = current_tenant()
    if MANAGE not in permissions_of(by, tenant):
        raise PermissionDenied
    return int(tenant.agency_id)


def lock_staff(agency_id: int) -> None:
    """Wait until nobody else writes this agency's staff; held until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [_STAFF, agency_id])
