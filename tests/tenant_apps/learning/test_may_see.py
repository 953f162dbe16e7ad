"""The rule of who sees a topic stands in SQL and in Python: both say the same of everyone."""

import itertools
from collections.abc import Callable
from typing import Any

from django.contrib.auth.models import AnonymousUser

from shared_apps.access.services import grant_role
from shared_apps.catalog.choices import Visibility
from tenant_apps.learning.choices import TopicState
from tenant_apps.learning.models import Topic
from tenant_apps.learning.permissions import may_see, visible_topics
from tenants.models import Agency
from tenants.schemas import in_tenant


def test_both_rules_agree(tenant_a: Any, make_account: Callable[..., Any]) -> None:
    own, other = (
        make_account(agency="bkn", state="confirmed"),
        make_account(agency="kemenkumham", state="confirmed"),
    )
    author = make_account(agency="kemenkumham", state="confirmed")
    grant_role(account=author, tenant=tenant_a, role="author", by=None)
    chosen = [Agency.objects.get(code="kemenkumham").pk]
    with in_tenant(tenant_a):
        for number, (state, visibility, agencies) in enumerate(
            itertools.product(TopicState, Visibility, ([], chosen))
        ):
            Topic.objects.create(
                slug=f"t-{number}", title="T", summary="T", jp=2, state=state,
                visibility=visibility, agencies=agencies,
            )  # fmt: skip
        topics = list(Topic.objects.all())
        seen = []
        for person in (AnonymousUser(), own, other, author):
            by_sql = set(visible_topics(person).values_list("slug", flat=True))
            by_python = {topic.slug for topic in topics if may_see(person, topic)}
            assert by_sql == by_python
            seen.append(len(by_sql))
    assert len(topics) == 24
    assert seen == [4, 6, 5, 24]
