"""Writes questions as GIFT, so that Moodle shows them and we read the same ones back."""

from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _

from tenant_apps.question_bank.choices import QuestionKind
from tenant_apps.question_bank.formats import extras
from tenant_apps.question_bank.formats.figures import percent_text, plain
from tenant_apps.question_bank.formats.gift_text import FORMAT, escape, hide_arrow, remark
from tenant_apps.question_bank.formats.texts import moodle_path
from tenant_apps.question_bank.items import FULL, NOTHING, Choice, QuestionItem


def write(items: Iterable[QuestionItem]) -> Iterator[str]:
    """Yield the parts of a GIFT file."""
    category = None
    yield f"// {_('Soal dalam format GIFT, ditulis dalam UTF-8.')}\n\n"
    for item in items:
        if item.category != category:
            category = item.category
            yield f"$CATEGORY: {moodle_path(category)}\n\n"
        yield f"{_question(item)}\n\n"


def _question(item: QuestionItem) -> str:
    lines = [f"// [id:{_bracketed(item.code)}]"]
    lines += [f"// [tag:{_bracketed(tag)}]" for tag in item.tags]
    pairs = extras.of(item, has_shuffle=False, has_case=False)
    if item.guidance:
        pairs.append(("pedoman", item.guidance))
    if item.kind == QuestionKind.SHORT and any("->" in choice.text for choice in item.choices):
        pairs.append(("jenis", "isian"))
    lines += [remark(key, value) for key, value in pairs]
    general = f"####{_text(item.explanation)}" if item.explanation else ""
    body = "\n".join([*_answers(item), *([general] if general else [])])
    if item.kind == QuestionKind.TRUE_FALSE:
        inside = f"{{{body}}}"
    else:
        inside = f"{{\n{body}\n}}" if body else "{}"
    lines.append(f"::{escape(item.code)}::[markdown]{escape(item.stem)} {inside}")
    return "\n".join(lines)


def _bracketed(text: str) -> str:
    return text.replace("\\", "\\\\").replace("]", "\\]")


def _text(text: str) -> str:
    """Return an answer's text; what looks like a name of a format gets one in front."""
    return f"[markdown]{escape(text)}" if FORMAT.match(text) else escape(text)


def _answers(item: QuestionItem) -> list[str]:
    if item.kind == QuestionKind.ESSAY:
        return []
    if item.kind == QuestionKind.MATCHING:
        return [
            f"={_text(hide_arrow(pair.prompt))} -> {_text(hide_arrow(pair.answer))}".replace(
                "= ->", "=->"
            )
            for pair in item.pairs
        ]
    if item.kind == QuestionKind.TRUE_FALSE:
        return _truth(item)
    if item.kind == QuestionKind.NUMERICAL:
        return ["#", *(_number(choice) for choice in item.choices)]
    if item.kind == QuestionKind.WEIGHTED:
        best = max(item.choices, key=lambda choice: choice.points)
        return [
            f"{'=' if choice is best else '~'}%{20 * choice.points}%{_told(choice)}"
            for choice in item.choices
        ]
    # Only the first full answer is written with `=`: nothing but `=` would be a short answer.
    best = next((choice for choice in item.choices if choice.percent == FULL), item.choices[0])
    return [
        _option(choice, item.kind == QuestionKind.SHORT or (
            choice is best and item.kind == QuestionKind.SINGLE
        ))
        for choice in item.choices
    ]  # fmt: skip


def _told(choice: Choice) -> str:
    return _text(choice.text) + (f"#{_text(choice.feedback)}" if choice.feedback else "")


def _option(choice: Choice, is_right: bool) -> str:
    mark, usual = ("=", FULL) if is_right else ("~", NOTHING)
    weighed = choice.percent != usual or choice.text.startswith("%")
    weight = f"%{percent_text(choice.percent)}%" if weighed else ""
    return f"{mark}{weight}{_told(choice)}"


def _number(choice: Choice) -> str:
    weight = "" if choice.percent == FULL else f"%{percent_text(choice.percent)}%"
    feedback = f"#{_text(choice.feedback)}" if choice.feedback else ""
    return f"={weight}{choice.text}:{plain(choice.tolerance)}{feedback}"


def _truth(item: QuestionItem) -> list[str]:
    right = next(choice for choice in item.choices if choice.percent == FULL)
    wrong = next(choice for choice in item.choices if choice.percent != FULL)
    line = "TRUE" if right is item.choices[0] else "FALSE"
    if wrong.feedback or right.feedback:
        line += f"#{_text(wrong.feedback)}#{_text(right.feedback)}"
    return [line]
