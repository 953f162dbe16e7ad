"""The nine unsur of the satisfaction survey (Permenpan-RB 14/2017)."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Unsur(models.TextChoices):
    """What each question of the survey measures; the code stays with the question."""

    U1 = "U1", _("Persyaratan")
    U2 = "U2", _("Sistem, mekanisme, dan prosedur")
    U3 = "U3", _("Waktu penyelesaian")
    U4 = "U4", _("Biaya/tarif")
    U5 = "U5", _("Produk spesifikasi jenis pelayanan")
    U6 = "U6", _("Kompetensi pelaksana")
    U7 = "U7", _("Perilaku pelaksana")
    U8 = "U8", _("Penanganan pengaduan, saran, dan masukan")
    U9 = "U9", _("Sarana dan prasarana")
