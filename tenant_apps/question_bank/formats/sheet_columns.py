"""The columns of a question sheet: one row a question, the options in A, B, C …

The layout is told in the notes of the header and shown by one example row for each type.
"""

from collections.abc import Sequence
from functools import cache

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tenant_apps.question_bank.checks import MOST_OPTIONS
from tenant_apps.question_bank.choices import Difficulty, QuestionKind
from toolkit.sheets import Column

LETTERS = [chr(ord("A") + number) for number in range(MOST_OPTIONS)]
#: Options that the template shows; a file may have columns up to T.
SHOWN = 5
ARROW = "=>"


def feedback_key(letter: str) -> str:
    """Return the key of the column with the feedback of one option."""
    return f"umpan balik {letter}"


def columns(letters: int = MOST_OPTIONS, *, required: bool = True) -> list[Column]:
    """Return the columns with as many options; in a template they carry notes and dropdowns."""
    options = LETTERS[:letters]
    return [
        Column("kode", gettext_lazy("Kode"), also=("code",), help=gettext_lazy(
            "Nama pendek yang tetap, misalnya cuti-01. Kode yang sama di kategori yang sama "
            "memperbarui soal itu. Kosong: dibuatkan dari isinya.")),
        Column("jenis", gettext_lazy("Jenis"), also=("type", "jenis soal"), choices=[
            str(kind.label) for kind in QuestionKind], help=gettext_lazy(
            "Pilih dari daftar. Kosong: ditentukan dari kunci.")),
        Column("kategori", gettext_lazy("Kategori"), also=("category",), help=gettext_lazy(
            "Nama kategori; garis miring memisahkan induk dan anaknya: Kepegawaian/Cuti.")),
        Column("bagian", gettext_lazy("Bagian"), also=("section",), help=gettext_lazy(
            "Kunci bagian materi yang ditanyakan. Boleh kosong.")),
        Column("soal", gettext_lazy("Soal"), required=required, also=(
            "question", "pertanyaan"), help=gettext_lazy("Teks pertanyaan (Markdown).")),
        *(
            Column(letter, letter, also=(f"pilihan {letter}", f"option {letter}"), help=(
                gettext_lazy(
                    "Pilihan jawaban. Menjodohkan: pernyataan => jawaban (=> jawaban saja "
                    "untuk pengecoh). Isian: jawaban yang diterima. Isian angka: angka dengan "
                    "titik.") if letter == "A" else ""))
            for letter in options
        ),
        Column("kunci", gettext_lazy("Kunci"), also=("key", "jawaban"), help=gettext_lazy(
            "Huruf jawaban benar: B, atau A, C. Benar atau Salah untuk soal benar/salah.")),
        Column("bobot", gettext_lazy("Bobot"), also=("weight",), help=gettext_lazy(
            "Persen tiap jawaban: A=50; C=50; D=-25. Pilihan berbobot: nilai 1 sampai 5 tiap "
            "pilihan: A=5; B=4. Kosong: sama rata.")),
        Column("toleransi", gettext_lazy("Toleransi"), also=("tolerance",), help=gettext_lazy(
            "Isian angka: selisih yang masih diterima, misalnya 0.5, atau A=0.5; B=1.")),
        Column("tingkat", gettext_lazy("Tingkat"), also=("difficulty",), choices=[
            str(level.label) for level in Difficulty], help=gettext_lazy("Kosong: Sedang.")),
        Column("tag", gettext_lazy("Label"), also=("tags", "label"), help=gettext_lazy(
            "Kata bantu pencarian, dipisah koma.")),
        Column("acuan", gettext_lazy("Acuan peraturan"), also=("acuan", "regulation"),
               help=gettext_lazy("Misalnya PP 11/2017 Pasal 310.")),
        Column("pembahasan", gettext_lazy("Pembahasan"), also=("explanation",),
               help=gettext_lazy("Ditampilkan setelah tes, bila diizinkan.")),
        Column("rubrik", gettext_lazy("Rubrik"), also=("rubric",), help=gettext_lazy(
            "Esai: satu kriteria tiap baris dengan nilai tertingginya: Dasar hukum = 10.")),
        Column("pedoman", gettext_lazy("Pedoman penilaian"), also=("guidance",),
               help=gettext_lazy("Esai: petunjuk bagi penilai.")),
        Column("huruf", gettext_lazy("Bedakan huruf besar"), also=("case sensitive",), choices=[
            _("Ya"), _("Tidak")], help=gettext_lazy("Isian singkat. Kosong: Tidak.")),
        Column("acak", gettext_lazy("Acak pilihan"), also=("shuffle",), choices=[
            _("Ya"), _("Tidak")], help=gettext_lazy("Kosong: Ya.")),
        *(
            Column(feedback_key(letter), gettext_lazy("Umpan balik {letter}").format(letter=letter),
                   also=(f"umpan balik {letter}", f"feedback {letter}"), help="")
            for letter in options
        ),
    ]  # fmt: skip


def both(column: Column) -> Column:
    """Return a column that is also found by its title in the other languages."""
    titles = []
    for language in ("id", "en"):
        with translation.override(language):
            titles.append(str(column.label))
    return Column(column.key, column.label, column.required, also=(*column.also, *titles))


@cache
def words(what: type[QuestionKind] | type[Difficulty]) -> dict[str, str]:
    """Return the values of a dropdown by what people may write: value or label, any language."""
    found: dict[str, str] = {}
    for choice in what:
        found[choice.value] = choice.value
        for language in ("id", "en"):
            with translation.override(language):
                found[str(choice.label).casefold()] = choice.value
    return found


def examples() -> list[Sequence[object]]:
    """Return one row for each type, by the columns of the template."""
    rows: list[dict[str, str]] = [
        {"jenis": QuestionKind.SINGLE, "soal": _("Berapa hari cuti tahunan PNS?"),
         "A": _("12 hari kerja"), "B": _("6 hari kerja"), "C": _("24 hari kerja"),
         "D": _("30 hari kalender"), "kunci": "A", "acuan": "PP 11/2017",
         "pembahasan": _("Cuti tahunan 12 hari kerja.")},
        {"jenis": QuestionKind.MULTIPLE, "soal": _("Mana yang termasuk jenis cuti PNS?"),
         "A": _("Cuti besar"), "B": _("Cuti panjang"), "C": _("Cuti sakit"), "kunci": "A, C",
         "bobot": "A=50; B=-50; C=50"},
        {"jenis": QuestionKind.TRUE_FALSE, "soal": _("PPPK berhak atas cuti tahunan."),
         "kunci": _("Benar")},
        {"jenis": QuestionKind.MATCHING, "soal": _("Jodohkan cuti dengan lamanya."),
         "A": _("Cuti tahunan => 12 hari kerja"), "B": _("Cuti besar => paling lama 3 bulan"),
         "C": _("=> 1 tahun")},
        {"jenis": QuestionKind.SHORT, "soal": _("Apa kepanjangan JP?"),
         "A": _("jam pelajaran"), "B": _("jam*"), "bobot": "A=100; B=50"},
        {"jenis": QuestionKind.NUMERICAL, "soal": _("Berapa JP paling sedikit setahun bagi PNS?"),
         "A": "20", "toleransi": "0"},
        {"jenis": QuestionKind.ESSAY, "soal": _("Jelaskan cara menolak gratifikasi."),
         "rubrik": _("Dasar hukum = 10") + "\n" + _("Langkah yang runtut = 20"),
         "pedoman": _("Nilai penuh bila menyebut batas waktu pelaporan.")},
        {"jenis": QuestionKind.WEIGHTED, "soal": _("Rekan Anda kewalahan. Apa yang Anda lakukan?"),
         "A": _("Menawarkan bantuan"), "B": _("Menunggu diminta"), "C": _("Melapor ke atasan"),
         "bobot": "A=5; B=2; C=3"},
    ]  # fmt: skip
    for number, row in enumerate(rows, start=1):
        row |= {
            "kode": _("contoh-{number}").format(number=number),
            "kategori": _("Contoh/Cuti"),
            "jenis": str(QuestionKind(row["jenis"]).label),
            "tingkat": str(Difficulty.MEDIUM.label),
        }
    return [[row.get(column.key, "") for column in columns(SHOWN)] for row in rows]
