"""Awards for tests: one call gives a certificate of a topic."""

import dataclasses
import datetime
import uuid
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest


@pytest.fixture
def give(db: None) -> Callable[..., Any]:
    """Return `give(account, tenant, jp="2.00", at=…, source=None, …) -> Certificate`.

    `as_holder` changes what is known of the person, such as `{"state": "declared"}`.
    """
    from shared_apps.accounts.selectors import holder
    from shared_apps.recognition.models import LedgerEntry
    from shared_apps.recognition.services import totals
    from shared_apps.recognition.services.award import award

    def call(
        account: Any,
        tenant: Any,
        *,
        jp: str = "2.00",
        at: datetime.datetime = datetime.datetime(2026, 11, 22, 3, 42, tzinfo=datetime.UTC),
        source: uuid.UUID | None = None,
        title: str = "Cuti Pegawai Negeri Sipil",
        as_holder: dict[str, Any] | None = None,
        **extra: Any,
    ) -> Any:
        if not LedgerEntry.objects.filter(account=account, tenant=tenant).exists():
            totals.count_learner(tenant_id=tenant.pk, account_id=account.pk)
        half = (Decimal(jp) / 2).quantize(Decimal("0.01"))
        values: dict[str, Any] = {
            "by": account,
            "holder": dataclasses.replace(holder(account.pk), **(as_holder or {})),
            "tenant": tenant,
            "kind": "topic",
            "uuid": source or uuid.uuid4(),
            "form": "C3",
            "title": title,
            "jp_claimed": Decimal(jp),
            "started_on": at.date(),
            "completed_at": at,
            "right": 8,
            "total": 10,
            "curriculum": [
                {"title": "Jenis cuti", "jp": str(half)},
                {"title": "Tata cara", "jp": str(Decimal(jp) - half)},
            ],
        }
        return award(**(values | extra))

    return call
