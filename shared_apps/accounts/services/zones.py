"""Choosing the zone in which times are shown."""

from typing import Any

from django.db import transaction

from shared_apps.accounts.choices import Zone
from shared_apps.accounts.models import Account


@transaction.atomic
def choose_zone(*, by: Any, zone: str) -> bool:
    """Keep a person's zone; empty is that of their agency's region. False for an unknown one."""
    if zone and zone not in Zone.values:
        return False
    Account.objects.filter(pk=by.pk).update(time_zone=zone)
    return True
