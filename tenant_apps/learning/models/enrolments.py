"""The way of each learner through a topic."""

import uuid

from django.db import models
from django.utils import timezone

from shared_apps.desk.choices import Step
from tenant_apps.learning.choices import Chain
from tenant_apps.learning.models.offerings import Offering
from tenant_apps.learning.models.topics import Topic
from tenant_apps.learning.models.versions import Section, TopicVersion
from tenant_apps.members.models import Member


class Enrolment(models.Model):
    """One person's way through one topic."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="enrolments")
    topic = models.ForeignKey(Topic, on_delete=models.PROTECT, related_name="enrolments")
    # Fixed at the start: material, test rules and certificate follow it.
    version = models.ForeignKey(TopicVersion, on_delete=models.PROTECT, related_name="+")
    # The class that it belongs to, and the steps that this asks for; none is learning alone.
    offering = models.ForeignKey(
        Offering, on_delete=models.PROTECT, null=True, related_name="enrolments"
    )
    chain = models.CharField(max_length=8, choices=Chain, default=Chain.SELF, db_default=Chain.SELF)
    # Home agency when they started; figures and filters follow it.
    agency_id = models.IntegerField(null=True)
    step = models.CharField(max_length=12, choices=Step, default=Step.PRE_TEST)
    started_at = models.DateTimeField(default=timezone.now)
    # Where the reader left, and when the server last saw them reading: the clock of reading time.
    section = models.ForeignKey(Section, on_delete=models.PROTECT, null=True, related_name="+")
    last_seen_at = models.DateTimeField(null=True)
    # Points of the newest test, and the most that it gave: right answers of all questions where
    # each gives one point or none. Empty while essays wait for their marks.
    pre_right = models.DecimalField(max_digits=12, decimal_places=6, null=True)
    pre_total = models.PositiveSmallIntegerField(null=True)
    post_right = models.DecimalField(max_digits=12, decimal_places=6, null=True)
    post_total = models.PositiveSmallIntegerField(null=True)
    # Whether those are points (essays, parts, weights) and not right answers.
    post_in_points = models.BooleanField(default=False, db_default=False)
    failed_at = models.DateTimeField(null=True)
    # The pass of a post-test that still waits for attendance.
    passed_at = models.DateTimeField(null=True)
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
        indexes = [
            models.Index(fields=["topic", "step"], name="enrolment_of_topic"),
            models.Index(fields=["-started_at"], name="enrolment_newest"),
            models.Index(
                fields=["started_at"],
                condition=models.Q(completed_at__isnull=True),
                name="enrolment_unfinished",
            ),
        ]

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
