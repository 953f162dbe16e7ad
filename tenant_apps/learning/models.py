"""Topics with their sections, and the way of each learner through them."""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone

from shared_apps.catalog.choices import Visibility
from shared_apps.desk.choices import Step
from tenant_apps.learning.choices import TopicState
from tenant_apps.members.models import Member
from tenant_apps.question_bank.models import Category


class Topic(models.Model):
    """One thing to learn, from pre-test to certificate, as one object."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    slug = models.SlugField(max_length=80, unique=True)
    title = models.CharField(max_length=200)
    summary = models.CharField(max_length=400)
    goals = models.JSONField(default=list)
    regulations = models.JSONField(default=list)
    keywords = models.JSONField(default=list)
    jp = models.DecimalField(max_digits=9, decimal_places=2)
    visibility = models.CharField(max_length=8, choices=Visibility, default=Visibility.ALL_ASN)
    # Ids of agencies that may see a topic of visibility `chosen`.
    agencies = ArrayField(models.IntegerField(), default=list, blank=True)
    state = models.CharField(max_length=10, choices=TopicState, default=TopicState.DRAFT)
    version = models.PositiveIntegerField(default=1)
    # Empty values mean: the rule of the tenant or of the country holds.
    pass_percent = models.PositiveSmallIntegerField(null=True)
    questions_per_test = models.PositiveSmallIntegerField(null=True)
    categories = models.ManyToManyField(Category, related_name="+")
    # SHA-256 of the content pack that the topic was imported from.
    source_hash = models.CharField(max_length=64, blank=True)
    minutes = models.PositiveIntegerField(default=0)
    published_at = models.DateTimeField(null=True)
    updated_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["title"]

    def __str__(self) -> str:
        return self.title


class Section(models.Model):
    """One part of a topic's material, in Markdown; `html` is rendered when it is written."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    topic = models.ForeignKey(Topic, on_delete=models.PROTECT, related_name="sections")
    key = models.SlugField(max_length=60)
    position = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=200)
    markdown = models.TextField()
    html = models.TextField()
    words = models.PositiveIntegerField(default=0)
    # Left out of the newest material, kept for those who read it.
    retired = models.BooleanField(default=False)

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["topic", "key"], name="one_section_per_key")]

    def __str__(self) -> str:
        return self.title


class Enrolment(models.Model):
    """One person's way through one topic."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="enrolments")
    topic = models.ForeignKey(Topic, on_delete=models.PROTECT, related_name="enrolments")
    step = models.CharField(max_length=12, choices=Step, default=Step.PRE_TEST)
    started_at = models.DateTimeField(default=timezone.now)
    # Where the reader left, and when the server last saw them reading: the clock of reading time.
    section = models.ForeignKey(Section, on_delete=models.PROTECT, null=True, related_name="+")
    last_seen_at = models.DateTimeField(null=True)
    pre_right = models.PositiveSmallIntegerField(null=True)
    pre_total = models.PositiveSmallIntegerField(null=True)
    post_right = models.PositiveSmallIntegerField(null=True)
    post_total = models.PositiveSmallIntegerField(null=True)
    failed_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    completed_at = models.DateTimeField(null=True)
    # Only *that* the survey was sent: a time would lead to the anonymous answers.
    survey_sent = models.BooleanField(default=False)
    certificate_id = models.UUIDField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["member", "topic"], name="one_enrolment_per_topic"),
            models.CheckConstraint(
                condition=models.Q(completed_at__isnull=True, certificate_id__isnull=True)
                | models.Q(completed_at__isnull=False, certificate_id__isnull=False),
                name="completion_has_a_certificate",
            ),
        ]
        indexes = [models.Index(fields=["topic", "step"], name="enrolment_of_topic")]

    def __str__(self) -> str:
        return f"{self.member_id} in {self.topic_id}: {self.step}"


class SectionReading(models.Model):
    """Evidence of reading: seconds that one person spent on one section."""

    pk = models.CompositePrimaryKey("enrolment_id", "section_id")
    enrolment = models.ForeignKey(Enrolment, on_delete=models.PROTECT, related_name="readings")
    section = models.ForeignKey(Section, on_delete=models.PROTECT, related_name="+")
    seconds = models.PositiveIntegerField(default=0)
    opened_at = models.DateTimeField(default=timezone.now)
    done_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.section_id}: {self.seconds} s"
