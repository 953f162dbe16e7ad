"""One person's test: the frozen paper, the saved answers and the score."""

import uuid

from django.db import models
from django.utils import timezone

from tenant_apps.members.models import Member
from tenant_apps.question_bank.choices import QuestionKind
from tenant_apps.sittings.choices import SittingState


class Sitting(models.Model):
    """One attempt of one person at one test (`purpose` of the subject); scored once."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="sittings")
    subject_kind = models.CharField(max_length=20)
    subject_uuid = models.UUIDField()
    purpose = models.CharField(max_length=20)
    attempt = models.PositiveSmallIntegerField(default=1)
    seed = models.BigIntegerField()
    state = models.CharField(max_length=10, choices=SittingState, default=SittingState.OPEN)
    started_at = models.DateTimeField(default=timezone.now)
    deadline = models.DateTimeField(null=True)
    submitted_at = models.DateTimeField(null=True)
    # Questions answered wholly right, of so many in all.
    right = models.PositiveSmallIntegerField(null=True)
    total = models.PositiveSmallIntegerField()
    # What decides: where each question gives one point or none, they are `right` and `total`.
    points = models.DecimalField(max_digits=12, decimal_places=6, null=True)
    max_points = models.PositiveIntegerField(db_default=0)
    # Essays that somebody must still mark; until then the points are not final.
    pending = models.PositiveSmallIntegerField(default=0, db_default=0)
    # Whether the answers went into the statistics of their questions.
    counted = models.BooleanField(default=False, db_default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["member", "subject_uuid", "purpose", "attempt"],
                name="one_sitting_per_attempt",
            ),
            models.CheckConstraint(
                condition=models.Q(state="open", submitted_at__isnull=True, right__isnull=True)
                | models.Q(state="submitted", submitted_at__isnull=False, right__isnull=False),
                name="sitting_scored_when_submitted",
            ),
        ]
        indexes = [
            models.Index(
                fields=["submitted_at"], name="sitting_to_mark", condition=models.Q(pending__gt=0)
            ),
            models.Index(
                fields=["submitted_at"],
                name="sitting_to_count",
                condition=models.Q(counted=False, state="submitted"),
            ),
            models.Index(
                fields=["deadline"],
                name="sitting_with_deadline",
                condition=models.Q(state="open", deadline__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.purpose} {self.attempt} ({self.state})"

    @property
    def is_over(self) -> bool:
        """Whether the server's clock has passed the deadline."""
        return self.deadline is not None and self.deadline <= timezone.now()

    @property
    def seconds_left(self) -> int:
        """Seconds until the deadline by the server's clock; 0 without one or after it."""
        if self.deadline is None:
            return 0
        return max(0, int((self.deadline - timezone.now()).total_seconds()))


class PaperItem(models.Model):
    """One question of a paper, frozen in this person's order, with the answer saved last.

    `seq` grows with each accepted change of the answer: a late or doubled save is recognised by
    it and never overwrites a newer one.
    """

    pk = models.CompositePrimaryKey("sitting_id", "position")
    sitting = models.ForeignKey(Sitting, on_delete=models.PROTECT, related_name="items")
    position = models.PositiveSmallIntegerField()
    question_id = models.UUIDField()
    question_version = models.PositiveIntegerField()
    kind = models.CharField(max_length=10, choices=QuestionKind)
    section = models.CharField(max_length=60, blank=True)
    body = models.JSONField()
    key = models.JSONField()
    # What it looks like for each kind of question is described in `answers`.
    answer = models.TextField(blank=True)
    doubtful = models.BooleanField(default=False)
    seq = models.PositiveIntegerField(default=0)
    saved_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.sitting_id} no. {self.position}"


class EssayMark(models.Model):
    """What a person gave for one essay: points by criterion of the paper's rubric, and why."""

    pk = models.CompositePrimaryKey("sitting_id", "position")
    sitting = models.ForeignKey(Sitting, on_delete=models.PROTECT, related_name="marks")
    position = models.PositiveSmallIntegerField()
    given = models.JSONField()
    points = models.PositiveIntegerField()
    comment = models.TextField(blank=True)
    # Who marked: an id of an account.
    marked_by = models.UUIDField()
    marked_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"{self.sitting_id} no. {self.position}: {self.points}"


class TimeExtension(models.Model):
    """More time for one person: `percent` of every time limit until a day. No reason is kept."""

    member = models.OneToOneField(
        Member, on_delete=models.PROTECT, primary_key=True, related_name="time_extension"
    )
    percent = models.PositiveSmallIntegerField()
    valid_until = models.DateField()
    # Who gave it: an id of an account.
    given_by = models.UUIDField(null=True)
    given_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"{self.percent} % until {self.valid_until}"
