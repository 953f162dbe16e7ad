"""Choices of recognition; codes of forms follow the conversion table of PerLAN 10/2018."""

from django.db import models
from django.utils.translation import gettext_lazy as _

#: The first year whose JP are accepted: that of PerLAN 10/2018, which the conversion follows.
FIRST_YEAR = 2018


class Form(models.TextChoices):
    """Forms of competence development that can be awarded here."""

    MANAGERIAL = "B2", _("Pelatihan manajerial")
    TECHNICAL = "B3", _("Pelatihan teknis")
    FUNCTIONAL = "B4", _("Pelatihan fungsional")
    SOCIO_CULTURAL = "B5", _("Pelatihan sosial kultural")
    SEMINAR = "B6", _("Seminar, konferensi, atau sarasehan")
    WORKSHOP = "B7", _("Workshop atau lokakarya")
    COURSE = "B8", _("Kursus")
    UPGRADING = "B9", _("Penataran")
    GUIDANCE = "B10", _("Bimbingan teknis")
    SOCIALISATION = "B11", _("Sosialisasi")
    E_LEARNING = "C3", _("E-learning")
    DISTANCE = "C4", _("Pelatihan jarak jauh")


class Scope(models.TextChoices):
    """Where an activity takes place."""

    HOME = "home", _("Dalam negeri")
    ABROAD = "abroad", _("Luar negeri")


class Unit(models.TextChoices):
    """What a form's value is counted by."""

    PROGRAMME = "programme", _("JP program")
    DAY = "day", _("JP per hari")


class CapMode(models.TextChoices):
    """What happens above a cap."""

    OFF = "off", _("Tidak dibatasi")
    FLAG = "flag", _("Ditandai")
    TRUNCATE = "truncate", _("Dipotong")


class Design(models.TextChoices):
    """Looks of a certificate that tenants choose from."""

    CLASSIC = "classic", _("Klasik: garis ganda")
    FRAME = "frame", _("Bingkai: ragam kawung")


class Orientation(models.TextChoices):
    """How the page lies."""

    LANDSCAPE = "landscape", _("Mendatar")
    PORTRAIT = "portrait", _("Tegak")
