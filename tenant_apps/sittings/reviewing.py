"""A question after the test: what was answered, what is right, what it earned and why."""

import uuid
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from django.utils.html import conditional_escape, format_html, format_html_join, linebreaks
from django.utils.safestring import SafeString, mark_safe

from tenant_apps.question_bank.choices import QuestionKind
from tenant_apps.sittings.answers import WRITTEN, ids_of, pairs_of
from tenant_apps.sittings.models import EssayMark, PaperItem
from tenant_apps.sittings.scoring import kept, most_points, points_of
from toolkit import indonesian


@dataclass(frozen=True)
class Reviewed:
    """One question of a scored paper; texts are safe HTML, points are written out."""

    position: int
    question_id: uuid.UUID
    kind: str
    stem: str
    more: str
    section: str
    answered: str
    right_answer: str
    explanation: str
    feedback: str
    comment: str
    points: str
    most: str
    is_right: bool
    is_partial: bool
    is_pending: bool
    criteria: list[tuple[str, str, str]] = field(default_factory=list)


def _written_points(points: Fraction) -> str:
    return indonesian.number(round(kept(points), 2).normalize())


def reviewed(item: PaperItem, mark: EssayMark | None) -> Reviewed:
    """Return an item with its key; the caller knows that the sitting was submitted."""
    most = most_points(item.kind, item.key)
    earned = points_of(item)
    criteria = []
    if mark is not None:
        earned = Fraction(mark.points)
        criteria = [
            (row["text"], str(given), str(row["points"]))
            for row, given in zip(item.key["rubric"], mark.given, strict=True)
        ]
    said = item.key.get("feedback", {})
    return Reviewed(
        position=item.position,
        question_id=item.question_id,
        kind=item.kind,
        stem=item.body["stem"],
        more=item.body.get("more", ""),
        section=item.section,
        answered=answer_html(item.kind, item.body, item.answer),
        right_answer=_right(item),
        explanation=item.key["explanation"],
        feedback=" ".join(said[each] for each in ids_of(item.answer) if each in said)
        if item.kind not in WRITTEN
        else "",
        comment=mark.comment if mark else "",
        points="" if earned is None else _written_points(earned),
        most=str(most),
        is_right=earned == most,
        is_partial=earned is not None and 0 < earned < most,
        is_pending=earned is None,
        criteria=criteria,
    )


def answer_html(kind: str, body: dict[str, Any], answer: str) -> str:
    """Return what was answered as safe HTML, empty without an answer."""
    if not answer:
        return ""
    if kind == QuestionKind.ESSAY:
        return mark_safe(linebreaks(answer, autoescape=True))
    if kind in WRITTEN:
        return conditional_escape(answer)
    texts = {option["id"]: option["html"] for option in body["options"]}
    if kind == QuestionKind.MATCHING:
        return _pairs(body, pairs_of(answer), texts)
    return mark_safe("; ".join(texts[each] for each in ids_of(answer) if each in texts))


def _pairs(body: dict[str, Any], pairs: dict[str, str], texts: dict[str, str]) -> SafeString:
    return format_html_join(
        mark_safe("<br>"),
        "{} → {}",
        (
            (mark_safe(row["html"]), mark_safe(texts.get(pairs.get(row["id"], ""), "–")))
            for row in body["prompts"]
        ),
    )


def _right(item: PaperItem) -> str:
    key = item.key
    if item.kind == QuestionKind.ESSAY:
        return ""
    if item.kind == QuestionKind.SHORT:
        return conditional_escape(
            next(row["text"] for row in key["accepted"] if row["percent"] == "100")
        )
    if item.kind == QuestionKind.NUMERICAL:
        row = next(row for row in key["accepted"] if row["percent"] == "100")
        value = row["value"].replace(".", ",")
        if row["tolerance"] == "0":
            return value
        return format_html("{} ± {}", value, row["tolerance"].replace(".", ","))
    texts = {option["id"]: option["html"] for option in item.body["options"]}
    if item.kind == QuestionKind.MATCHING:
        return _pairs(item.body, key["pairs"], texts)
    if item.kind == QuestionKind.MULTIPLE:
        right = [each for each, percent in key["percents"].items() if Fraction(percent) > 0]
    elif item.kind == QuestionKind.WEIGHTED:
        best = max(key["points"].values())
        right = [each for each, points in key["points"].items() if points == best]
    else:
        right = [key["right"]]
    return mark_safe("; ".join(texts[each] for each in right))
