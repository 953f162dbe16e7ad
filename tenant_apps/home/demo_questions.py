"""One question of each kind, and a blueprint of them, so that a visitor sees them at once."""

from decimal import Decimal
from typing import Any

from tenant_apps.question_bank.choices import Difficulty, QuestionKind
from tenant_apps.question_bank.items import FULL, Choice, Criterion, Pair, QuestionItem
from tenant_apps.question_bank.models import Blueprint
from tenant_apps.question_bank.services.blueprints import BlueprintValues, Part, save_blueprint
from tenant_apps.question_bank.services.questions import save_item

CATEGORY = "Contoh/Semua jenis soal"
NAME = "Contoh: semua jenis soal"
HALF = Decimal(50)
ITEMS = (
    QuestionItem(
        QuestionKind.SINGLE, "contoh-1", "Berapa lama **cuti tahunan** PNS?",
        (
            Choice("12 hari kerja", FULL, feedback="Tepat."),
            Choice("6 hari kerja"),
            Choice("24 hari kerja", feedback="Itu gabungan dua tahun."),
        ),
        explanation="Cuti tahunan paling lama 12 hari kerja.",
    ),
    QuestionItem(
        QuestionKind.MULTIPLE, "contoh-2", "Mana yang termasuk jenis cuti PNS?",
        (
            Choice("Cuti sakit", HALF),
            Choice("Cuti melahirkan", HALF),
            Choice("Cuti pindah rumah", -HALF),
            Choice("Cuti bermain", -HALF),
        ),
        explanation="Jenis cuti disebut satu per satu dalam peraturan.",
    ),
    QuestionItem(
        QuestionKind.TRUE_FALSE, "contoh-3",
        "Cuti tahunan yang tidak diambil gugur seluruhnya pada akhir tahun.",
        (Choice("Benar"), Choice("Salah", FULL)),
        explanation="Sebagian dapat dipakai pada tahun berikutnya.",
        difficulty=Difficulty.EASY,
    ),
    QuestionItem(
        QuestionKind.MATCHING, "contoh-4", "Pasangkan singkatan dengan kepanjangannya.",
        pairs=(
            Pair("PPK", "Pejabat Pembina Kepegawaian"),
            Pair("PyB", "Pejabat yang Berwenang"),
            Pair("JP", "Jam Pelajaran"),
            Pair("", "Jabatan Pelaksana"),
        ),
    ),
    QuestionItem(
        QuestionKind.SHORT, "contoh-5", "Nomor induk seorang PNS disebut …",
        (Choice("NIP", FULL), Choice("nomor induk pegawai", FULL)),
        difficulty=Difficulty.EASY,
    ),
    QuestionItem(
        QuestionKind.NUMERICAL, "contoh-6",
        "Seorang PNS mengikuti 18 jam (60 menit) pelatihan. Berapa JP itu?\n\n"
        "| Satuan | Menit |\n|---|---:|\n| Jam | 60 |\n| JP | 45 |",
        (Choice("24", FULL, tolerance=Decimal("0.5")),),
        explanation="18 × 60 ÷ 45 = 24 JP.",
        difficulty=Difficulty.HARD,
    ),
    QuestionItem(
        QuestionKind.WEIGHTED, "contoh-7",
        "Rekan Anda kesulitan menyelesaikan laporan yang jatuh tempo hari ini. Apa sikap Anda?",
        (
            Choice("Menawarkan bantuan dan menyelesaikannya bersama", points=5),
            Choice("Membantu setelah pekerjaan sendiri selesai", points=4),
            Choice("Menyarankan minta tambahan waktu", points=3),
            Choice("Melaporkannya kepada atasan", points=2),
            Choice("Membiarkannya, karena itu tugasnya", points=1),
        ),
    ),
    QuestionItem(
        QuestionKind.ESSAY, "contoh-8",
        "Jelaskan langkah yang Anda ambil ketika permintaan cuti dua orang bertabrakan.",
        rubric=(Criterion("Alur berpikir runtut", 4), Criterion("Dasar hukum tepat", 6)),
        guidance="Jawaban baik menyebut *pejabat yang berwenang* dan kepentingan layanan.",
        difficulty=Difficulty.HARD,
    ),
)  # fmt: skip


def load_questions(by: Any) -> bool:
    """Load them at the tenant that is open; returns whether they were missing."""
    if Blueprint.objects.filter(name=NAME).exists():
        return False
    category = None
    for item in ITEMS:
        category = save_item(by=by, category=CATEGORY, item=item).category
    assert category is not None
    part = Part(category_id=category.pk, difficulty="", count=len(ITEMS))
    save_blueprint(
        by=by, values=BlueprintValues(name=NAME, parts=[part], minutes=30, review="submitted")
    )
    return True
