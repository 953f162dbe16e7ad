"""Choices of the question bank."""

from django.db import models
from django.utils.translation import gettext_lazy as _

#: Kind of owner under which images of questions are stored.
FILE_OWNER = "question"
#: Kind of thing under which questions cite regulations.
CITES = "question"


class QuestionKind(models.TextChoices):
    """Types of question; each has its own shape of `body` and `key`."""

    SINGLE = "single", _("Pilihan tunggal")
    MULTIPLE = "multiple", _("Pilihan ganda (lebih dari satu jawaban)")
    TRUE_FALSE = "true_false", _("Benar atau salah")
    MATCHING = "matching", _("Menjodohkan")
    SHORT = "short", _("Isian singkat")
    NUMERICAL = "numerical", _("Isian angka")
    ESSAY = "essay", _("Esai")
    WEIGHTED = "weighted", _("Pilihan berbobot 1–5")


class Difficulty(models.TextChoices):
    """How hard an author thinks that a question is."""

    EASY = "easy", _("Mudah")
    MEDIUM = "medium", _("Sedang")
    HARD = "hard", _("Sulit")


class ReviewPolicy(models.TextChoices):
    """When a person may see the right answers of a test that they took."""

    NEVER = "never", _("Tidak pernah")
    SUBMITTED = "submitted", _("Setelah dikumpulkan")
    PASSED = "passed", _("Setelah lulus")
    CLOSED = "closed", _("Setelah tes ditutup")


class ImportState(models.TextChoices):
    """How far an import of questions is."""

    READING = "reading", _("Diperiksa")
    FAILED = "failed", _("Tidak terbaca")
    READY = "ready", _("Siap diimpor")
    APPLYING = "applying", _("Sedang diimpor")
    APPLIED = "applied", _("Sudah diimpor")


class ImportVerdict(models.TextChoices):
    """What a question of a file is worth."""

    GOOD = "good", _("Baik")
    WARNING = "warning", _("Baik, dengan catatan")
    FAULTY = "faulty", _("Salah")


class ImportOutcome(models.TextChoices):
    """What importing a question does, or did, to the bank."""

    NEW = "new", _("Soal baru")
    CHANGED = "changed", _("Versi baru")
    SAME = "same", _("Tetap sama")
    REFUSED = "refused", _("Ditolak")
