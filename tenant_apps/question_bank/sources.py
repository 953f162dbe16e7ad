"""A question's wording as data: what is stored of a QuestionItem, and back.

Only the wording: category, code, tags, difficulty, section and regulation are columns of their
own. Images are kept by the names that the texts use: {name: {"file": id, "sha256": of the bytes
that came}}.
"""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from tenant_apps.question_bank.choices import QuestionKind
from tenant_apps.question_bank.items import Choice, Criterion, Pair, QuestionItem

Data = dict[str, Any]


def plain(number: Decimal) -> str:
    """Return a number as it is stored: without blanks, exponent and needless zeros."""
    return format(number.normalize(), "f")


def _choice(choice: Choice) -> Data:
    data: Data = {"text": choice.text}
    if choice.percent:
        data["percent"] = plain(choice.percent)
    if choice.points:
        data["points"] = choice.points
    if choice.tolerance:
        data["tolerance"] = plain(choice.tolerance)
    if choice.feedback:
        data["feedback"] = choice.feedback
    return data


def to_data(item: QuestionItem, images: Mapping[str, Data]) -> Data:
    """Return the wording of a question; what has its usual value is left out."""
    data: Data = {"stem": item.stem}
    if item.choices:
        data["choices"] = [_choice(choice) for choice in item.choices]
    if item.pairs:
        data["pairs"] = [[pair.prompt, pair.answer] for pair in item.pairs]
    if item.rubric:
        data["rubric"] = [[row.text, row.points] for row in item.rubric]
    if item.guidance:
        data["guidance"] = item.guidance
    if item.explanation:
        data["explanation"] = item.explanation
    if item.case_sensitive:
        data["case_sensitive"] = True
    if not item.shuffle:
        data["shuffle"] = False
    if images:
        data["images"] = {name: dict(images[name]) for name in sorted(images)}
    return data


def from_data(kind: str, data: Data, images: Mapping[str, bytes], **more: Any) -> QuestionItem:
    """Return the question that `to_data` stored; `more` are the fields that have columns."""
    return QuestionItem(
        kind=QuestionKind(kind),
        stem=data.get("stem", ""),
        choices=tuple(
            Choice(
                text=row["text"],
                percent=Decimal(row.get("percent", 0)),
                points=row.get("points", 0),
                tolerance=Decimal(row.get("tolerance", 0)),
                feedback=row.get("feedback", ""),
            )
            for row in data.get("choices", ())
        ),
        pairs=tuple(Pair(*row) for row in data.get("pairs", ())),
        rubric=tuple(Criterion(*row) for row in data.get("rubric", ())),
        guidance=data.get("guidance", ""),
        explanation=data.get("explanation", ""),
        case_sensitive=data.get("case_sensitive", False),
        shuffle=data.get("shuffle", True),
        images=dict(images),
        **more,
    )
