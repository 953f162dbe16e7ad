"""What a question must fulfil, whoever wrote it: a form, a file, a pack.

Pure: no database. `faults` returns sentences for the author, in the order of the form.
"""

from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal

from django.utils.translation import gettext as _

from tenant_apps.question_bank.choices import QuestionKind
from tenant_apps.question_bank.items import FULL, NOTHING, QuestionItem

LONGEST_CODE = 60
LONGEST_TEXT = 20_000
LONGEST_SHORT_ANSWER = 500
LONGEST_NAME = 100  # one name in the path of a category
LONGEST_CATEGORY = 400
LONGEST_TAG = 60
LONGEST_REGULATION = 300
MOST_CHOICES = 26
MOST_TAGS = 30
MOST_POINTS = 100
#: Tags that start so carry what other programs have no place for (`formats.extras`).
RESERVED_TAG = "lintas:"
#: Three thirds are 99.99999; files of other programs round even more coarsely.
ROUNDING = Decimal("0.05")
TRUE, FALSE = "benar", "salah"


def faults(item: QuestionItem) -> list[str]:
    """Return what keeps this question from being stored; empty when it is right."""
    return [*_heading(item), *_OF_KIND[item.kind](item), *_lengths(item)]


def _heading(item: QuestionItem) -> list[str]:
    found = []
    if not item.code:
        found.append(_("Soal belum punya kode."))
    elif len(item.code) > LONGEST_CODE:
        found.append(_("Kode paling panjang {count} huruf.").format(count=LONGEST_CODE))
    if not item.stem:
        found.append(_("Teks pertanyaan masih kosong."))
    names = item.category.split("/") if item.category else []
    if any(not name.strip() or len(name) > LONGEST_NAME for name in names):
        found.append(
            _("Setiap nama kategori harus berisi, paling panjang {count} huruf.").format(
                count=LONGEST_NAME
            )
        )
    if len(item.category) > LONGEST_CATEGORY:
        found.append(
            _("Kategori dan induknya bersama paling panjang {count} huruf.").format(
                count=LONGEST_CATEGORY
            )
        )
    if len(item.section) > LONGEST_CODE:
        found.append(_("Bagian paling panjang {count} huruf.").format(count=LONGEST_CODE))
    if len(item.regulation) > LONGEST_REGULATION:
        found.append(
            _("Acuan peraturan paling panjang {count} huruf.").format(count=LONGEST_REGULATION)
        )
    if len(item.tags) > MOST_TAGS or any(
        not tag or len(tag) > LONGEST_TAG or "," in tag or tag.startswith(RESERVED_TAG)
        for tag in item.tags
    ):
        found.append(
            _("Tag paling banyak {most}, masing-masing paling panjang {count} huruf.").format(
                most=MOST_TAGS, count=LONGEST_TAG
            )
        )
    return found


def _lengths(item: QuestionItem) -> list[str]:
    texts = [item.stem, item.explanation, item.guidance]
    texts += [text for choice in item.choices for text in (choice.text, choice.feedback)]
    texts += [text for pair in item.pairs for text in (pair.prompt, pair.answer)]
    texts += [criterion.text for criterion in item.rubric]
    if any(len(text) > LONGEST_TEXT for text in texts):
        return [_("Satu teks paling panjang {count} huruf.").format(count=LONGEST_TEXT)]
    return []


def _options(item: QuestionItem, *, least: int = 2) -> list[str]:
    texts = [choice.text for choice in item.choices]
    if len([text for text in texts if text]) < least:
        return [_("Soal ini perlu sedikitnya dua pilihan jawaban.")]
    if not all(texts):
        return [_("Ada pilihan jawaban yang kosong.")]
    return [*_repeated(texts), *_too_many(texts), *_percents(item)]


def _repeated(texts: Sequence[str]) -> list[str]:
    seen: set[str] = set()
    for text in texts:
        if text in seen:
            return [_('Jawaban "{text}" tertulis dua kali.').format(text=text[:60])]
        seen.add(text)
    return []


def _too_many(texts: Sequence[object]) -> list[str]:
    if len(texts) > MOST_CHOICES:
        return [_("Paling banyak {count} jawaban untuk satu soal.").format(count=MOST_CHOICES)]
    return []


def _percents(item: QuestionItem) -> list[str]:
    if any(not -FULL <= choice.percent <= FULL for choice in item.choices):
        return [_("Bobot jawaban harus antara -100 dan 100 persen.")]
    return []


def _best(item: QuestionItem) -> list[str]:
    if item.choices and all(choice.percent != FULL for choice in item.choices):
        return [_("Belum ada jawaban yang bernilai penuh (100 persen).")]
    return []


def _single(item: QuestionItem) -> list[str]:
    return _options(item) or _best(item)


def _multiple(item: QuestionItem) -> list[str]:
    found = _options(item)
    if found:
        return found
    total = sum((c.percent for c in item.choices if c.percent > NOTHING), NOTHING)
    if abs(total - FULL) > ROUNDING:
        return [
            _("Bobot jawaban yang benar berjumlah {total} persen; harus 100.").format(
                total=format(total.normalize(), "f")
            )
        ]
    return []


def _true_false(item: QuestionItem) -> list[str]:
    texts = [choice.text for choice in item.choices]
    percents = sorted(choice.percent for choice in item.choices)
    if texts != [TRUE, FALSE] or percents != [NOTHING, FULL]:
        return [_("Kunci soal ini harus Benar atau Salah.")]
    return []


def _short(item: QuestionItem) -> list[str]:
    texts = [choice.text for choice in item.choices]
    if not texts or not all(texts):
        return [_("Tulis sedikitnya satu jawaban yang diterima; jangan ada yang kosong.")]
    if any(len(text) > LONGEST_SHORT_ANSWER or "\n" in text for text in texts):
        return [
            _("Jawaban isian ditulis satu baris, paling panjang {count} huruf.").format(
                count=LONGEST_SHORT_ANSWER
            )
        ]
    return [*_repeated(texts), *_too_many(texts), *_percents(item), *_best(item)]


def _numerical(item: QuestionItem) -> list[str]:
    if not item.choices:
        return [_("Tulis sedikitnya satu angka yang diterima.")]
    if any(choice.tolerance < NOTHING for choice in item.choices):
        return [_("Toleransi tidak boleh kurang dari nol.")]
    return [*_too_many(item.choices), *_percents(item), *_best(item)]


def _matching(item: QuestionItem) -> list[str]:
    if any(not pair.answer for pair in item.pairs):
        return [_("Ada pasangan tanpa jawaban.")]
    if len([pair for pair in item.pairs if pair.prompt]) < 2:
        return [_("Soal menjodohkan perlu sedikitnya dua pasangan.")]
    if len({pair.answer for pair in item.pairs}) < 2:
        return [_("Soal menjodohkan perlu sedikitnya dua jawaban yang berbeda.")]
    return [*_repeated([p.prompt for p in item.pairs if p.prompt]), *_too_many(item.pairs)]


def _essay(item: QuestionItem) -> list[str]:
    if any(not c.text or not 1 <= c.points <= MOST_POINTS for c in item.rubric):
        return [
            _("Setiap kriteria rubrik berisi teks dan nilai 1 sampai {most}.").format(
                most=MOST_POINTS
            )
        ]
    return _too_many(item.rubric)


def _weighted(item: QuestionItem) -> list[str]:
    found = _options(item)
    if not found and any(not 1 <= choice.points <= 5 for choice in item.choices):
        return [_("Setiap pilihan berbobot bernilai 1 sampai 5.")]
    return found


_OF_KIND: dict[QuestionKind, Callable[[QuestionItem], Iterable[str]]] = {
    QuestionKind.SINGLE: _single,
    QuestionKind.MULTIPLE: _multiple,
    QuestionKind.TRUE_FALSE: _true_false,
    QuestionKind.SHORT: _short,
    QuestionKind.NUMERICAL: _numerical,
    QuestionKind.MATCHING: _matching,
    QuestionKind.ESSAY: _essay,
    QuestionKind.WEIGHTED: _weighted,
}
