"""Writes of the question bank."""

from collections.abc import Sequence
from typing import Any

from django.db import transaction

from tenant_apps.question_bank.choices import QuestionKind
from tenant_apps.question_bank.gift import GiftQuestion
from tenant_apps.question_bank.models import Category, Question
from toolkit import markdown


def _content(item: GiftQuestion) -> tuple[dict[str, Any], dict[str, str]]:
    """Return (body, key) of a single-choice question; option ids are a, b, c … as written."""
    options = [
        {"id": chr(ord("a") + index), "html": markdown.render_inline(text)}
        for index, text in enumerate(item.options)
    ]
    body = {"stem": markdown.render_inline(item.stem), "options": options}
    key = {
        "right": str(options[item.right]["id"]),
        "explanation": markdown.render_inline(item.explanation),
    }
    return body, key


@transaction.atomic
def replace_questions(*, code: str, name: str, questions: Sequence[GiftQuestion]) -> Category:
    """Make the category hold exactly these questions; a changed one gets the next version.

    Questions that are no longer named are retired, not deleted: papers refer to them.
    """
    category, _made = Category.objects.update_or_create(code=code, defaults={"name": name})
    known = {question.code: question for question in category.questions.select_for_update()}
    for item in questions:
        body, key = _content(item)
        question = known.pop(item.code, None)
        if question is None:
            Question.objects.create(
                category=category,
                code=item.code,
                kind=QuestionKind.SINGLE,
                section=item.category,
                body=body,
                key=key,
            )
        elif (question.body, question.key, question.section, question.retired) != (
            body,
            key,
            item.category,
            False,
        ):
            if (question.body, question.key) != (body, key):
                question.version += 1
            question.body, question.key = body, key
            question.section, question.retired = item.category, False
            question.save()
    category.questions.filter(pk__in=[question.pk for question in known.values()]).update(
        retired=True
    )
    return category
