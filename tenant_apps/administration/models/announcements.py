"""Announcements of the training unit."""

import uuid

from django.db import models
from django.utils import timezone

from tenant_apps.administration.choices import Audience


class Announcement(models.Model):
    """One announcement: shown from its first to its last day, and told to its audience once."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    title = models.CharField(max_length=160)
    text = models.TextField()
    audience = models.CharField(max_length=10, choices=Audience)
    topic = models.ForeignKey(
        "learning.Topic", on_delete=models.PROTECT, null=True, related_name="+"
    )
    # Days in the tenant's zone, both included; no last day is until it is withdrawn.
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)
    pinned = models.BooleanField(default=False)
    made_by = models.ForeignKey("members.Member", on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    # When the job that tells the audience was asked for.
    told_at = models.DateTimeField(null=True)
    # How many inboxes it reached.
    reached = models.PositiveIntegerField(default=0)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(audience=Audience.TOPIC, topic__isnull=False)
                | (~models.Q(audience=Audience.TOPIC) & models.Q(topic__isnull=True)),
                name="announcement_names_its_topic",
            )
        ]
        indexes = [models.Index(fields=["-pinned", "-starts_on"], name="announcements_newest")]

    def __str__(self) -> str:
        return self.title
