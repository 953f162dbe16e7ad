"""Questions, the wordings that they had, and the tree of categories that holds them."""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Now
from django.utils import timezone

from tenant_apps.question_bank.choices import Difficulty, QuestionKind, ReviewPolicy
from tenant_apps.question_bank.import_models import ImportedQuestion, QuestionImport

__all__ = [
    "Blueprint", "BlueprintPart", "Category", "ImportedQuestion", "ItemStatistic", "Question",
    "QuestionImport", "QuestionVersion",
]  # fmt: skip


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


class Blueprint(models.Model):
    """What a test is made of, and how it is taken. Empty numbers mean: the rules hold."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    name = models.CharField(max_length=120, unique=True)
    shuffle_questions = models.BooleanField(default=True)
    shuffle_options = models.BooleanField(default=True)
    # Time limit; without one a test stays open until it is submitted.
    minutes = models.PositiveSmallIntegerField(null=True)
    attempts = models.PositiveSmallIntegerField(null=True)
    cooldown_minutes = models.PositiveIntegerField(null=True)
    review = models.CharField(max_length=10, choices=ReviewPolicy, default=ReviewPolicy.PASSED)
    # No test starts after this, and those under way end with it.
    closes_at = models.DateTimeField(null=True)
    # Counts the savings: who saves an older one is told of the newer.
    revision = models.PositiveIntegerField(default=0)
    changed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class BlueprintPart(models.Model):
    """So many questions of one category, with those below it, and one difficulty or any."""

    pk = models.CompositePrimaryKey("blueprint_id", "position")
    blueprint = models.ForeignKey(Blueprint, on_delete=models.CASCADE, related_name="parts")
    position = models.PositiveSmallIntegerField()
    category = models.ForeignKey(Category, on_delete=models.PROTECT, related_name="parts")
    difficulty = models.CharField(max_length=6, choices=Difficulty, blank=True)
    count = models.PositiveSmallIntegerField()

    def __str__(self) -> str:
        return f"{self.count} of {self.category_id}"


class ItemStatistic(models.Model):
    """Kept sums over the scored answers to one wording of a question in one test.

    `x` is the share of the question's points, `y` that of the rest of the paper; `picks` counts
    the options of the bank that were chosen. Added to by the counting task, read by analysis.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="statistics")
    version = models.PositiveIntegerField()
    # The test: a thing of the tenant, such as a topic, and which of its tests.
    subject_uuid = models.UUIDField()
    purpose = models.CharField(max_length=20)
    answers = models.PositiveIntegerField(default=0)
    blank = models.PositiveIntegerField(default=0)
    right = models.PositiveIntegerField(default=0)
    x = models.FloatField(default=0)
    xx = models.FloatField(default=0)
    y = models.FloatField(default=0)
    yy = models.FloatField(default=0)
    xy = models.FloatField(default=0)
    picks = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["question", "version", "subject_uuid", "purpose"],
                name="one_statistic_per_test",
            )
        ]
        indexes = [models.Index(fields=["subject_uuid", "purpose"], name="statistics_of_test")]

    def __str__(self) -> str:
        return f"{self.question_id} version {self.version}: {self.answers}"
