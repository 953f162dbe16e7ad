"""Choices of the catalogue."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Visibility(models.TextChoices):
    """Who may find an entry and open what it leads to."""

    OWN = "own", _("Instansi sendiri")
    CHOSEN = "chosen", _("Instansi terpilih")
    ALL_ASN = "all_asn", _("Semua ASN")
    PUBLIC = "public", _("Umum")
