"""Offerings: a topic held in a room, online in a window, or both; their sessions and trainers."""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone

from shared_apps.catalog.choices import Visibility
from shared_apps.offerings.choices import Mode, OfferingState
from shared_apps.recognition.choices import Form
from tenant_apps.learning.choices import Chain, EnrolmentMode
from tenant_apps.learning.models.paths import LearningPath
from tenant_apps.learning.models.topics import Topic


class Offering(models.Model):
    """One time that a topic (or a path) is held, as people enrol in it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    slug = models.SlugField(max_length=90, unique=True)
    topic = models.ForeignKey(Topic, on_delete=models.PROTECT, null=True, related_name="offerings")
    learning_path = models.ForeignKey(
        LearningPath, on_delete=models.PROTECT, null=True, related_name="offerings"
    )
    title = models.CharField(max_length=200)
    # Angkatan: which of several times, such as "II".
    batch = models.CharField(max_length=30, blank=True)
    description = models.TextField(blank=True)
    mode = models.CharField(max_length=10, choices=Mode, default=Mode.CLASSICAL)
    form = models.CharField(max_length=4, choices=Form, default=Form.TECHNICAL)
    state = models.CharField(max_length=10, choices=OfferingState, default=OfferingState.DRAFT)
    enrolment = models.CharField(max_length=10, choices=EnrolmentMode, default=EnrolmentMode.SELF)
    enrol_from = models.DateTimeField(null=True)
    enrol_until = models.DateTimeField(null=True)
    starts_at = models.DateTimeField(null=True)
    ends_at = models.DateTimeField(null=True)
    # As long as a certificate prints it.
    place = models.CharField(max_length=120, blank=True)
    # None is without limit. The count is kept under a lock of this row.
    capacity = models.PositiveIntegerField(null=True)
    seats_taken = models.PositiveIntegerField(default=0)
    # The last number that was given out on the waiting list.
    last_number = models.PositiveIntegerField(default=0)
    visibility = models.CharField(max_length=8, choices=Visibility, default=Visibility.ALL_ASN)
    agencies = ArrayField(models.IntegerField(), default=list, blank=True)
    # Percent of the sessions; None means that the rule holds.
    minimum_attendance = models.PositiveSmallIntegerField(null=True)
    # The template of its certificates, before that of the topic; empty leaves it to the topic.
    certificate_template = models.UUIDField(null=True, blank=True)
    # How many people each other agency may propose.
    quota = models.PositiveIntegerField(default=0)
    # Whether the topic's tests belong to it; only a class in a room can do without.
    with_tests = models.BooleanField(default=True)
    created_at = models.DateTimeField(default=timezone.now)
    updated_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-created_at"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(capacity__isnull=True)
                | models.Q(seats_taken__lte=models.F("capacity")),
                name="seats_never_oversell",
            ),
            models.CheckConstraint(
                condition=models.Q(topic__isnull=False) ^ models.Q(learning_path__isnull=False),
                name="offering_of_one_programme",
            ),
            models.CheckConstraint(
                condition=models.Q(ends_at__isnull=True)
                | models.Q(ends_at__gte=models.F("starts_at")),
                name="offering_ends_after_start",
            ),
        ]
        indexes = [models.Index(fields=["state", "starts_at"], name="offering_upcoming")]

    def __str__(self) -> str:
        return self.full_title

    @property
    def full_title(self) -> str:
        """Title with the batch, as lists and letters name the offering."""
        return f"{self.title} ({self.batch})" if self.batch else self.title

    @property
    def meets(self) -> bool:
        """Whether people come together, so that attendance counts."""
        return self.mode in (Mode.CLASSICAL, Mode.BLENDED)

    @property
    def chain(self) -> str:
        """The steps that its participants go through."""
        if not self.meets:
            return Chain.SELF
        return Chain.BLENDED if self.with_tests else Chain.ROOM

    @property
    def seats_left(self) -> int | None:
        """Free seats; None without limit."""
        return None if self.capacity is None else max(0, self.capacity - self.seats_taken)

    @property
    def is_full(self) -> bool:
        """Whether the next person goes to the waiting list."""
        return self.seats_left == 0

    def takes_sign_ups(self) -> bool:
        """Whether people may sign up at this moment."""
        now = timezone.now()
        return (
            self.state == OfferingState.OPEN
            and (self.enrol_from is None or self.enrol_from <= now)
            and (self.enrol_until is None or now <= self.enrol_until)
        )


class ClassSession(models.Model):
    """One meeting of an offering, in a room or by a link."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    offering = models.ForeignKey(Offering, on_delete=models.PROTECT, related_name="sessions")
    title = models.CharField(max_length=200)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    room = models.CharField(max_length=160, blank=True)
    link = models.URLField(max_length=400, blank=True)
    updated_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["starts_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_at__gt=models.F("starts_at")),
                name="session_ends_after_start",
            )
        ]

    def __str__(self) -> str:
        return self.title


class SessionTrainer(models.Model):
    """Who teaches a session and for how many teaching hours (JP of 45 minutes)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    session = models.ForeignKey(ClassSession, on_delete=models.CASCADE, related_name="trainers")
    # The account of a trainer who works here; no foreign key, since only members are pointed at.
    account_id = models.UUIDField(null=True)
    name = models.CharField(max_length=160)
    hours = models.DecimalField(max_digits=5, decimal_places=2)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["session", "name"], name="one_row_per_trainer")
        ]
        indexes = [models.Index(fields=["account_id"], name="sessions_of_trainer")]

    def __str__(self) -> str:
        return f"{self.name}: {self.hours} JP"
