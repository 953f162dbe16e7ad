"""Choices of accounts."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class EmploymentKind(models.TextChoices):
    """Kinds of civil servant, read from the number (NIP or NI PPPK)."""

    PNS = "pns", _("PNS")
    PPPK = "pppk", _("PPPK")


class IdentityState(models.TextChoices):
    """How far a NIP and home agency can be trusted."""

    DECLARED = "declared", _("Dinyatakan sendiri")
    CONFIRMED = "confirmed", _("Dikonfirmasi")
    DISPUTED = "disputed", _("Dipersoalkan")
    REJECTED = "rejected", _("Ditolak")


#: States in which an identity holds its number: nobody else may hold the same one.
HOLDING = (IdentityState.DECLARED, IdentityState.CONFIRMED)


class Zone(models.TextChoices):
    """Zones of the country."""

    WESTERN = "Asia/Jakarta", _("WIB (Indonesia Barat)")
    CENTRAL = "Asia/Makassar", _("WITA (Indonesia Tengah)")
    EASTERN = "Asia/Jayapura", _("WIT (Indonesia Timur)")
