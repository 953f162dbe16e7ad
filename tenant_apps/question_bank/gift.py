r"""Single-choice questions of a content pack in GIFT, strictly: what is odd is refused.

    $CATEGORY: key-of-the-section

    ::code::Stem? {
    =right answer
    ~wrong answer
    ####Explanation
    }

A pack is written by hand and read as a whole, so the first fault refuses it; imports of the
training unit use `formats.reading`, which judges each question for itself.
"""

from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from tenant_apps.question_bank.choices import QuestionKind
from tenant_apps.question_bank.errors import GiftError
from tenant_apps.question_bank.formats import gift_read
from tenant_apps.question_bank.formats.codes import faults
from tenant_apps.question_bank.formats.parsed import FormatRefused, Parsed
from tenant_apps.question_bank.items import FULL, NOTHING, QuestionItem


@dataclass(frozen=True)
class GiftQuestion:
    """One single-choice question as written; its category names the section."""

    line: int
    category: str
    item: QuestionItem

    @property
    def code(self) -> str:
        """What names the question in its pack."""
        return self.item.code


def parse(text: str) -> list[GiftQuestion]:
    """Return the questions of a GIFT text; raises GiftError at the first thing it cannot read."""
    try:
        reading = gift_read.read_text(text, usual="markdown")
    except FormatRefused as error:
        raise GiftError(str(error), line=1) from error
    if reading.listed_unknown:
        raise GiftError(_("Ada teks tanpa jawaban { } di antara soal."), line=1)
    questions: list[GiftQuestion] = []
    seen: dict[str, int] = {}
    for parsed in reading.items:
        question = _strict(parsed)
        if question.code in seen:
            raise GiftError(
                _("Kode soal {code} sudah dipakai di baris {line}.").format(
                    code=question.code, line=seen[question.code]
                ),
                line=question.line,
            )
        seen[question.code] = question.line
        questions.append(question)
    return questions


def _strict(parsed: Parsed) -> GiftQuestion:
    item = parsed.item
    found = parsed.faults or (faults(item) if item else [])
    if found or item is None:
        raise GiftError(found[0] if found else "", line=parsed.line)
    right = [place for place, choice in enumerate(item.choices) if choice.percent == FULL]
    plain = all(choice.percent in (FULL, NOTHING) for choice in item.choices)
    if item.kind != QuestionKind.SINGLE or len(right) != 1 or not plain:
        raise GiftError(
            _("Soal pilihan tunggal perlu satu jawaban benar dan sedikitnya satu jawaban salah."),
            line=parsed.line,
        )
    if not parsed.titled:
        raise GiftError(
            _("Soal harus ditulis ::kode::pertanyaan { =benar ~salah … } tanpa baris kosong."),
            line=parsed.line,
        )
    return GiftQuestion(
        line=parsed.line,
        category=item.category,
        item=replace(item, category="", section=item.category),
    )
