"""Choices of the register."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class RegulationKind(models.TextChoices):
    """Kinds of regulation; the value is the first part of a regulation's key."""

    UU = "uu", _("UU")
    PERPPU = "perppu", _("Perppu")
    PP = "pp", _("PP")
    PERPRES = "perpres", _("Perpres")
    KEPPRES = "keppres", _("Keppres")
    INPRES = "inpres", _("Inpres")
    PERMENPAN = "permenpan", _("Permenpan-RB")
    KEPMENPAN = "kepmenpan", _("Kepmenpan-RB")
    SE_MENPAN = "se-menpan", _("SE Menpan-RB")
    PMK = "pmk", _("PMK")
    PERMENDAGRI = "permendagri", _("Permendagri")
    PERBKN = "perbkn", _("Peraturan BKN")
    KEPKA_BKN = "kepka-bkn", _("Kepka BKN")
    SE_BKN = "se-bkn", _("SE BKN")
    PERLAN = "perlan", _("Peraturan LAN")
    KEPKA_LAN = "kepka-lan", _("Kepka LAN")
    PERDA = "perda", _("Perda")
    PERKADA = "perkada", _("Peraturan kepala daerah")
    PERMEN = "permen", _("Peraturan menteri")
    KEPUTUSAN = "keputusan", _("Keputusan")
    SE = "se", _("Surat edaran")
    OTHER = "lain", _("Peraturan lain")


class RegulationStatus(models.TextChoices):
    """Whether a regulation holds. Only a checked row's status is told as a fact."""

    UNKNOWN = "unknown", _("Belum diperiksa")
    IN_FORCE = "in_force", _("Berlaku")
    AMENDED = "amended", _("Diubah")
    PARTLY_REVOKED = "partly", _("Dicabut sebagian")
    REVOKED = "revoked", _("Dicabut")


class RelationKind(models.TextChoices):
    """What one regulation does to another."""

    AMENDS = "amends", _("mengubah")
    PARTLY_REVOKES = "partly", _("mencabut sebagian")
    REVOKES = "revokes", _("mencabut")
    IMPLEMENTS = "implements", _("melaksanakan")

    @property
    def passive(self) -> str:
        """The same, told of the regulation to which it is done."""
        return str(_PASSIVE[self.value])


_PASSIVE = {
    "amends": _("diubah oleh"),
    "partly": _("dicabut sebagian oleh"),
    "revokes": _("dicabut oleh"),
    "implements": _("dilaksanakan oleh"),
}
