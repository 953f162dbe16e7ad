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


class Chain(models.TextChoices):
    """Which steps an enrolment goes through."""

    SELF = "self", _("Mandiri")
    BLENDED = "blended", _("Campuran")
    ROOM = "room", _("Tatap muka saja")


class EnrolmentMode(models.TextChoices):
    """How people come into an offering."""

    SELF = "self", _("Mendaftar sendiri")
    APPROVAL = "approval", _("Mendaftar, lalu disetujui")
    ASSIGNED = "assigned", _("Hanya ditetapkan penyelenggara")


class SeatState(models.TextChoices):
    """Where a person stands with an offering."""

    APPLIED = "applied", _("Menunggu persetujuan")
    WAITING = "waiting", _("Daftar tunggu")
    SEATED = "seated", _("Peserta")
    DECLINED = "declined", _("Ditolak")
    WITHDRAWN = "withdrawn", _("Mundur")
    COMPLETED = "completed", _("Selesai")
    ABSENT = "absent", _("Tidak memenuhi")


#: States that take a seat of the capacity.
TAKING = (SeatState.SEATED, SeatState.COMPLETED, SeatState.ABSENT)
#: States from which somebody may sign up anew.
GONE = (SeatState.DECLINED, SeatState.WITHDRAWN)


class SeatSource(models.TextChoices):
    """How somebody came to a seat."""

    SELF = "self", _("Mendaftar sendiri")
    ASSIGNED = "assigned", _("Ditetapkan")
    PROPOSED = "proposed", _("Diusulkan instansi")


class AttendanceWay(models.TextChoices):
    """How presence was recorded."""

    QR = "qr", _("Kode QR")
    LIST = "list", _("Daftar hadir")
    XLSX = "xlsx", _("Berkas XLSX")
