"""Which blueprint a test of a topic follows."""

from django.db import models

from tenant_apps.learning.choices import TestPurpose
from tenant_apps.learning.models.topics import Topic
from tenant_apps.question_bank.models import Blueprint


class TestPlan(models.Model):
    """The blueprint of a topic's pre-test or post-test; without one the topic's numbers hold."""

    # Not a test class for pytest to collect.
    __test__ = False

    pk = models.CompositePrimaryKey("topic_id", "purpose")
    topic = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="test_plans")
    purpose = models.CharField(max_length=4, choices=TestPurpose)
    blueprint = models.ForeignKey(Blueprint, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"{self.purpose} of {self.topic_id}"
