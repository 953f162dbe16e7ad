"""Exporting questions to a file, as a job."""

import uuid
from collections.abc import Iterator
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from shared_apps.audit import services as audit
from shared_apps.jobs import services as jobs
from shared_apps.jobs.models import Job
from tenant_apps.question_bank.drawing import subtree
from tenant_apps.question_bank.errors import NothingToExport
from tenant_apps.question_bank.formats import writing
from tenant_apps.question_bank.items import QuestionItem
from tenant_apps.question_bank.models import Category, Question
from tenant_apps.question_bank.selectors import as_item, category_paths

#: Kind of job.
EXPORT = "questions.export"
CHUNK = 200


def _chosen(params: dict[str, Any]) -> QuerySet[Question]:
    """Return the questions that an export asks for; empty values mean: all of them."""
    rows = Question.objects.filter(retired=False)
    if params.get("category"):
        tree = list(Category.objects.only("pk", "parent_id"))
        rows = rows.filter(category_id__in=subtree(tree, uuid.UUID(params["category"])))
    if params.get("kind"):
        rows = rows.filter(kind=params["kind"])
    if params.get("difficulty"):
        rows = rows.filter(difficulty=params["difficulty"])
    if params.get("tag"):
        rows = rows.filter(tags__contains=[params["tag"]])
    return rows


@transaction.atomic
def start(*, by: Any, form: str, **chosen: str) -> Job:
    """Ask for a file of the chosen questions. Raises NothingToExport."""
    params = {**chosen, "form": form}
    if not _chosen(params).exists():
        raise NothingToExport(_("Tidak ada soal yang cocok dengan pilihan ini."))
    return jobs.enqueue(
        kind=EXPORT,
        by=by,
        title=_("Mengekspor soal ({form})").format(form=writing.form_of(form).label),
        params=params,
    )


def export(work: jobs.Work) -> None:
    """Write the file, ordered by category and code."""
    form = writing.form_of(work.params["form"])
    path = work.output_path(f"soal{form.ending}")
    total = _chosen(work.params).count()
    said = writing.write(path, form.key, _items(work, total))
    audit.record(
        "questions.exported",
        by=work.by,
        kind="job",
        ref=work.job.pk,
        data={"count": total, "form": form.key},
    )
    work.finish(said)


def _items(work: jobs.Work, total: int) -> Iterator[QuestionItem]:
    """Yield the questions category by category, a chunk in memory at a time."""
    paths = category_paths()
    done = 0
    for category_id in paths:
        rows = _chosen(work.params).filter(category_id=category_id).order_by("code")
        for question in rows.select_related("category").iterator(chunk_size=CHUNK):
            yield as_item(question, paths=paths)
            done += 1
            work.progress(done, total)
