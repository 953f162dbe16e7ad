"""A topic with material and questions, and who writes it."""

from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

DEMO = Path(__file__).resolve().parents[3] / "deploy" / "demo"


@pytest.fixture
def staff(tenant_a: Any, make_account: Callable[..., Any]) -> Callable[[str], Any]:
    """Return a maker of people with a role at tenant A."""
    from shared_apps.access.services import grant_role

    def make(role: str, name: str = "Komang Ayu") -> Any:
        account = make_account(name=name, agency="bkn", state="confirmed")
        grant_role(account=account, tenant=tenant_a, role=role, by=None)
        return account

    return make


@pytest.fixture
def author(staff: Callable[..., Any]) -> Any:
    """An author of tenant A."""
    return staff("author", "Komang Ayu")


@pytest.fixture
def manager(staff: Callable[..., Any]) -> Any:
    """A manager of tenant A."""
    return staff("manager", "Made Suarjana")


@pytest.fixture
def opened(tenant_a: Any, settings: Any, tmp_path: Path) -> Iterator[Any]:
    """Tenant A, open, with files in a folder of the test."""
    from tenants.schemas import in_tenant

    settings.MEDIA_ROOT = tmp_path
    with in_tenant(tenant_a):
        yield tenant_a


@pytest.fixture
def published(opened: Any) -> Any:
    """A topic that was published from a pack of the demo."""
    from tenant_apps.learning.packs import read_pack
    from tenant_apps.learning.services.content import import_topic

    topic, _changed = import_topic(pack=read_pack(DEMO / "kanreg10" / "cuti-pns"), by=None)
    return topic


@pytest.fixture
def draft(opened: Any, author: Any) -> Any:
    """A new topic of the author with one section; it lacks questions and goals."""
    from tenant_apps.learning.services import drafts, workshop

    topic = workshop.create_topic(by=author, title="Cuti Besar", slug="", jp=Decimal(2))
    drafts.add_section(by=author, topic=topic, title="Syarat")
    return topic
