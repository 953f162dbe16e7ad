"""Choices of the question bank."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class QuestionKind(models.TextChoices):
    """Types of question; each has its own shape of `body` and `key`."""

    SINGLE = "single", _("Pilihan tunggal")
