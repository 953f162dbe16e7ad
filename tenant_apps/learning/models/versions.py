"""Versions of a topic and the sections of each."""

import uuid

from django.db import models
from django.db.models.functions import Now
from django.utils import timezone

from tenant_apps.learning.choices import VersionState
from tenant_apps.learning.models.topics import Topic, TopicValues
from tenant_apps.members.models import Member


class TopicVersion(TopicValues):
    """One wording of a topic: written, perhaps reviewed, published, one day superseded.

    A published version never changes; people keep the one that they enrolled in.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    topic = models.ForeignKey(Topic, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=10, choices=VersionState, default=VersionState.DRAFT)
    # Empty for what the system imported.
    author = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")
    reviewer = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")
    # What changed, in the author's words; and what the reviewer answered when returning it.
    note = models.CharField(max_length=400, blank=True)
    remark = models.TextField(blank=True)
    # Counts the savings of the properties: who saves an older one is told of the newer.
    revision = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField(default=timezone.now)
    updated_at = models.DateTimeField(default=timezone.now)
    published_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["topic", "number"]
        constraints = [
            models.UniqueConstraint(fields=["topic", "number"], name="one_version_per_number")
        ]


class Section(models.Model):
    """One part of a version's material, in Markdown; `html` is rendered when it is written.

    The same part has the same key in all versions: questions name it.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    version = models.ForeignKey(TopicVersion, on_delete=models.PROTECT, related_name="sections")
    key = models.SlugField(max_length=60)
    position = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=200)
    markdown = models.TextField()
    html = models.TextField()
    words = models.PositiveIntegerField(default=0)
    # Counts the savings, as that of the version does.
    revision = models.PositiveIntegerField(default=0, db_default=0)
    updated_at = models.DateTimeField(default=timezone.now, db_default=Now())
    editor = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["version", "key"], name="one_section_per_version")
        ]

    def __str__(self) -> str:
        return self.title
