"""Awards and desk items for tests of a person's pages."""

import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone


@pytest.fixture
def award(give: Callable[..., Any]) -> Callable[..., Any]:
    """Return `award(account, tenant, jp="2.00", title=…, source=…) -> Certificate`, made now."""

    def call(account: Any, tenant: Any, **extra: Any) -> Any:
        return give(account, tenant, **({"at": timezone.now(), "title": "Cuti PNS"} | extra))

    return call


@pytest.fixture
def put(tenant_a: Any) -> Callable[..., uuid.UUID]:
    """Return `put(account, title=…, step=…, …) -> uuid` that writes one desk item."""
    from shared_apps.desk import services

    def call(account: Any, **extra: Any) -> uuid.UUID:
        key = extra.pop("uuid", None) or uuid.uuid4()
        values: dict[str, Any] = {
            "tenant": tenant_a,
            "kind": "topic",
            "title": "Cuti PNS",
            "step": "reading",
            "path": "/topik/cuti-pns/baca/",
        }
        services.put(account_id=account.pk, uuid=key, **(values | extra))
        return key

    return call
