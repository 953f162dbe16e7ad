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
    right = models.PositiveSmallIntegerField(null=True)
    total = models.PositiveSmallIntegerField()

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

    def __str__(self) -> str:
        return f"{self.purpose} {self.attempt} ({self.state})"


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
    answer = models.CharField(max_length=40, blank=True)
    doubtful = models.BooleanField(default=False)
    seq = models.PositiveIntegerField(default=0)
    saved_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.sitting_id} no. {self.position}"
