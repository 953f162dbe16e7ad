"""An import of questions: the file as it was judged, kept until it is applied or grows old."""

import uuid

from django.db import models
from django.utils import timezone

from tenant_apps.question_bank.choices import (
    ImportOutcome,
    ImportState,
    ImportVerdict,
    QuestionKind,
)


class QuestionImport(models.Model):
    """One file of questions: what it holds, and what became of it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    file_name = models.CharField(max_length=160)
    # Where questions go that name no category, or all of them.
    category = models.CharField(max_length=400, blank=True)
    override = models.BooleanField(default=False)
    state = models.CharField(max_length=10, choices=ImportState, default=ImportState.READING)
    # What was left out of good questions, and questions of types that we do not have.
    notices = models.JSONField(default=list)
    unknown = models.JSONField(default=list)
    # Ids of an account and of jobs, which are shared rows.
    made_by = models.UUIDField()
    check_job = models.UUIDField(null=True)
    apply_job = models.UUIDField(null=True)
    created_at = models.DateTimeField(default=timezone.now)
    applied_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["-created_at"], name="question_imports_by_age")]

    def __str__(self) -> str:
        return self.file_name


class ImportedQuestion(models.Model):
    """One question of a file with its verdict; `data` is its wording (`sources`)."""

    pk = models.CompositePrimaryKey("question_import_id", "position")
    question_import = models.ForeignKey(
        QuestionImport, on_delete=models.CASCADE, related_name="questions"
    )
    position = models.PositiveIntegerField()
    line = models.PositiveIntegerField()
    title = models.CharField(max_length=200)
    kind = models.CharField(max_length=10, choices=QuestionKind, blank=True)
    category = models.CharField(max_length=800, blank=True)
    verdict = models.CharField(max_length=7, choices=ImportVerdict)
    said = models.TextField(blank=True)
    outcome = models.CharField(max_length=8, choices=ImportOutcome, blank=True)
    data = models.JSONField(default=dict)
    # {name: base64}
    images = models.JSONField(default=dict)

    def __str__(self) -> str:
        return f"{self.question_import_id}: {self.title}"
