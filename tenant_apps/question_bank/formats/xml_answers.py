"""The answers of a Moodle XML question, by type."""

from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from tenant_apps.question_bank.checks import MOST_POINTS
from tenant_apps.question_bank.choices import QuestionKind
from tenant_apps.question_bank.formats import xml_text
from tenant_apps.question_bank.formats.codes import USUAL_CRITERION
from tenant_apps.question_bank.formats.figures import NotANumber, number, percent, plain
from tenant_apps.question_bank.formats.html_text import Pictures
from tenant_apps.question_bank.formats.texts import clean, one_line
from tenant_apps.question_bank.items import FALSE, NOTHING, TRUE, Choice, Criterion, Pair

MOST_ANSWERS = 200


@dataclass
class Draft:
    """A question while it is read."""

    kind: str
    element: Any
    pictures: Pictures
    item_kind: QuestionKind = QuestionKind.SINGLE
    choices: list[Choice] = field(default_factory=list)
    pairs: list[Pair] = field(default_factory=list)
    rubric: tuple[Criterion, ...] = ()
    guidance: str = ""
    case_sensitive: bool = False
    shuffle: bool = True
    faults: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)

    def shown(self, element: Any) -> str:
        """Return a text as Markdown and keep what was lost."""
        text = xml_text.shown(element, self.pictures)
        self.warnings += text.warnings
        return text.text

    def answers(self) -> list[Any]:
        """Return the answer elements; a fault tells of absurdly many."""
        found = self.element.findall("answer")
        if len(found) > MOST_ANSWERS:
            self.faults.append(_("Terlalu banyak jawaban untuk satu soal."))
        return list(found[:MOST_ANSWERS])

    def fraction(self, answer: Any) -> Decimal:
        """Return the percent of an answer."""
        try:
            return percent(str(answer.get("fraction") or "0"))
        except NotANumber as error:
            self.faults.append(str(error))
            return NOTHING


def fill(draft: Draft) -> None:
    """Read the answers of the draft's type into it."""
    KINDS[draft.kind](draft)
    draft.guidance = draft.shown(draft.element.find("graderinfo"))


def _multichoice(draft: Draft) -> None:
    single = xml_text.flag(draft.element, "single", default=True)
    draft.item_kind = QuestionKind.SINGLE if single else QuestionKind.MULTIPLE
    draft.shuffle = xml_text.flag(draft.element, "shuffleanswers", default=True)
    for answer in draft.answers():
        draft.choices.append(
            Choice(
                draft.shown(answer),
                draft.fraction(answer),
                feedback=draft.shown(answer.find("feedback")),
            )
        )


def _truefalse(draft: Draft) -> None:
    draft.item_kind = QuestionKind.TRUE_FALSE
    by_text: dict[str, Choice] = {}
    for answer in draft.answers():
        word = clean(xml_text.inner(answer)).casefold()
        text = TRUE if word in ("true", "benar") else FALSE if word in ("false", "salah") else word
        feedback = draft.shown(answer.find("feedback"))
        by_text.setdefault(text, Choice(text, draft.fraction(answer), feedback=feedback))
    for text in (TRUE, FALSE):
        draft.choices.append(by_text.pop(text, Choice(text)))
    if by_text:
        draft.faults.append(_("Jawaban soal ini harus true atau false."))


def _shortanswer(draft: Draft) -> None:
    draft.item_kind = QuestionKind.SHORT
    draft.case_sensitive = xml_text.flag(draft.element, "usecase", default=False)
    for answer in draft.answers():
        text, weight = one_line(xml_text.inner(answer)), draft.fraction(answer)
        feedback = draft.shown(answer.find("feedback"))
        draft.choices.append(Choice(text, weight, feedback=feedback))


def _numerical(draft: Draft) -> None:
    draft.item_kind = QuestionKind.NUMERICAL
    for answer in draft.answers():
        text, weight = clean(xml_text.inner(answer)), draft.fraction(answer)
        feedback = draft.shown(answer.find("feedback"))
        if text == "*" and weight <= NOTHING:
            if feedback:
                draft.warnings.append(
                    _("Umpan balik untuk angka lain tidak dipakai: {text}").format(
                        text=feedback[:60]
                    )
                )
            continue
        try:
            value = number(text)
            tolerance = number(answer.findtext("tolerance") or "0")
        except NotANumber as error:
            draft.faults.append(str(error))
            continue
        draft.choices.append(Choice(plain(value), weight, 0, tolerance, feedback))
    units = [one_line(text) for text in xml_text.words(draft.element, "units/unit/unit_name")]
    if units:
        draft.warnings.append(
            _("Satuan tidak dinilai: {units}. Tulis satuan di pertanyaan.").format(
                units=", ".join(units)[:100]
            )
        )


def _matching(draft: Draft) -> None:
    draft.item_kind = QuestionKind.MATCHING
    draft.shuffle = xml_text.flag(draft.element, "shuffleanswers", default=True)
    for pair in draft.element.findall("subquestion")[:MOST_ANSWERS]:
        prompt = draft.shown(pair)
        answer = xml_text.plain(pair, "answer/text")
        if prompt or answer:
            draft.pairs.append(Pair(prompt, answer))


def _essay(draft: Draft) -> None:
    draft.item_kind = QuestionKind.ESSAY
    grade = (draft.element.findtext("defaultgrade") or "").strip().rstrip("0").rstrip(".")
    if grade.isascii() and grade.isdecimal() and 1 < int(grade[:4]) <= MOST_POINTS:
        draft.rubric = (Criterion(USUAL_CRITERION.text, int(grade)),)


KINDS: dict[str, Callable[[Draft], None]] = {
    "multichoice": _multichoice,
    "truefalse": _truefalse,
    "shortanswer": _shortanswer,
    "numerical": _numerical,
    "matching": _matching,
    "match": _matching,
    "essay": _essay,
}
