"""Who finds a topic: the tenant's list and the national catalogue follow one rule."""

from typing import Any

import pytest

from shared_apps.catalog import selectors as catalog
from shared_apps.catalog.choices import Visibility
from tenant_apps.learning.models import Topic
from tenant_apps.learning.permissions import visible_topics
from tenant_apps.learning.services.publication import announce
from tenants.models import Agency
from tenants.schemas import in_tenant

ANNOUNCED = {"all_asn", "public"}
# What people of an agency may see at BKN's tenant; `chosen` topics name Kemenkumham.
MATRIX: dict[str | None, set[str]] = {
    None: ANNOUNCED,
    "bkn": ANNOUNCED | {"own"},
    "kemenkumham": ANNOUNCED | {"chosen"},
    "lan": ANNOUNCED,
}


@pytest.fixture
def _topics(tenant_a: Any) -> None:
    """A published topic of each visibility and a draft, at tenant A."""
    chosen = [Agency.objects.get(code="kemenkumham").pk]
    with in_tenant(tenant_a):
        for visibility in Visibility.values:
            topic = Topic.objects.create(
                slug=visibility.replace("_", "-"),
                title=visibility,
                summary="Uji.",
                jp=2,
                state="published",
                visibility=visibility,
                agencies=chosen if visibility == Visibility.CHOSEN else [],
            )
            announce(topic, body="")
        Topic.objects.create(slug="draft", title="draft", summary="Uji.", jp=2)


@pytest.mark.usefixtures("_topics")
@pytest.mark.parametrize("agency", list(MATRIX))
def test_list_and_catalogue_agree(agency: str | None, make_account: Any, tenant_a: Any) -> None:
    """Strangers, the own agency, a chosen one and any other."""
    account = make_account(agency=agency, state="confirmed") if agency else None
    with in_tenant(tenant_a):
        assert {topic.title for topic in visible_topics(account)} == MATRIX[agency]
    assert {entry.title for entry in catalog.newest(account).entries} == MATRIX[agency]
