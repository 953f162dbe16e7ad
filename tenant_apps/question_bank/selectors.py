"""Reads of the question bank."""

import uuid
from collections.abc import Mapping

from markdownify import markdownify

from tenant_apps.files.services import path_of
from tenant_apps.question_bank.analysis import analyse, findings, minimum_answers
from tenant_apps.question_bank.choices import Difficulty
from tenant_apps.question_bank.drawing import Supply, draw, draw_blueprint, supplies
from tenant_apps.question_bank.items import QuestionItem, join_path
from tenant_apps.question_bank.models import Category, Question
from tenant_apps.question_bank.sources import Data, from_data
from tenants.schemas import current_tenant

__all__ = [
    "Supply", "analyse", "as_item", "category_paths", "draw", "draw_blueprint", "findings",
    "minimum_answers", "path_of_category", "supplies",
]  # fmt: skip


def category_paths() -> dict[uuid.UUID, str]:
    """Return the path of every category, sorted by it: one query."""
    rows = {row.pk: row for row in Category.objects.all()}

    def names(category: Category) -> list[str]:
        above = rows[category.parent_id] if category.parent_id else None
        return [*(names(above) if above else []), category.name]

    paths = {row.pk: join_path(names(row)) for row in rows.values()}
    return dict(sorted(paths.items(), key=lambda pair: pair[1].casefold()))


def path_of_category(category: Category) -> str:
    """Return the path of names that leads to one category."""
    names, above = [category.name], category.parent
    while above is not None:
        names.insert(0, above.name)
        above = above.parent
    return join_path(names)


def as_item(
    question: Question, *, paths: Mapping[uuid.UUID, str] | None = None, source: Data | None = None
) -> QuestionItem:
    """Return a question as its author wrote it, its images with it.

    `paths` (of `category_paths`) saves queries where many are read; `source` is an earlier
    wording's. A question from before sources were kept is read back from its HTML.
    """
    data = source or question.source or _from_html(question)
    path = paths[question.category_id] if paths else path_of_category(question.category)
    images = data.get("images", {})
    tenant = current_tenant().code if images else ""
    return from_data(
        question.kind,
        data,
        {name: path_of(entry["file"], tenant).read_bytes() for name, entry in images.items()},
        code=question.code,
        category=path,
        tags=tuple(question.tags),
        difficulty=Difficulty(question.difficulty),
        section=question.section,
        regulation=question.regulation,
    )


def _from_html(question: Question) -> Data:
    """Return the source of a single-choice question that has none."""
    return {
        "stem": markdownify(question.body["stem"]).strip(),
        "choices": [
            {
                "text": markdownify(option["html"]).strip(),
                "percent": "100" if option["id"] == question.key["right"] else "0",
            }
            for option in question.body["options"]
        ],
        "explanation": markdownify(question.key["explanation"]).strip(),
    }
