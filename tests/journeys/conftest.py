"""A learner who goes through a topic by its pages, as a browser without JavaScript does."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

DEMO = Path(__file__).resolve().parent.parent.parent / "deploy" / "demo"


class Learner:
    """One person with a browser at one tenant."""

    def __init__(self, client: Client, account: Any, tenant: Any, slug: str) -> None:
        self.client, self.account, self.tenant, self.slug = client, account, tenant, slug

    def url(self, rest: str = "") -> str:
        """Return an address below the topic."""
        return f"/topik/{self.slug}/{rest}"

    def items(self, purpose: str) -> list[Any]:
        """Return the items of the newest paper of a test."""
        from tenant_apps.sittings.models import PaperItem, Sitting
        from tenants.schemas import in_tenant

        with in_tenant(self.tenant):
            sitting = (
                Sitting.objects.filter(member_id=self.account.pk, purpose=purpose)
                .order_by("-attempt")
                .first()
            )
            return list(PaperItem.objects.filter(sitting=sitting).order_by("position"))

    def enrolment(self) -> Any:
        """Return the enrolment as stored."""
        from tenant_apps.learning.models import Enrolment
        from tenants.schemas import in_tenant

        with in_tenant(self.tenant):
            return Enrolment.objects.select_related("topic").get(
                member_id=self.account.pk, topic__slug=self.slug
            )

    def start(self) -> Any:
        """Press "Mulai belajar"."""
        return self.client.post(self.url("mulai/"))

    def form(self, purpose: str, right: int) -> dict[str, str]:
        """Return the test's form with so many right answers, the rest wrong."""
        data = {}
        for item in self.items(purpose):
            wrong = next(o["id"] for o in item.body["options"] if o["id"] != item.key["right"])
            data[f"seq-{item.position}"] = str(item.seq)
            data[f"jawaban-{item.position}"] = (
                item.key["right"] if item.position <= right else wrong
            )
        return data

    def test(self, purpose: str, right: int) -> Any:
        """Start and submit a test with so many right answers."""
        self.client.post(self.url(f"{purpose}-test/"))
        return self.client.post(self.url(f"{purpose}-test/kumpulkan/"), self.form(purpose, right))

    def read(self) -> None:
        """Read and tick off every section."""
        from tenants.schemas import in_tenant

        with in_tenant(self.tenant):
            keys = list(self.enrolment().version.sections.values_list("key", flat=True))
        for key in keys:
            assert self.client.get(self.url(f"baca/{key}/")).status_code == 200
            assert self.client.post(self.url(f"baca/{key}/selesai/")).status_code == 302

    def survey(self, points: int = 4) -> Any:
        """Send the survey with the same answer to all questions."""
        data = {f"U{n}": str(points) for n in range(1, 10)}
        return self.client.post(self.url("survei/"), data)

    def until_post_test(self) -> None:
        """Do everything before the post-test."""
        self.start()
        self.test("pre", 4)
        self.read()

    def complete(self, right: int = 8) -> None:
        """Do everything up to the certificate."""
        self.until_post_test()
        self.test("post", right)
        self.survey()


@pytest.fixture
def topic_slug(tenant_a: Any) -> str:
    """Import one real topic at tenant A and return its slug."""
    from tenant_apps.learning.packs import read_pack
    from tenant_apps.learning.services.content import import_topic
    from tenants.schemas import in_tenant

    with in_tenant(tenant_a):
        import_topic(pack=read_pack(DEMO / "kanreg10" / "cuti-pns"), by=None)
    return "cuti-pns"


@pytest.fixture
def learner(
    tenant_a: Any, topic_slug: str, make_account: Callable[..., Any], client_for: Callable[..., Any]
) -> Learner:
    """A person of Kemenkumham at BKN's tenant."""
    account = make_account(agency="kemenkumham", state="confirmed")
    return Learner(client_for(tenant_a, account), account, tenant_a, topic_slug)
