"""Reads of the desk: what waits for one person, on all tenants."""

import datetime
from dataclasses import dataclass
from uuid import UUID

from shared_apps.desk.choices import ItemState, SeatStep, Step
from shared_apps.desk.models import Item
from tenants import hosts

MOST_OPEN = 50
MOST_DONE = 10
_STEPS = {str(step.value): step.label for steps in (Step, SeatStep) for step in steps}
_FIELDS = (
    "kind",
    "uuid",
    "title",
    "step",
    "path",
    "due_at",
    "updated_at",
    "tenant_id",
    "tenant__name",
)


@dataclass(frozen=True, slots=True)
class DeskItem:
    """One thing on a person's desk as pages show it; `step_label` is words, `url` absolute."""

    kind: str
    uuid: UUID
    title: str
    step: str
    step_label: str
    url: str
    due_at: datetime.datetime | None
    updated_at: datetime.datetime
    tenant_id: int
    tenant_name: str


def _items(account_id: UUID, state: ItemState, limit: int) -> list[DeskItem]:
    rows = (
        Item.objects.filter(account_id=account_id, state=state)
        .order_by("-updated_at")
        .values_list(*_FIELDS)[:limit]
    )
    return [
        DeskItem(
            kind=kind,
            uuid=uuid,
            title=title,
            step=step,
            step_label=str(_STEPS.get(step, step)),
            url=hosts.tenant_url(tenant_id, path),
            due_at=due_at,
            updated_at=updated_at,
            tenant_id=tenant_id,
            tenant_name=tenant_name,
        )
        for kind, uuid, title, step, path, due_at, updated_at, tenant_id, tenant_name in rows
    ]


def open_items(account_id: UUID, *, limit: int = MOST_OPEN) -> list[DeskItem]:
    """Return what a person has begun and not finished, last touched first: one query."""
    return _items(account_id, ItemState.OPEN, limit)


def recent_done(account_id: UUID, *, limit: int = MOST_DONE) -> list[DeskItem]:
    """Return what a person finished last: one query."""
    return _items(account_id, ItemState.DONE, limit)
