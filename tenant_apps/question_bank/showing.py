"""A question with its key as who works on it sees it: preview, page and history."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from django.utils.html import conditional_escape
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from tenant_apps.question_bank.checks import IMAGE, check, texts
from tenant_apps.question_bank.choices import QuestionKind
from tenant_apps.question_bank.contents import Data, content
from tenant_apps.question_bank.items import QuestionItem


@dataclass(frozen=True)
class Line:
    """One option, accepted answer, pair or criterion; `mark` says what it is worth."""

    html: str
    mark: str
    is_right: bool = False
    feedback: str = ""


@dataclass(frozen=True)
class Shown:
    """A question as a page shows it; all of it safe HTML."""

    kind: str
    stem: str
    more: str
    lines: list[Line]
    guidance: str
    explanation: str


def shown(kind: str, body: Data, key: Data) -> Shown:
    """Return a wording for pages."""
    return Shown(
        kind=kind,
        stem=mark_safe(body["stem"]),
        more=mark_safe(body.get("more", "")),
        lines=_lines(QuestionKind(kind), body, key),
        guidance=mark_safe(key.get("guidance", "")),
        explanation=mark_safe(key.get("explanation", "")),
    )


def preview(item: QuestionItem, images: Mapping[str, str]) -> Shown:
    """Return what an item will look like; `images` are the addresses of those stored already.

    Raises QuestionNotValid. Images that are still to be uploaded do not count as missing.
    """
    named = {found["name"] for text in texts(item) for found in IMAGE.finditer(text)}
    check(replace(item, images={**dict.fromkeys(named, b""), **item.images}))
    return shown(item.kind, *content(item, lambda name: images.get(name, "")))


def _percent(text: str) -> str:
    return f"{Decimal(text).normalize():f}".replace(".", ",") + " %"


def _lines(kind: QuestionKind, body: Data, key: Data) -> list[Line]:
    if kind == QuestionKind.MATCHING:
        texts_ = {option["id"]: option["html"] for option in body["options"]}
        used = set(key["pairs"].values())
        rows = [
            Line(mark_safe(row["html"]), mark_safe("→ " + texts_[key["pairs"][row["id"]]]), True)
            for row in body["prompts"]
        ]
        spare = [text for each, text in texts_.items() if each not in used]
        return [*rows, *(Line(mark_safe(text), _("pengecoh")) for text in spare)]
    if kind == QuestionKind.ESSAY:
        return [
            Line(conditional_escape(row["text"]), _points(row["points"])) for row in key["rubric"]
        ]
    if kind in (QuestionKind.SHORT, QuestionKind.NUMERICAL):
        return [_accepted(row) for row in key["accepted"]]
    return [_option(option, key) for option in body["options"]]


def _points(points: int) -> str:
    return _("{points} poin").format(points=points)


def _accepted(row: dict[str, Any]) -> Line:
    text = row["text"] if "text" in row else row["value"].replace(".", ",")
    if row.get("tolerance", "0") != "0":
        text += " ± " + row["tolerance"].replace(".", ",")
    full = row["percent"] == "100"
    return Line(conditional_escape(text), _("benar") if full else _percent(row["percent"]), full)


def _option(option: dict[str, Any], key: Data) -> Line:
    name = option["id"]
    mark, right = "", False
    if "points" in key:
        mark, right = _points(key["points"][name]), key["points"][name] == 5
    elif "percents" in key and key["percents"][name] not in ("0", "100"):
        mark, right = _percent(key["percents"][name]), Decimal(key["percents"][name]) > 0
    elif key.get("right") == name or key.get("percents", {}).get(name) == "100":
        mark, right = _("benar"), True
    feedback = key.get("feedback", {}).get(name, "")
    return Line(mark_safe(option["html"]), mark, right, mark_safe(feedback))
