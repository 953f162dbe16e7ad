"""Writes of the audit trail."""

import uuid
from typing import Any

from shared_apps.audit.models import Event
from shared_apps.audit.sentences import SENTENCES
from tenants.schemas import open_tenant_or_none


def record(
    verb: str,
    *,
    by: Any,
    kind: str,
    ref: object,
    tenant_id: int | None = None,
    data: dict[str, Any] | None = None,
) -> None:
    """Add one event in the caller's transaction.

    `by` is an account, a member or None for the system; `tenant_id` defaults to the tenant whose
    schema is open. Raises KeyError for a verb without a sentence.
    """
    SENTENCES[verb]
    if tenant_id is None:
        tenant_id = getattr(open_tenant_or_none(), "pk", None)
    actor = getattr(by, "pk", None)
    Event.objects.create(
        actor_id=actor if isinstance(actor, uuid.UUID) else None,
        tenant_id=tenant_id,
        verb=verb,
        kind=kind,
        ref=str(ref),
        data=data or {},
    )
