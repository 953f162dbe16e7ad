"""Choices of classes that both sides of a proposal read."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Mode(models.TextChoices):
    """How an offering is held."""

    OPEN = "open", _("E-learning terbuka")
    WINDOW = "window", _("E-learning berjangka")
    CLASSICAL = "classical", _("Klasikal")
    BLENDED = "blended", _("Campuran (blended)")


class OfferingState(models.TextChoices):
    """Life of an offering."""

    DRAFT = "draft", _("Draf")
    OPEN = "open", _("Pendaftaran dibuka")
    RUNNING = "running", _("Berjalan")
    CLOSED = "closed", _("Selesai")
    CANCELLED = "cancelled", _("Dibatalkan")


#: States in which an offering can be found by people.
ANNOUNCED = (OfferingState.OPEN, OfferingState.RUNNING, OfferingState.CLOSED)
#: States in which people can still be seated.
SEATING = (OfferingState.OPEN, OfferingState.RUNNING)


class ProposalState(models.TextChoices):
    """What the provider has said to one proposed person."""

    PROPOSED = "proposed", _("Menunggu jawaban")
    SEATED = "seated", _("Diterima")
    WAITING = "waiting", _("Daftar tunggu")
    RETURNED = "returned", _("Dikembalikan")
    WITHDRAWN = "withdrawn", _("Ditarik")
    COMPLETED = "completed", _("Selesai")
    ABSENT = "absent", _("Tidak memenuhi")


#: States that use a place of the agency's quota.
USING_QUOTA = (
    ProposalState.PROPOSED,
    ProposalState.SEATED,
    ProposalState.WAITING,
    ProposalState.COMPLETED,
    ProposalState.ABSENT,
)
