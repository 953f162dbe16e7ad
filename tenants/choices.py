"""Choices of the agency register, of tenants and of their things."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class AgencyKind(models.TextChoices):
    """Kinds of government agency (instansi)."""

    MINISTRY = "kementerian", _("Kementerian")
    LPNK = "lpnk", _("Lembaga pemerintah nonkementerian")
    SECRETARIAT = "sekretariat_lembaga", _("Sekretariat lembaga negara")
    OTHER = "lembaga_lain", _("Lembaga lain")
    PROVINCE = "pemprov", _("Pemerintah provinsi")
    REGENCY = "pemkab", _("Pemerintah kabupaten")
    CITY = "pemkot", _("Pemerintah kota")


class AgencyStatus(models.TextChoices):
    """Life of an agency: active, or what became of it."""

    ACTIVE = "aktif", _("Aktif")
    SPLIT = "dipecah", _("Dipecah")
    MERGED = "digabung", _("Digabung")
    CHANGED = "diubah", _("Diubah")


class ThingKind(models.TextChoices):
    """Kinds of a tenant's things, which shared tables name by (tenant, kind, uuid)."""

    TOPIC = "topic", _("Topik")
    OFFERING = "offering", _("Kelas")


class TenantState(models.TextChoices):
    """Life of a tenant's schema."""

    OPENING = "opening", _("Sedang dibuka")
    ACTIVE = "active", _("Aktif")
    SUSPENDED = "suspended", _("Dihentikan sementara")
