"""Figures are kept while a learner goes the whole way."""

from typing import Any

import pytest

from tenant_apps.learning.selectors import figures as kept
from tenant_apps.learning.services import rebuild
from tenants.schemas import in_tenant

pytestmark = pytest.mark.django_db


def test_the_whole_way_is_counted(learner: Any, tenant_a: Any) -> None:
    """By the pages, as a learner goes: started, completed, and nothing twice."""
    learner.start()
    learner.start()
    with in_tenant(tenant_a):
        assert kept.summed(kept.topic_months())[0]["started"] == 1
        assert learner.enrolment().agency_id == learner.account.home_agency_id
    learner.complete()
    with in_tenant(tenant_a):
        (total,) = kept.summed(kept.topic_months())
        assert (total["completed"], total["gain_points"]) == (1, 40)
        assert rebuild.check() == []
