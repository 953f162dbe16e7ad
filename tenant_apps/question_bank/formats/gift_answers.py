"""What stands between the braces of a GIFT question: its type and its answers."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from django.utils.translation import gettext as _

from tenant_apps.question_bank.choices import QuestionKind
from tenant_apps.question_bank.formats import html_text
from tenant_apps.question_bank.formats.extras import Extras
from tenant_apps.question_bank.formats.figures import NotANumber, middle, number, percent, plain
from tenant_apps.question_bank.formats.gift_text import FORMAT, marks, show_arrow, unescape
from tenant_apps.question_bank.items import FALSE, FULL, NOTHING, TRUE, Choice, Pair

_TRUTH = re.compile(r"\s*(T|TRUE|F|FALSE)\s*", re.I)
_WEIGHT = re.compile(r"\s*%([^%\n]*)%")
_RANGE = re.compile(r"(.+?)\.\.(.+)", re.S)


@dataclass
class Answers:
    """The answers of one question as they were understood."""

    kind: QuestionKind = QuestionKind.ESSAY
    choices: list[Choice] = field(default_factory=list)
    pairs: list[Pair] = field(default_factory=list)
    explanation: str = ""
    faults: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)


@dataclass
class _Part:
    """One answer as written: its mark (`=` or `~`), weight, text and feedback."""

    mark: str
    text: str
    feedback: str
    weight: Decimal | None = None


def answers_of(inside: str, form: str, extras: Extras) -> Answers:
    """Return the answers of a question whose text has the given format."""
    found = Answers()
    body, general = _general(inside)
    found.explanation = _shown(general, form, found)
    truth, *feedbacks = _split(body, "#")
    if body.lstrip().startswith("#"):
        _numerical(body.lstrip()[1:], form, found)
    elif not body.strip():
        found.kind = QuestionKind.ESSAY
    elif _TRUTH.fullmatch(truth):
        _true_false(truth.strip().upper().startswith("T"), feedbacks, form, found)
    else:
        _chosen(body, form, extras, found)
    return found


def _general(inside: str) -> tuple[str, str]:
    for place, mark in marks(inside):
        if mark == "####":
            return inside[:place], inside[place + 4 :]
    return inside, ""


def _split(text: str, wanted: str) -> list[str]:
    """Split at every unescaped mark of one kind."""
    pieces, start = [], 0
    for place, mark in marks(text):
        if mark == wanted:
            pieces.append(text[start:place])
            start = place + len(mark)
    return [*pieces, text[start:]]


def _shown(text: str, form: str, found: Answers) -> str:
    """Return a text as Markdown; it may name a format of its own."""
    named = FORMAT.match(text)
    if named:
        form, text = named[1].lower(), text[named.end() :]
    shown = html_text.from_format(unescape(text), form)
    found.warnings += [warning for warning in shown.warnings if warning not in found.warnings]
    return shown.text


def _parts(body: str, found: Answers) -> list[_Part]:
    """Return the answers that start with `=` or `~`, in order."""
    starts = [(place, mark) for place, mark in marks(body) if mark in "=~"]
    lead = body[: starts[0][0]] if starts else body
    if lead.strip():
        found.faults.append(
            _('Setiap jawaban diawali = (benar) atau ~ (salah); "{text}" tidak.').format(
                text=lead.strip()[:40]
            )
        )
    ends = [place for place, _mark in starts[1:]] + [len(body)]
    parts = []
    for (start, mark), end in zip(starts, ends, strict=False):
        text, *rest = _split(body[start + 1 : end], "#")
        parts.append(_Part(mark, text, "#".join(rest)))
    return _without_nothing_before(parts)


def _weigh(parts: list[_Part], found: Answers) -> None:
    """Take the weights (`%50%`) off the texts. Matching questions have none in GIFT."""
    for part in parts:
        weight = _WEIGHT.match(part.text)
        if weight:
            part.text = part.text[weight.end() :]
            try:
                part.weight = percent(weight[1])
            except NotANumber as error:
                found.faults.append(str(error))
                part.weight = NOTHING


def _without_nothing_before(parts: list[_Part]) -> list[_Part]:
    """Read `~=right` as `=right`: Moodle writes it so in older files."""
    kept: list[_Part] = []
    for part in parts:
        if kept and part.mark == "=" and kept[-1].mark == "~" and not kept[-1].text.strip():
            kept.pop()
        kept.append(part)
    return kept


def _true_false(is_true: bool, feedbacks: Sequence[str], form: str, found: Answers) -> None:
    """Fill in a true/false question: the first feedback is for the wrong answer."""
    found.kind = QuestionKind.TRUE_FALSE
    wrong, right = ([_shown(text, form, found) for text in feedbacks] + ["", ""])[:2]
    if len(feedbacks) > 2:
        found.faults.append(_("Soal benar/salah punya paling banyak dua umpan balik (#)."))
    of_true, of_false = (right, wrong) if is_true else (wrong, right)
    found.choices = [
        Choice(TRUE, FULL if is_true else NOTHING, feedback=of_true),
        Choice(FALSE, NOTHING if is_true else FULL, feedback=of_false),
    ]


def _chosen(body: str, form: str, extras: Extras, found: Answers) -> None:
    """Fill in a choice, matching or short-answer question."""
    parts = _parts(body, found)
    rights = [part for part in parts if part.mark == "="]
    is_matching = len(rights) == len(parts) and any("->" in part.text for part in parts)
    if not is_matching or extras.is_short:
        _weigh(parts, found)
    if len(rights) < len(parts):
        # As in Moodle: with a `=` one answer is ticked, without it several.
        found.kind = QuestionKind.SINGLE if rights else QuestionKind.MULTIPLE
        for part in parts:
            usual = FULL if part.mark == "=" else NOTHING
            weight = usual if part.weight is None else part.weight
            text = _shown(part.text, form, found)
            found.choices.append(Choice(text, weight, feedback=_shown(part.feedback, form, found)))
    elif is_matching and not extras.is_short:
        found.kind = QuestionKind.MATCHING
        for part in parts:
            _pair(part, form, found)
    else:
        found.kind = QuestionKind.SHORT
        for part in parts:
            weight = FULL if part.weight is None else part.weight
            feedback = _shown(part.feedback, form, found)
            named = FORMAT.match(part.text)
            text = unescape(part.text[named.end() :] if named else part.text)
            found.choices.append(Choice(" ".join(text.split()), weight, feedback=feedback))


def _pair(part: _Part, form: str, found: Answers) -> None:
    prompt, arrow, answer = part.text.partition("->")
    if not arrow:
        found.faults.append(
            _('Pasangan "{text}" tidak punya tanda panah ->.').format(text=part.text.strip()[:40])
        )
        return
    if part.feedback.strip():
        found.warnings.append(_("Soal menjodohkan tidak punya umpan balik per pasangan."))
    found.pairs.append(
        Pair(
            show_arrow(_shown(prompt, form, found)),
            show_arrow(_shown(answer, form, found)),
        )
    )


def _numerical(body: str, form: str, found: Answers) -> None:
    """Fill in a numerical question: `3:0.5`, `1..5`, or several answers with weights."""
    found.kind = QuestionKind.NUMERICAL
    if any(mark in "=~" for _place, mark in marks(body)):
        parts = _parts(body, found)
    else:
        text, *rest = _split(body, "#")
        parts = [_Part("=", text, "#".join(rest))]
    _weigh(parts, found)
    for part in parts:
        feedback = _shown(part.feedback, form, found)
        if part.mark == "~" and part.text.strip() in ("", "*"):
            if feedback:
                found.warnings.append(
                    _("Umpan balik untuk angka lain tidak dipakai: {text}").format(
                        text=feedback[:60]
                    )
                )
            continue
        try:
            value, tolerance = value_of(unescape(part.text))
        except NotANumber as error:
            found.faults.append(str(error))
            continue
        usual = FULL if part.mark == "=" else NOTHING
        weight = usual if part.weight is None else part.weight
        found.choices.append(Choice(plain(value), weight, 0, tolerance, feedback))


def value_of(text: str) -> tuple[Decimal, Decimal]:
    """Return (value, tolerance) of `3`, `3:0.5` or `1..5`; raises NotANumber."""
    spread = _RANGE.fullmatch(text)
    if spread:
        low, high = number(spread[1]), number(spread[2])
        if low > high:
            raise NotANumber(
                _('Rentang "{text}" terbalik: tulis yang kecil dulu.').format(text=text[:40])
            )
        return middle(low, high)
    value, colon, tolerance = text.partition(":")
    allowed = number(tolerance) if colon and tolerance.strip() else NOTHING
    return number(value), allowed
