"""Choices of the tenant itself."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class CorpuRole(models.TextChoices):
    """Seats of an ASN corporate university, from the top; a tenant may write them otherwise."""

    DIRECTOR = "director", _("Pengarah")
    CHAIR = "chair", _("Ketua")
    VICE_CHAIR = "vice_chair", _("Wakil ketua bidang")
    CHIEF_OF_LEARNING = "chief_of_learning", _("Chief of Learning")
    LEARNING_MANAGER = "learning_manager", _("Manajer pembelajaran")
    MEMBER = "member", _("Anggota")


class Audience(models.TextChoices):
    """Whom an announcement is for."""

    PUBLIC = "public", _("Semua orang, di beranda")
    MEMBERS = "members", _("Semua anggota penyelenggara ini")
    WORKERS = "workers", _("Pemegang peran di unit pelatihan")
    TOPIC = "topic", _("Peserta satu topik")
