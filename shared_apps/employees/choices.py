"""Choices of employees, with the names that the field uses and the ids of SIASN."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class StaffKind(models.TextChoices):
    """Kinds of civil servant (ASN), finer than a number alone tells."""

    PNS = "pns", _("PNS")
    CPNS = "cpns", _("CPNS")
    PPPK = "pppk", _("PPPK")
    PPPK_PART_TIME = "pppk_pw", _("PPPK paruh waktu")


class PostKind(models.TextChoices):
    """Kinds of post (jenis jabatan)."""

    STRUCTURAL = "struktural", _("Struktural")
    FUNCTIONAL = "fungsional", _("Fungsional")
    BOTH = "rangkap", _("Rangkap")
    EXECUTIVE = "pelaksana", _("Pelaksana")


#: jenisJabatan of SIASN; "fungsional umum" is its older word for pelaksana.
POST_KIND_IDS = {
    "1": PostKind.STRUCTURAL,
    "2": PostKind.FUNCTIONAL,
    "3": PostKind.BOTH,
    "4": PostKind.EXECUTIVE,
}


class Standing(models.TextChoices):
    """Legal position (kedudukan hukum); the rule `employees.active` says which count as active."""

    ACTIVE = "aktif", _("Aktif")
    UNPAID_LEAVE = "cltn", _("Cuti di luar tanggungan negara (CLTN)")
    STUDY = "tugas_belajar", _("Tugas belajar")
    SUSPENDED = "berhenti_sementara", _("Pemberhentian sementara")
    SECONDED = "tugas_luar", _("Penugasan di luar instansi")
    RETIRED = "pensiun", _("Pensiun")


#: kedudukanHukum of SIASN, as far as its numbers are known.
STANDING_IDS = {
    "01": Standing.ACTIVE,
    "02": Standing.UNPAID_LEAVE,
    "03": Standing.STUDY,
    "04": Standing.SUSPENDED,
    "99": Standing.RETIRED,
}

#: Golongan of PNS: printed form, id of SIASN, pangkat.
PNS_GRADES = (
    ("I/a", "11", "Juru Muda"),
    ("I/b", "12", "Juru Muda Tingkat I"),
    ("I/c", "13", "Juru"),
    ("I/d", "14", "Juru Tingkat I"),
    ("II/a", "21", "Pengatur Muda"),
    ("II/b", "22", "Pengatur Muda Tingkat I"),
    ("II/c", "23", "Pengatur"),
    ("II/d", "24", "Pengatur Tingkat I"),
    ("III/a", "31", "Penata Muda"),
    ("III/b", "32", "Penata Muda Tingkat I"),
    ("III/c", "33", "Penata"),
    ("III/d", "34", "Penata Tingkat I"),
    ("IV/a", "41", "Pembina"),
    ("IV/b", "42", "Pembina Tingkat I"),
    ("IV/c", "43", "Pembina Utama Muda"),
    ("IV/d", "44", "Pembina Utama Madya"),
    ("IV/e", "45", "Pembina Utama"),
)
#: Golongan of PPPK, in order; they have no pangkat.
PPPK_GRADES = (
    "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV", "XV",
    "XVI", "XVII",
)  # fmt: skip
#: Every grade with what a list of choices shows; legal terms, the same in every language.
GRADES: tuple[tuple[str, str], ...] = (
    *((grade, f"{grade} {rank}") for grade, _id, rank in PNS_GRADES),
    *((grade, f"{grade} (PPPK)") for grade in PPPK_GRADES),
)


class Subject(models.TextChoices):
    """What a line of an import is about."""

    PERSON = "pegawai", _("Pegawai")
    UNIT = "unit", _("Unit kerja")


class Action(models.TextChoices):
    """What applying a line of an import will do."""

    NEW = "baru", _("Baru")
    CHANGED = "berubah", _("Berubah")
    LEFT = "keluar", _("Keluar")
    FAULT = "salah", _("Kesalahan")


class ImportState(models.TextChoices):
    """Life of an import."""

    READING = "reading", _("Sedang diperiksa")
    READY = "ready", _("Menunggu penerapan")
    APPLYING = "applying", _("Sedang diterapkan")
    APPLIED = "applied", _("Sudah diterapkan")
    DISCARDED = "discarded", _("Dibuang")
