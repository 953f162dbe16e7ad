"""What a question must be like to be asked; each refusal names the field of QuestionItem."""

import re
from collections.abc import Callable, Sequence
from decimal import Decimal

from django.utils.translation import gettext as _

from tenant_apps.question_bank.choices import QuestionKind
from tenant_apps.question_bank.errors import QuestionNotValid
from tenant_apps.question_bank.items import FULL, NOTHING, QuestionItem

LONGEST_CODE = 60
LONGEST_TEXT = 10_000
LONGEST_OPTION = 2_000
LONGEST_ACCEPTED = 200
MOST_OPTIONS = 20
MOST_TAGS = 20
MOST_POINTS = 100
MOST_IMAGES = 20
#: Labels that start so carry what other programs have no place for (`formats.extras`).
RESERVED_TAG = "lintas:"
# Thirds and sixths are written with five decimals, so that their sum may miss 100 by a little.
NEARLY = Decimal("0.01")
NUMBER = re.compile(r"[+-]?\d{1,20}(\.\d{1,20})?")
NAME = re.compile(r"[\w.\-]{1,120}")
# Bounded, so that a text of nothing but brackets takes no time.
IMAGE = re.compile(r"!\[(?P<alt>[^\]]{0,500})\]\((?P<name>[^)\n]{0,500})\)")


def _refuse(field: str, text: str) -> QuestionNotValid:
    return QuestionNotValid(text, field=field)


def check(item: QuestionItem) -> None:
    """Raise QuestionNotValid for the first thing that keeps the question from being asked."""
    if not item.stem.strip():
        raise _refuse("stem", _("Tulis pertanyaannya."))
    for field, longest in (
        ("stem", LONGEST_TEXT), ("explanation", LONGEST_TEXT), ("guidance", LONGEST_TEXT),
        ("code", LONGEST_CODE), ("section", 60), ("regulation", 200),
    ):  # fmt: skip
        text = getattr(item, field)
        if len(text) > longest:
            raise _refuse(field, _("Paling panjang {longest} huruf.").format(longest=longest))
        if "\0" in text:
            raise _refuse(field, _("Teks ini berisi huruf yang tidak dapat disimpan."))
    if len(item.tags) > MOST_TAGS or any(
        not 0 < len(tag) <= 40 or "\0" in tag for tag in item.tags
    ):
        raise _refuse("tags", _("Paling banyak 20 label, masing-masing paling panjang 40 huruf."))
    if any("," in tag or ";" in tag or tag.startswith(RESERVED_TAG) for tag in item.tags):
        raise _refuse(
            "tags", _("Label tanpa koma dan titik koma, dan tidak diawali {word}.").format(
                word=RESERVED_TAG
            ),
        )  # fmt: skip
    _check_images(item)
    _KINDS[item.kind](item)


def texts(item: QuestionItem) -> list[str]:
    """Return every text of a question that may show an image."""
    return [
        item.stem,
        item.explanation,
        item.guidance,
        *(choice.text for choice in item.choices),
        *(text for pair in item.pairs for text in (pair.prompt, pair.answer)),
    ]


def _check_images(item: QuestionItem) -> None:
    if len(item.images) > MOST_IMAGES:
        raise _refuse(
            "images", _("Paling banyak {most} gambar dalam satu soal.").format(most=MOST_IMAGES)
        )
    if not all(NAME.fullmatch(name) for name in item.images):
        raise _refuse("images", _("Nama gambar tanpa spasi dan tanda kurung."))
    if item.kind in {QuestionKind.SHORT, QuestionKind.NUMERICAL}:
        shown = [item.stem, item.explanation]
    else:
        shown = texts(item)
    for found in (found for text in shown for found in IMAGE.finditer(text)):
        if found["name"] not in item.images:
            raise _refuse(
                "images",
                _("Gambar {name} disebut di soal, tetapi berkasnya tidak ada.").format(
                    name=found["name"][:80]
                ),
            )


def _check_options(item: QuestionItem, *, least: int = 2) -> None:
    if not least <= len(item.choices) <= MOST_OPTIONS:
        raise _refuse(
            "choices",
            _("Beri {least} sampai {most} jawaban.").format(least=least, most=MOST_OPTIONS),
        )
    _check_texts("choices", [choice.text for choice in item.choices], LONGEST_OPTION)
    _unlike("choices", [choice.text.strip() for choice in item.choices])
    for choice in item.choices:
        if len(choice.feedback) > LONGEST_OPTION or "\0" in choice.feedback:
            raise _refuse("choices", _("Umpan balik sebuah jawaban terlalu panjang."))
        _check_percent(choice.percent)


def _check_texts(field: str, found: Sequence[str], longest: int) -> None:
    if any(not text.strip() for text in found):
        raise _refuse(field, _("Ada jawaban yang kosong."))
    if any(len(text) > longest or "\0" in text for text in found):
        raise _refuse(
            field, _("Sebuah jawaban paling panjang {longest} huruf.").format(longest=longest)
        )


def _unlike(field: str, found: Sequence[str]) -> None:
    for index, text in enumerate(found):
        if text in found[:index]:
            raise _refuse(field, _("Ada jawaban yang sama: {text}").format(text=text[:80]))


def _check_percent(percent: Decimal) -> None:
    if not percent.is_finite() or not -FULL <= percent <= FULL:
        raise _refuse("choices", _("Bobot jawaban berkisar dari −100 sampai 100 persen."))
    if percent != round(percent, 5):
        raise _refuse("choices", _("Bobot jawaban paling banyak lima angka di belakang koma."))


def _check_single(item: QuestionItem) -> None:
    _check_options(item)
    # Other programs allow several full answers where one is chosen: each earns all points.
    if not any(choice.percent == FULL for choice in item.choices):
        raise _refuse("choices", _("Tandai jawaban yang benar; bobotnya 100 persen."))


def _check_true_false(item: QuestionItem) -> None:
    _check_options(item)
    if len(item.choices) != 2:
        raise _refuse("choices", _("Soal benar atau salah punya tepat dua jawaban."))
    if sorted(choice.percent for choice in item.choices) != [NOTHING, FULL]:
        raise _refuse("choices", _("Tandai tepat satu jawaban yang benar."))


def _check_multiple(item: QuestionItem) -> None:
    _check_options(item)
    total = sum((choice.percent for choice in item.choices if choice.percent > 0), NOTHING)
    if not total:
        raise _refuse("choices", _("Tandai sedikitnya satu jawaban yang benar."))
    if abs(total - FULL) > NEARLY:
        raise _refuse("choices", _("Bobot jawaban yang benar harus berjumlah 100 persen."))


def _check_weighted(item: QuestionItem) -> None:
    _check_options(item)
    if any(not 1 <= choice.points <= 5 for choice in item.choices):
        raise _refuse("choices", _("Setiap jawaban bernilai 1 sampai 5."))


def _check_accepted(item: QuestionItem) -> None:
    if not 1 <= len(item.choices) <= MOST_OPTIONS:
        raise _refuse(
            "choices", _("Beri {least} sampai {most} jawaban.").format(least=1, most=MOST_OPTIONS)
        )
    _check_texts("choices", [choice.text for choice in item.choices], LONGEST_ACCEPTED)
    for choice in item.choices:
        _check_percent(choice.percent)
        if choice.percent < 0:
            raise _refuse("choices", _("Bobot jawaban isian tidak boleh kurang dari 0."))
    if not any(choice.percent == FULL for choice in item.choices):
        raise _refuse("choices", _("Beri sedikitnya satu jawaban yang bernilai penuh."))


def _check_numerical(item: QuestionItem) -> None:
    _check_accepted(item)
    for choice in item.choices:
        if not NUMBER.fullmatch(choice.text):
            raise _refuse(
                "choices",
                _("{text} bukan angka; tulis misalnya 12 atau 12.5.").format(text=choice.text[:40]),
            )
        if not choice.tolerance.is_finite() or choice.tolerance < 0:
            raise _refuse("choices", _("Toleransi berupa angka, 0 atau lebih."))


def _check_matching(item: QuestionItem) -> None:
    rows = [pair for pair in item.pairs if pair.prompt.strip()]
    if len(rows) < 2 or len(item.pairs) > MOST_OPTIONS:
        raise _refuse(
            "pairs",
            _("Beri sedikitnya dua pasangan dan paling banyak {most} baris.").format(
                most=MOST_OPTIONS
            ),
        )
    _check_texts("pairs", [pair.answer for pair in item.pairs], LONGEST_OPTION)
    _check_texts("pairs", [pair.prompt for pair in rows], LONGEST_OPTION)
    if any(IMAGE.search(pair.answer) for pair in item.pairs):
        raise _refuse("pairs", _("Gambar hanya di sisi kiri pasangan; jawabannya teks."))
    _unlike("pairs", [pair.prompt.strip() for pair in rows])
    if len({pair.answer for pair in item.pairs}) < 2:
        raise _refuse("pairs", _("Beri sedikitnya dua jawaban yang berbeda."))


def _check_essay(item: QuestionItem) -> None:
    if not 1 <= len(item.rubric) <= MOST_OPTIONS:
        raise _refuse(
            "rubric", _("Beri 1 sampai {most} kriteria penilaian.").format(most=MOST_OPTIONS)
        )
    for row in item.rubric:
        if not row.text.strip() or len(row.text) > LONGEST_OPTION or "\0" in row.text:
            raise _refuse("rubric", _("Setiap kriteria punya nama."))
        if not 1 <= row.points <= MOST_POINTS:
            raise _refuse(
                "rubric", _("Poin sebuah kriteria 1 sampai {most}.").format(most=MOST_POINTS)
            )


_KINDS: dict[QuestionKind, Callable[[QuestionItem], None]] = {
    QuestionKind.SINGLE: _check_single,
    QuestionKind.MULTIPLE: _check_multiple,
    QuestionKind.TRUE_FALSE: _check_true_false,
    QuestionKind.MATCHING: _check_matching,
    QuestionKind.SHORT: _check_accepted,
    QuestionKind.NUMERICAL: _check_numerical,
    QuestionKind.ESSAY: _check_essay,
    QuestionKind.WEIGHTED: _check_weighted,
}
