"""Announcing an offering; callers are the tenant's services, in their own transaction."""

import uuid as uuids
from typing import Any

from django.utils import timezone

from shared_apps.offerings.models import Announcement
from tenants.models import Tenant


def announce(*, tenant: Tenant, uuid: uuids.UUID, **values: Any) -> Announcement:
    """Write or renew what others may know of an offering; `values` are columns of the row."""
    row, _made = Announcement.objects.update_or_create(
        tenant=tenant, uuid=uuid, defaults={**values, "updated_at": timezone.now()}
    )
    return row


def count_seats(*, tenant: Tenant, uuid: uuids.UUID, seats_taken: int) -> None:
    """Keep the number of taken seats in step with the offering."""
    Announcement.objects.filter(tenant=tenant, uuid=uuid).update(seats_taken=seats_taken)
