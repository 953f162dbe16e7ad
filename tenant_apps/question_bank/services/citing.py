"""Which regulations questions rest on."""

from django.db import transaction

from tenant_apps.citations import services as citations
from tenant_apps.citations.selectors import keeps
from tenant_apps.question_bank.choices import CITES
from tenant_apps.question_bank.models import Question
from toolkit import markdown


def cite_question(question: Question, *, looked_at: bool = False) -> None:
    """Keep what a question cites, perhaps several regulations; a retired one cites nothing.

    Nothing is written for a new question that names none.
    """
    if question.retired:
        citations.forget(kind=CITES, uuid=question.pk)
    elif question.regulation or question.version > 1:
        citations.cite(
            kind=CITES,
            uuid=question.pk,
            title=markdown.plain_text(question.source.get("stem", ""), most=150) or question.code,
            path=f"/kelola/soal/{question.pk}/",
            owner_id=None,
            names=[question.regulation],
            looked_at=looked_at,
        )


def cite_existing() -> int:
    """Keep the citations of questions that were saved before there was a register.

    Only where none is kept yet; returns how many questions were read.
    """
    if keeps(CITES):
        return 0
    rows = Question.objects.filter(retired=False).exclude(regulation="")
    count = 0
    with transaction.atomic():
        for question in rows.iterator(chunk_size=500):
            cite_question(question)
            count += 1
    return count
