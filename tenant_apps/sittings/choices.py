"""Choices of sittings."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class SittingState(models.TextChoices):
    """Life of a sitting."""

    OPEN = "open", _("Sedang dikerjakan")
    SUBMITTED = "submitted", _("Sudah dikumpulkan")
