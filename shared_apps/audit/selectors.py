"""Reads of the audit trail."""

import datetime
import uuid
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from shared_apps.audit.models import Event


@dataclass(frozen=True)
class Wanted:
    """What part of a tenant's trail somebody asks for; None is anything."""

    actor_id: uuid.UUID | None = None
    verb: str = ""
    kind: str = ""
    since: datetime.datetime | None = None
    # Not included.
    until: datetime.datetime | None = None


def events_of(tenant_id: int, wanted: Wanted) -> QuerySet[Event]:
    """Return the events at one tenant, newest first."""
    rows = Event.objects.filter(tenant_id=tenant_id)
    if wanted.actor_id:
        rows = rows.filter(actor_id=wanted.actor_id)
    if wanted.verb:
        rows = rows.filter(verb=wanted.verb)
    if wanted.kind:
        rows = rows.filter(kind=wanted.kind)
    if wanted.since:
        rows = rows.filter(at__gte=wanted.since)
    if wanted.until:
        rows = rows.filter(at__lt=wanted.until)
    return rows.order_by("-at", "-pk")


def page_of(
    rows: QuerySet[Event], *, size: int, before: tuple[datetime.datetime, uuid.UUID] | None
) -> tuple[list[Event], bool]:
    """Return the next events after a mark (time and key of the last one seen), and if more follow.

    No count and no offset: the trail of a tenant has millions of rows.
    """
    if before is not None:
        at, key = before
        # The first condition alone lets the index begin at the mark.
        rows = rows.filter(Q(at__lte=at), Q(at__lt=at) | Q(pk__lt=key))
    found = list(rows[: size + 1])
    return found[:size], len(found) > size
