"""Questions and the categories that hold them."""

import uuid

from django.db import models

from tenant_apps.question_bank.choices import QuestionKind


class Category(models.Model):
    """A set of questions, named by what it serves (a topic's questions: `topic/<slug>`)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    code = models.CharField(max_length=120, unique=True)
    name = models.CharField(max_length=200)

    def __str__(self) -> str:
        return self.name


class Question(models.Model):
    """One question in its present wording; papers freeze their own copy.

    For `single`: `body` is {"stem": html, "options": [{"id": text, "html": html}]} and `key` is
    {"right": option id, "explanation": html}. The key never leaves the server before the result.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    category = models.ForeignKey(Category, on_delete=models.PROTECT, related_name="questions")
    code = models.CharField(max_length=60)
    kind = models.CharField(max_length=10, choices=QuestionKind)
    # Key of the section of the material that the question asks about.
    section = models.CharField(max_length=60, blank=True)
    version = models.PositiveIntegerField(default=1)
    body = models.JSONField()
    key = models.JSONField()
    retired = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["category", "code"], name="one_question_per_code")
        ]

    def __str__(self) -> str:
        return self.code
