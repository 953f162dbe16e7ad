"""From the form of a question to its item and back; a button adds rows, also without script."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_DOWN, Decimal
from typing import Any

from django.forms import BaseFormSet, formset_factory
from django.http import HttpRequest
from django.utils.translation import gettext as _

from tenant_apps.question_bank.choices import Difficulty, QuestionKind
from tenant_apps.question_bank.errors import QuestionNotValid
from tenant_apps.question_bank.forms import (
    FIVE_PLACES,
    ROWS,
    QuestionForm,
    RowForm,
    ShareRow,
)
from tenant_apps.question_bank.items import (
    FALSE,
    FULL,
    NOTHING,
    TRUE,
    Choice,
    Criterion,
    Pair,
    QuestionItem,
)
from toolkit.whole_numbers import whole_number

PREFIX = "baris"
#: Rows that a new question of a kind begins with, and how many the button adds.
FIRST_ROWS = {QuestionKind.TRUE_FALSE: 2, QuestionKind.SHORT: 2, QuestionKind.NUMERICAL: 2}
MORE_ROWS = 2
WRITTEN = {QuestionKind.SHORT, QuestionKind.NUMERICAL}
MOST_ROWS = 30


@dataclass
class Draft:
    """A question in its form."""

    kind: QuestionKind
    form: QuestionForm
    rows: BaseFormSet[RowForm]
    images: Mapping[str, bytes]

    def is_valid(self) -> bool:
        """Check form and rows; the domain's own checks come with saving."""
        return self.form.is_valid() & self.rows.is_valid()

    def item(self) -> QuestionItem:
        """Return what a valid draft says."""
        data = self.form.cleaned_data
        dropped = (
            set(self.form.data.getlist("buang")) if hasattr(self.form.data, "getlist") else set()
        )
        images = {name: content for name, content in self.images.items() if name not in dropped}
        rows = [values for row in self.rows if (values := row.values()) is not None]
        return QuestionItem(
            kind=self.kind,
            code=data["code"],
            stem=data["stem"].replace("\r\n", "\n").strip(),
            explanation=data["explanation"].replace("\r\n", "\n").strip(),
            guidance=data.get("guidance", "").replace("\r\n", "\n").strip(),
            tags=tuple(tag.strip() for tag in data["tags"].split(",") if tag.strip()),
            difficulty=Difficulty(data["difficulty"]),
            section=data["section"],
            regulation=data["regulation"],
            case_sensitive=data.get("case_sensitive", False),
            shuffle=data.get("shuffle", True),
            images={**images, **data["images"]},
            **_parts(self.kind, rows),
        )


def _plain(text: str) -> str:
    return text.replace("\r\n", "\n").strip()


def _parts(kind: QuestionKind, rows: list[dict[str, Any]]) -> dict[str, Any]:
    if kind == QuestionKind.MATCHING:
        return {"pairs": tuple(Pair(_plain(r["prompt"]), _plain(r["answer"])) for r in rows)}
    if kind == QuestionKind.ESSAY:
        return {"rubric": tuple(Criterion(_plain(r["text"]), r["points"] or 0) for r in rows)}
    if kind == QuestionKind.WEIGHTED:
        return {
            "choices": tuple(Choice(_plain(r["text"]), points=int(r["points"] or 0)) for r in rows)
        }
    if kind == QuestionKind.SHORT:
        return {"choices": tuple(Choice(r["text"].strip(), _share(r)) for r in rows)}
    if kind == QuestionKind.NUMERICAL:
        return {
            "choices": tuple(
                Choice(
                    r["text"].strip().replace(",", "."),
                    _share(r),
                    tolerance=r["tolerance"] or NOTHING,
                )
                for r in rows
            )
        }
    shares = _shares(kind, rows)
    return {
        "choices": tuple(
            Choice(_plain(r["text"]), share, feedback=_plain(r["feedback"]))
            for r, share in zip(rows, shares, strict=True)
        )
    }


def _share(row: dict[str, Any]) -> Decimal:
    return FULL if row["percent"] is None else row["percent"]


def _shares(kind: QuestionKind, rows: list[dict[str, Any]]) -> list[Decimal]:
    """Return the percents of options: as written, else the right ones share the whole."""
    if any(row.get("percent") is not None for row in rows):
        return [row["percent"] or NOTHING for row in rows]
    if kind != QuestionKind.MULTIPLE:
        if sum(row["right"] for row in rows) > 1:
            raise QuestionNotValid(_("Tandai tepat satu jawaban yang benar."), field="choices")
        return [FULL if row["right"] else NOTHING for row in rows]
    right = sum(row["right"] for row in rows)
    each = (FULL / right).quantize(FIVE_PLACES, ROUND_DOWN) if right else NOTHING
    return [each if row["right"] else NOTHING for row in rows]


def blank(kind: QuestionKind, paths: list[tuple[str, str]], **initial: Any) -> Draft:
    """Return the empty form of a kind."""
    rows: list[dict[str, Any]] = []
    if kind == QuestionKind.TRUE_FALSE:
        rows = [{"text": TRUE, "right": True}, {"text": FALSE}]
    extra = FIRST_ROWS.get(kind, 4) - len(rows)
    return Draft(
        kind,
        QuestionForm(kind=kind, paths=paths, initial=initial),
        _rows(kind, extra)(prefix=PREFIX, initial=rows),
        {},
    )


def filled(item: QuestionItem, paths: list[tuple[str, str]], **initial: Any) -> Draft:
    """Return the form with a question in it."""
    values = {
        "code": item.code, "stem": item.stem, "explanation": item.explanation,
        "guidance": item.guidance, "tags": ", ".join(item.tags), "difficulty": item.difficulty,
        "section": item.section, "regulation": item.regulation,
        "case_sensitive": item.case_sensitive, "shuffle": item.shuffle, **initial,
    }  # fmt: skip
    form = QuestionForm(kind=item.kind, paths=paths, initial=values)
    extra = 0 if item.kind == QuestionKind.TRUE_FALSE else 1
    shares = _has_shares(item)
    rows = _rows(item.kind, extra, shares)(prefix=PREFIX, initial=_initial_rows(item, shares))
    return Draft(item.kind, form, rows, item.images)


def _has_shares(item: QuestionItem) -> bool:
    """Say whether the percents of a question say more than which answers are right."""
    found = [choice.percent for choice in item.choices if choice.percent]
    several = item.kind == QuestionKind.SINGLE and len(found) > 1
    return several or len(set(found)) > 1 or any(percent < 0 for percent in found)


def _initial_rows(item: QuestionItem, shares: bool) -> list[dict[str, Any]]:
    if item.kind == QuestionKind.MATCHING:
        return [{"prompt": pair.prompt, "answer": pair.answer} for pair in item.pairs]
    if item.kind == QuestionKind.ESSAY:
        return [{"text": row.text, "points": row.points} for row in item.rubric]
    return [
        {
            "text": choice.text.replace(".", ",")
            if item.kind == QuestionKind.NUMERICAL
            else choice.text,
            "right": choice.percent > 0,
            "percent": choice.percent if shares or item.kind in WRITTEN else None,
            "points": choice.points,
            "tolerance": choice.tolerance,
            "feedback": choice.feedback,
        }
        for choice in item.choices
    ]


def posted(
    request: HttpRequest,
    kind: QuestionKind,
    paths: list[tuple[str, str]],
    images: Mapping[str, bytes],
    *,
    more_rows: int = 0,
) -> Draft:
    """Return the form as it was sent, with some more empty rows if the person asked for them."""
    data = request.POST.copy()
    name = f"{PREFIX}-TOTAL_FORMS"
    sent = whole_number(str(data.get(name, "")), digits=3)
    if more_rows and sent is not None:
        data[name] = str(min(sent + more_rows, MOST_ROWS))
    form = QuestionForm(data, request.FILES, kind=kind, paths=paths)
    if more_rows:
        # Whoever only asks for more rows is not told yet what is missing.
        form.errors.clear()
    return Draft(
        kind,
        form,
        _rows(kind, 0, f"{PREFIX}-0-percent" in data)(data, prefix=PREFIX),
        images,
    )


def _rows(kind: QuestionKind, extra: int, shares: bool = False) -> type[BaseFormSet[RowForm]]:
    row = ShareRow if shares and kind == QuestionKind.SINGLE else ROWS[kind]
    return formset_factory(row, extra=extra, max_num=MOST_ROWS, absolute_max=MOST_ROWS)
