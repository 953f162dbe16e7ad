"""Writes of the desk; callers are the tenants' services, in their own transaction."""

import datetime
import secrets
from typing import Any
from uuid import UUID, uuid4

from django.db import connection, transaction
from django.utils import timezone

from shared_apps.audit import services as audit
from shared_apps.desk.choices import ItemState
from shared_apps.desk.models import CalendarAddress, Item
from tenants.models import Tenant

# Two requests of one person may change the step at once: the later statement wins, no error.
_UPSERT = """
INSERT INTO desk_item (id, account_id, tenant_id, kind, uuid, title, step, path, due_at, state,
    updated_at)
VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)
ON CONFLICT (account_id, tenant_id, kind, uuid) DO UPDATE SET title = excluded.title,
    step = excluded.step, path = excluded.path, due_at = excluded.due_at,
    state = excluded.state, updated_at = excluded.updated_at
"""


def put(
    *,
    account_id: UUID,
    tenant: Tenant,
    kind: str,
    uuid: UUID,
    title: str,
    step: str,
    path: str,
    due_at: datetime.datetime | None = None,
    done: bool = False,
) -> None:
    """Write where a person stands with one thing, in the caller's transaction and one statement.

    Called on a change of step, never per answer. `path` is the address of the next step on the
    tenant's host; `step` a value of `choices.Step`.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            _UPSERT,
            [
                uuid4(),
                account_id,
                tenant.pk,
                kind,
                uuid,
                title,
                str(step),
                path,
                due_at,
                str(ItemState.DONE if done else ItemState.OPEN),
                timezone.now(),
            ],
        )


def remove(*, account_id: UUID, tenant: Tenant, kind: str, uuid: UUID) -> None:
    """Take a thing off a person's desk; what is not there stays away."""
    Item.objects.filter(account_id=account_id, tenant=tenant, kind=kind, uuid=uuid).delete()


@transaction.atomic
def renew_calendar(*, by: Any) -> CalendarAddress:
    """Give a person a calendar address, or a new one: the old address then leads nowhere."""
    row, _made = CalendarAddress.objects.update_or_create(
        account_id=by.pk,
        defaults={"token": secrets.token_urlsafe(24), "made_at": timezone.now()},
    )
    audit.record("calendar.renewed", by=by, kind="account", ref=by.pk)
    return row


@transaction.atomic
def remove_calendar(*, by: Any) -> None:
    """Take a person's calendar address away; taking it twice changes nothing."""
    deleted, _rows = CalendarAddress.objects.filter(account_id=by.pk).delete()
    if deleted:
        audit.record("calendar.removed", by=by, kind="account", ref=by.pk)
