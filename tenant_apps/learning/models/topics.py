"""Topics: what learners find and enrol in."""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone

from shared_apps.catalog.choices import Visibility
from tenant_apps.learning.choices import TopicState
from tenant_apps.members.models import Member
from tenant_apps.question_bank.models import Category


class TopicValues(models.Model):
    """What an author says of a topic: kept by each version, and copied to the topic it serves."""

    title = models.CharField(max_length=200)
    summary = models.CharField(max_length=400)
    goals = models.JSONField(default=list)
    regulations = models.JSONField(default=list)
    keywords = models.JSONField(default=list)
    jp = models.DecimalField(max_digits=9, decimal_places=2)
    visibility = models.CharField(max_length=8, choices=Visibility, default=Visibility.ALL_ASN)
    # Ids of agencies that may see a topic of visibility `chosen`.
    agencies = ArrayField(models.IntegerField(), default=list, blank=True)
    # Empty values mean: the rule of the tenant or of the country holds.
    pass_percent = models.PositiveSmallIntegerField(null=True)
    questions_per_test = models.PositiveSmallIntegerField(null=True)
    minutes = models.PositiveIntegerField(default=0)
    # The template of its certificates, a shared row; empty means the tenant's default one.
    certificate_template = models.UUIDField(null=True, blank=True)
    # {kode_topik} in the numbers of certificates; empty means the title's initials.
    certificate_code = models.CharField(max_length=8, blank=True, default="", db_default="")

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.title


#: The names of these values.
COPIED = tuple(field.name for field in TopicValues._meta.local_fields)


class Topic(TopicValues):
    """One thing to learn, from pre-test to certificate, as one object.

    Its values are those of the published version (of the draft until the first publication), so
    that lists and the first read of each page need no second table.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    slug = models.SlugField(max_length=80, unique=True)
    state = models.CharField(max_length=10, choices=TopicState, default=TopicState.DRAFT)
    # The published version: who enrols gets it. `version` is its number, 0 before the first.
    current = models.ForeignKey(
        "learning.TopicVersion", on_delete=models.PROTECT, null=True, related_name="+"
    )
    version = models.PositiveIntegerField(default=0)
    # The version being written or reviewed; there is never more than one.
    draft = models.ForeignKey(
        "learning.TopicVersion", on_delete=models.PROTECT, null=True, related_name="+"
    )
    # Who made it, and may write it without being asked; empty for what the system imported.
    owner = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")
    categories = models.ManyToManyField(Category, related_name="+")
    # SHA-256 of the content pack that the topic was imported from.
    source_hash = models.CharField(max_length=64, blank=True)
    published_at = models.DateTimeField(null=True)
    updated_at = models.DateTimeField(default=timezone.now)

    # Whether a regulation that it cites moved since somebody looked; the topic's pages read it.
    law_moved = False

    class Meta:
        ordering = ["title"]
