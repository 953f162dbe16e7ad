"""Reads of agencies and tenants."""

import datetime
from zoneinfo import ZoneInfo

from django.db.models import Q, QuerySet
from django.utils import timezone

from tenants.choices import AgencyStatus, TenantState
from tenants.models import Agency, Tenant


def agencies_people_belong_to() -> QuerySet[Agency]:
    """Agencies that a person may name as home: active ones, and former ones that still teach.

    An agency that was split or merged keeps its tenant until the tenant is moved, and its people
    keep registering under the name that they know.
    """
    return Agency.objects.filter(
        Q(status=AgencyStatus.ACTIVE) | Q(tenants__state=TenantState.ACTIVE)
    ).distinct()


def active_tenants() -> QuerySet[Tenant]:
    """Tenants that are open, with their agencies."""
    return Tenant.objects.filter(state=TenantState.ACTIVE).select_related("agency")


def today_at(tenant: Tenant) -> datetime.date:
    """Return the date that it is now where the tenant is."""
    return timezone.now().astimezone(ZoneInfo(tenant.time_zone)).date()
