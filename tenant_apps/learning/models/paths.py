"""Learning paths: topics that belong together."""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone

from shared_apps.catalog.choices import Visibility
from tenant_apps.learning.choices import TopicState
from tenant_apps.learning.models.topics import Topic


class LearningPath(models.Model):
    """An ordered or free set of topics. Each topic awards its own JP; a path adds none."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    slug = models.SlugField(max_length=80, unique=True)
    title = models.CharField(max_length=200)
    summary = models.CharField(max_length=400)
    # Whether a topic is offered only after the one before it was completed.
    ordered = models.BooleanField(default=False)
    visibility = models.CharField(max_length=8, choices=Visibility, default=Visibility.ALL_ASN)
    # Ids of agencies that may see a path of visibility `chosen`.
    agencies = ArrayField(models.IntegerField(), default=list, blank=True)
    state = models.CharField(max_length=10, choices=TopicState, default=TopicState.DRAFT)
    # Counts the savings: who saves an older one is told of the newer.
    revision = models.PositiveIntegerField(default=0)
    updated_at = models.DateTimeField(default=timezone.now)
    published_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["title"]

    def __str__(self) -> str:
        return self.title


class PathTopic(models.Model):
    """The place of one topic in a path."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    path = models.ForeignKey(LearningPath, on_delete=models.CASCADE, related_name="places")
    topic = models.ForeignKey(Topic, on_delete=models.PROTECT, related_name="places")
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["path", "topic"], name="one_place_per_topic")
        ]

    def __str__(self) -> str:
        return f"{self.position}: {self.topic_id}"
