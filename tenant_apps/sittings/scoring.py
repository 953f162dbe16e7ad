"""How answers are scored: exact numbers, one function for each kind of question.

Points of one question are a fraction from 0 to its most points. Single, multiple, true/false,
matching, short and numerical questions give at most one point; weighted ones up to the points of
their best option; essays what the criteria of their rubric add up to.
"""

import re
from collections.abc import Callable
from decimal import ROUND_FLOOR, Decimal
from fractions import Fraction
from typing import Any

from tenant_apps.question_bank.choices import QuestionKind
from tenant_apps.sittings.answers import ids_of, is_number, pairs_of
from tenant_apps.sittings.models import PaperItem

Key = dict[str, Any]
ONE, NONE = Fraction(1), Fraction(0)
PLACES = Decimal("0.000001")


def kept(points: Fraction) -> Decimal:
    """Return points as they are stored, cut after six places.

    Cutting never changes who passes: a pass mark has two places at most, so what is below it stays
    below and what reaches it stays there.
    """
    scaled = points.numerator * 10**6 // points.denominator
    return (Decimal(scaled) * PLACES).quantize(PLACES, ROUND_FLOOR)


def most_points(kind: str, key: Key) -> int:
    """Return the most points that a question gives."""
    if kind == QuestionKind.WEIGHTED:
        return max(key["points"].values())
    if kind == QuestionKind.ESSAY:
        return sum(row["points"] for row in key["rubric"])
    return 1


def points(kind: str, key: Key, answer: str) -> Fraction | None:
    """Return the points of an answer; None for an essay that somebody must mark first."""
    if not answer:
        return NONE
    if kind == QuestionKind.ESSAY:
        return None
    return _SCORES[QuestionKind(kind)](key, answer)


def points_of(item: PaperItem) -> Fraction | None:
    """Return the points of a paper's item; None for an essay that somebody must mark first."""
    return points(item.kind, item.key, item.answer)


def is_right(item: PaperItem) -> bool:
    """Say whether the saved answer earns everything that its question gives."""
    return points_of(item) == most_points(item.kind, item.key)


def _share(percent: str) -> Fraction:
    return Fraction(percent) / 100


def _single(key: Key, answer: str) -> Fraction:
    if answer == key["right"]:
        return ONE
    return max(NONE, _share(key.get("percents", {}).get(answer, "0")))


def _multiple(key: Key, answer: str) -> Fraction:
    """Add the shares up, not below zero; right ones of 33.33333 three times make a whole."""
    percents = {each: Fraction(percent) for each, percent in key["percents"].items()}
    whole = sum((percent for percent in percents.values() if percent > 0), NONE)
    earned = sum((percents.get(each, NONE) for each in ids_of(answer)), NONE)
    return min(ONE, max(NONE, earned / whole))


def _weighted(key: Key, answer: str) -> Fraction:
    return Fraction(key["points"].get(answer, 0))


def _matching(key: Key, answer: str) -> Fraction:
    pairs = pairs_of(answer)
    right = sum(pairs.get(prompt) == option for prompt, option in key["pairs"].items())
    return Fraction(right, len(key["pairs"]))


def tidy(text: str, *, case_sensitive: bool) -> str:
    """Return a short answer as it is compared: blanks collapsed, case folded unless it counts."""
    text = " ".join(text.split())
    return text if case_sensitive else text.casefold()


def matches(pattern: str, answer: str, *, case_sensitive: bool) -> bool:
    r"""Say whether an answer is the accepted one; `*` stands for any text, `\*` for the sign."""
    parts = re.split(r"(?<!\\)\*", tidy(pattern, case_sensitive=case_sensitive))
    rest = tidy(answer, case_sensitive=case_sensitive)
    parts = [part.replace("\\*", "*") for part in parts]
    if len(parts) == 1:
        return parts[0] == rest
    # By hand, since a regular expression of many wildcards can take for ever.
    if not rest.startswith(parts[0]) or not rest[len(parts[0]) :].endswith(parts[-1]):
        return False
    at, end = len(parts[0]), len(rest) - len(parts[-1])
    for part in parts[1:-1]:
        found = rest.find(part, at, end)
        if found < 0:
            return False
        at = found + len(part)
    return at <= end


def _short(key: Key, answer: str) -> Fraction:
    return max(
        (
            _share(row["percent"])
            for row in key["accepted"]
            if matches(row["text"], answer, case_sensitive=key["case_sensitive"])
        ),
        default=NONE,
    )


def number(text: str) -> Fraction | None:
    """Return the number that a person wrote with comma or point; None if it is none."""
    return Fraction(text.replace(",", ".").replace("−", "-")) if is_number(text) else None


def _numerical(key: Key, answer: str) -> Fraction:
    value = number(answer)
    if value is None:
        return NONE
    return max(
        (
            _share(row["percent"])
            for row in key["accepted"]
            if abs(value - Fraction(row["value"])) <= Fraction(row["tolerance"])
        ),
        default=NONE,
    )


_SCORES: dict[QuestionKind, Callable[[Key, str], Fraction]] = {
    QuestionKind.SINGLE: _single,
    QuestionKind.TRUE_FALSE: _single,
    QuestionKind.MULTIPLE: _multiple,
    QuestionKind.WEIGHTED: _weighted,
    QuestionKind.MATCHING: _matching,
    QuestionKind.SHORT: _short,
    QuestionKind.NUMERICAL: _numerical,
}
