"""Choices of the desk."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ItemState(models.TextChoices):
    """Whether an item still waits for its person."""

    OPEN = "open", _("Menunggu")
    DONE = "done", _("Selesai")


class Step(models.TextChoices):
    """The next step of a topic, in the order in which they come."""

    PRE_TEST = "pre_test", _("Pre-test")
    READING = "reading", _("Membaca materi")
    POST_TEST = "post_test", _("Post-test")
    ATTENDANCE = "attendance", _("Tatap muka")
    SURVEY = "survey", _("Survei kepuasan")
    CERTIFICATE = "certificate", _("Sertifikat")


class SeatStep(models.TextChoices):
    """Where a person stands with a class."""

    APPLIED = "applied", _("Menunggu persetujuan")
    WAITING = "waiting", _("Daftar tunggu")
    SEATED = "seated", _("Terdaftar di kelas")
    OVER = "over", _("Kelas selesai")
