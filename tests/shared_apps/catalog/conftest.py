"""Entries for tests of the catalogue."""

import datetime
import uuid
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

NEWEST = datetime.datetime(2026, 11, 20, 3, 0, tzinfo=datetime.UTC)


@pytest.fixture
def publish(db: None) -> Callable[..., uuid.UUID]:
    """Return `publish(tenant, title, …) -> uuid`; later calls are older by a day."""
    from shared_apps.catalog import services

    made = 0

    def call(tenant: Any, title: str, **extra: Any) -> uuid.UUID:
        nonlocal made
        made += 1
        key = extra.pop("uuid", None) or uuid.uuid4()
        values: dict[str, Any] = {
            "kind": "topic",
            "path": f"/topik/uji-{made}/",
            "summary": "Ringkasan topik.",
            "keywords": [],
            "body": "",
            "jp": Decimal("2.00"),
            "minutes": 45,
            "visibility": "all_asn",
            "agencies": [],
            "published_at": NEWEST - datetime.timedelta(days=made),
        }
        services.publish(tenant=tenant, uuid=key, title=title, **(values | extra))
        return key

    return call
