"""Choices of learning."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class TopicState(models.TextChoices):
    """Whether learners can find a topic."""

    DRAFT = "draft", _("Draf")
    PUBLISHED = "published", _("Terbit")
    ARCHIVED = "archived", _("Arsip")


class VersionState(models.TextChoices):
    """How far one version of a topic is."""

    DRAFT = "draft", _("Draf")
    REVIEW = "review", _("Ditelaah")
    PUBLISHED = "published", _("Terbit")
    SUPERSEDED = "superseded", _("Digantikan")


class TestPurpose(models.TextChoices):
    """The two tests of a topic."""

    # Not a test class for pytest to collect.
    __test__ = False

    PRE = "pre", _("Pre-test")
    POST = "post", _("Post-test")
