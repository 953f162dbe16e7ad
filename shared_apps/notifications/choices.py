"""Choices of notifications."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Delivery(models.TextChoices):
    """When a notice of a kind also goes out by mail; the inbox has it in any case."""

    NOW = "now", _("Segera")
    DAILY = "daily", _("Ringkasan harian")
    OFF = "off", _("Tanpa e-mail")
