"""Questions, the wordings that they had, and the tree of categories that holds them."""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Now
from django.utils import timezone

from tenant_apps.question_bank.choices import Difficulty, QuestionKind


class Category(models.Model):
    """A set of questions, perhaps within another one.

    `code` names what a category serves where that is fixed (a topic's questions:
    `topic/<slug>`); others carry one that nobody sees.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="children")
    code = models.CharField(max_length=120, unique=True)
    name = models.CharField(max_length=200)

    def __str__(self) -> str:
        return self.name


class Question(models.Model):
    """One question in its present wording; papers freeze their own copy.

    `body` is what everybody sees, `key` what nobody sees before the result; their shapes by kind
    are described in `contents`. `source` is the wording as its author wrote it (`sources`).
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    category = models.ForeignKey(Category, on_delete=models.PROTECT, related_name="questions")
    code = models.CharField(max_length=60)
    kind = models.CharField(max_length=10, choices=QuestionKind)
    # Key of the section of the material that the question asks about.
    section = models.CharField(max_length=60, blank=True)
    difficulty = models.CharField(
        max_length=6, choices=Difficulty, default=Difficulty.MEDIUM, db_default=Difficulty.MEDIUM
    )
    tags = ArrayField(models.CharField(max_length=40), default=list, db_default=[], blank=True)
    # What the question rests on, as people cite it.
    regulation = models.CharField(max_length=200, blank=True, db_default="")
    version = models.PositiveIntegerField(default=1)
    body = models.JSONField()
    key = models.JSONField()
    source = models.JSONField(default=dict, db_default={})
    retired = models.BooleanField(default=False)
    changed_at = models.DateTimeField(default=timezone.now, db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["category", "code"], name="one_question_per_code")
        ]

    def __str__(self) -> str:
        return self.code


class QuestionVersion(models.Model):
    """One wording that a question had or has: everything that a paper of that time shows."""

    pk = models.CompositePrimaryKey("question_id", "version")
    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="versions")
    version = models.PositiveIntegerField()
    kind = models.CharField(max_length=10, choices=QuestionKind)
    body = models.JSONField()
    key = models.JSONField()
    source = models.JSONField()
    # Who saved it: an id of an account, null for the system.
    saved_by = models.UUIDField(null=True)
    saved_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"{self.question_id} version {self.version}"
