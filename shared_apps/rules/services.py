"""Writes of rule values."""

import datetime
from typing import Any

from django.db import transaction

from shared_apps.audit import services as audit
from shared_apps.rules import selectors
from shared_apps.rules.models import Value
from tenants.models import Tenant


@transaction.atomic
def set_value(
    *,
    key: str,
    value: object,
    valid_from: datetime.date,
    source: str,
    by: Any,
    tenant_id: int | None = None,
) -> Value:
    """Set a rule's value from a day on, for the country or one tenant; earlier days keep theirs.

    For operators: no right is checked here. `by=None` is the system itself.
    """
    row, _made = Value.objects.update_or_create(
        key=key,
        tenant=Tenant.objects.get(pk=tenant_id) if tenant_id else None,
        valid_from=valid_from,
        defaults={"value": value, "source": source},
    )
    audit.record(
        "rules.value_set",
        by=by,
        tenant_id=tenant_id,
        kind="rule",
        ref=key,
        data={"value": value, "valid_from": valid_from.isoformat(), "source": source},
    )
    transaction.on_commit(selectors.forget_values)
    return row
