"""Writes questions as XLSX with the columns of the template."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from pathlib import Path

from django.utils.translation import gettext as _

from tenant_apps.question_bank.choices import Difficulty, QuestionKind
from tenant_apps.question_bank.formats import sheet_cells, sheet_columns
from tenant_apps.question_bank.formats.figures import percent_text, plain
from tenant_apps.question_bank.formats.sheet_columns import LETTERS, SHOWN, feedback_key
from tenant_apps.question_bank.items import FALSE, FULL, NOTHING, TRUE, QuestionItem
from toolkit import sheets, xlsx


def template() -> bytes:
    """Return the sheet to fill in, with dropdowns and an example of each type."""
    return sheets.template(sheet_columns.columns(SHOWN), sheet_columns.examples())


def write(path: Path, items: Sequence[QuestionItem]) -> None:
    """Write the questions, with as many option columns as the longest one needs."""
    widest = max((max(len(item.choices), len(item.pairs)) for item in items), default=0)
    columns = sheet_columns.columns(max(widest, SHOWN))
    keys = [column.key for column in columns]
    xlsx.save(path, [column.label for column in columns], _rows(items, keys))


def _rows(items: Iterable[QuestionItem], keys: Sequence[str]) -> Iterable[list[str]]:
    for item in items:
        values = values_of(item)
        yield [values.get(key, "") for key in keys]


def values_of(item: QuestionItem) -> dict[str, str]:
    """Return the cells of one question by the key of their column."""
    values = {
        "kode": item.code,
        "jenis": str(QuestionKind(item.kind).label),
        "kategori": item.category,
        "bagian": item.section,
        "soal": item.stem,
        "tingkat": str(Difficulty(item.difficulty).label),
        "tag": ", ".join(item.tags),
        "acuan": item.regulation,
        "pembahasan": item.explanation,
        "rubrik": sheet_cells.rubric_text(item.rubric),
        "pedoman": item.guidance,
        "huruf": _("Ya") if item.case_sensitive else "",
        "acak": "" if item.shuffle else _("Tidak"),
    }
    for letter, pair in zip(LETTERS, item.pairs, strict=False):
        values[letter] = sheet_cells.pair_text(pair)
    usual = [choice.text for choice in item.choices] == [TRUE, FALSE]
    for letter, choice in zip(LETTERS, item.choices, strict=False):
        if item.kind != QuestionKind.TRUE_FALSE or not usual:
            values[letter] = choice.text
        values[feedback_key(letter)] = choice.feedback
    return values | _numbers(item)


def _numbers(item: QuestionItem) -> dict[str, str]:
    """Return key, weights and tolerances."""
    lettered = list(zip(LETTERS, item.choices, strict=False))
    if item.kind == QuestionKind.TRUE_FALSE:
        right = next(choice for choice in item.choices if choice.percent == FULL)
        if [choice.text for choice in item.choices] != [TRUE, FALSE]:
            return {"kunci": "A" if right is item.choices[0] else "B"}
        return {"kunci": _("Benar") if right is item.choices[0] else _("Salah")}
    if item.kind == QuestionKind.WEIGHTED:
        return {"bobot": _list((letter, str(choice.points)) for letter, choice in lettered)}
    weights = {
        "bobot": _list((letter, percent_text(choice.percent)) for letter, choice in lettered)
    }
    if item.kind in (QuestionKind.SHORT, QuestionKind.NUMERICAL):
        found = {} if all(choice.percent == FULL for choice in item.choices) else weights
        return found | _tolerances(item)
    if item.kind not in (QuestionKind.SINGLE, QuestionKind.MULTIPLE):
        return {}
    right_letters = [letter for letter, choice in lettered if choice.percent > NOTHING]
    if item.kind == QuestionKind.SINGLE:
        right_letters = [letter for letter, choice in lettered if choice.percent == FULL]
        plain_key = len(right_letters) == 1 and all(
            choice.percent in (FULL, NOTHING) for choice in item.choices
        )
        return {"kunci": ", ".join(right_letters)} | ({} if plain_key else weights)
    return {"kunci": ", ".join(right_letters)} | weights


def _tolerances(item: QuestionItem) -> dict[str, str]:
    if item.kind != QuestionKind.NUMERICAL:
        return {}
    found: set[Decimal] = {choice.tolerance for choice in item.choices}
    if len(found) == 1:
        return {"toleransi": plain(found.pop())}
    return {
        "toleransi": _list(
            (letter, plain(choice.tolerance))
            for letter, choice in zip(LETTERS, item.choices, strict=False)
        )
    }


def _list(pairs: Iterable[tuple[str, str]]) -> str:
    return "; ".join(f"{letter}={text}" for letter, text in pairs)
