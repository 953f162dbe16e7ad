"""Writing questions: each saved wording is kept, unchanged ones change nothing."""

import hashlib
import re
import uuid
from collections.abc import Sequence
from dataclasses import replace
from typing import Any
from urllib.parse import unquote

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from shared_apps.audit import services as audit
from tenant_apps.files import services as files
from tenant_apps.files.errors import FileRefused
from tenant_apps.question_bank.checks import check
from tenant_apps.question_bank.choices import FILE_OWNER
from tenant_apps.question_bank.contents import content
from tenant_apps.question_bank.errors import QuestionNotValid
from tenant_apps.question_bank.items import QuestionItem
from tenant_apps.question_bank.models import Category, Question, QuestionVersion
from tenant_apps.question_bank.services.categories import category_at
from tenant_apps.question_bank.services.citing import cite_question
from tenant_apps.question_bank.sources import Data, to_data


def _tidy(item: QuestionItem) -> QuestionItem:
    """Return the question without blanks around codes and tags, each tag once."""
    tags = dict.fromkeys(" ".join(tag.split()) for tag in item.tags)
    code = " ".join(item.code.split())
    if not code:
        # The same text gets the same code, so that a repeated import finds its question.
        code = "soal-" + hashlib.sha256(item.stem.encode()).hexdigest()[:10]
    return replace(
        item,
        code=code,
        section=item.section.strip(),
        regulation=item.regulation.strip(),
        tags=tuple(tag for tag in tags if tag),
    )


def _keep_images(question: Question, item: QuestionItem) -> dict[str, Data]:
    """Store the images of a wording; one that is known by its bytes keeps its file.

    Each content has a name of its own, so that papers still find the earlier ones.
    """
    known: dict[str, Data] = {}
    for entry in question.source.get("images", {}).values():
        known[entry["sha256"]] = known[entry["stored"]] = entry
    kept: dict[str, Data] = {}
    for name, data in item.images.items():
        digest = hashlib.sha256(data).hexdigest()
        if digest in known:
            kept[name] = known[digest]
            continue
        safe = re.sub(r"[^\w.\-]+", "-", name)[-80:] or "gambar"
        try:
            stored = files.store_image(
                owner_kind=FILE_OWNER,
                owner_uuid=question.pk,
                name=f"{digest[:16]}-{safe}",
                data=data,
            )
        except FileRefused as error:
            raise QuestionNotValid(str(error), field="images") from error
        kept[name] = {"file": str(stored.pk), "sha256": digest, "stored": stored.sha256}
    return kept


def _write(question: Question, item: QuestionItem, by: Any) -> bool:
    """Bring a question that is locked (or new) to the wording; returns whether that is news."""
    new = question._state.adding
    images = _keep_images(question, item)
    source = to_data(item, images)

    def image_url(name: str) -> str:
        return f"/berkas/{images[unquote(name)]['file']}/" if unquote(name) in images else ""

    body, key = content(item, image_url)
    columns = {
        "category_id": question.category_id, "code": item.code, "section": item.section,
        "difficulty": str(item.difficulty), "tags": list(item.tags),
        "regulation": item.regulation,
    }  # fmt: skip
    shown = (question.kind, question.body, question.key)
    same = not new and shown == (item.kind, body, key) and question.source in ({}, source)
    if same and question.source and not question.retired and columns == {
        name: getattr(question, name) for name in columns
    }:  # fmt: skip
        return False
    if not same:
        if not new:
            _remember(question)
            question.version += 1
        question.kind, question.body, question.key = str(item.kind), body, key
    question.source, question.retired = source, False
    for name, value in columns.items():
        setattr(question, name, value)
    question.changed_at = timezone.now()
    question.save(force_insert=new)
    cite_question(question, looked_at=not same)
    if not same:
        QuestionVersion.objects.create(
            question=question,
            version=question.version,
            kind=question.kind,
            body=body,
            key=key,
            source=source,
            saved_by=getattr(by, "pk", None),
        )
    return True


def _remember(question: Question) -> None:
    """Keep the wording that is about to change, if an earlier program did not."""
    QuestionVersion.objects.get_or_create(
        question_id=question.pk,
        version=question.version,
        defaults={
            "kind": question.kind, "body": question.body, "key": question.key,
            "source": question.source, "saved_at": question.changed_at,
        },
    )  # fmt: skip


@transaction.atomic
def save_item(*, by: Any, category: Category | str, item: QuestionItem) -> Question:
    """Make the question of this code in a category (or path of names), or bring it up to date.

    Unchanged, nothing is written; a changed wording or key is the next version. A retired
    question comes back. Raises QuestionNotValid or CategoryNotValid, naming the field.
    """
    item = _tidy(item)
    check(item)
    if isinstance(category, str):
        category = category_at(category, by=by)
    question = (
        Question.objects.select_for_update().filter(category=category, code=item.code).first()
    )
    if question is None:
        question = Question(category=category, code=item.code)
    try:
        with transaction.atomic():
            changed = _write(question, item, by)
    except IntegrityError as error:
        raise QuestionNotValid(
            _("Kode {code} baru saja dipakai soal lain di kategori ini.").format(code=item.code),
            field="code",
        ) from error
    if changed:
        audit.record(
            "question.saved",
            by=by,
            kind="question",
            ref=question.pk,
            data={"code": question.code, "version": question.version},
        )
    return question


@transaction.atomic
def change_item(
    *, by: Any, question_id: uuid.UUID, category: Category, item: QuestionItem, version: int
) -> Question:
    """Bring a known question up to date, perhaps with another code or category.

    `version` is the one that the person saw. Raises QuestionNotValid when somebody else saved
    a newer one meanwhile, or when the code is taken.
    """
    item = _tidy(item)
    check(item)
    question = Question.objects.select_for_update().get(pk=question_id)
    if question.version != version:
        raise QuestionNotValid(
            _(
                "Soal ini sudah diubah orang lain sejak Anda membukanya (kini versi {version}). "
                "Salin tulisan Anda, muat ulang halaman, lalu simpan lagi."
            ).format(version=question.version)
        )
    taken = Question.objects.filter(category=category, code=item.code).exclude(pk=question.pk)
    if taken.exists():
        raise QuestionNotValid(
            _("Kode {code} sudah dipakai soal lain di kategori ini.").format(code=item.code),
            field="code",
        )
    # The comparison is with what the row holds, so the new place counts as a change.
    moved = question.category_id != category.pk
    question.category = category
    if _write(question, item, by) or moved:
        question.save()
        audit.record(
            "question.saved",
            by=by,
            kind="question",
            ref=question.pk,
            data={"code": question.code, "version": question.version},
        )
    return question


@transaction.atomic
def retire(*, by: Any, question_id: uuid.UUID) -> Question:
    """Take a question out of later draws; papers that hold it stay. Twice changes nothing."""
    return _set_retired(by, question_id, retired=True)


@transaction.atomic
def restore(*, by: Any, question_id: uuid.UUID) -> Question:
    """Let a retired question be drawn again. Twice changes nothing."""
    return _set_retired(by, question_id, retired=False)


def _set_retired(by: Any, question_id: uuid.UUID, *, retired: bool) -> Question:
    question = Question.objects.select_for_update().get(pk=question_id)
    if question.retired != retired:
        question.retired = retired
        question.save(update_fields=["retired"])
        cite_question(question)
        audit.record(
            "question.retired" if retired else "question.restored",
            by=by,
            kind="question",
            ref=question.pk,
            data={"code": question.code},
        )
    return question


@transaction.atomic
def replace_questions(*, by: Any, code: str, name: str, items: Sequence[QuestionItem]) -> Category:
    """Make the category of a code hold exactly these questions; a changed one is a new version.

    Questions that are no longer named are retired, not deleted: papers refer to them.
    """
    category, _made = Category.objects.update_or_create(code=code, defaults={"name": name})
    known = {question.code: question for question in category.questions.select_for_update()}
    for item in map(_tidy, items):
        check(item)
        found = known.pop(item.code, None) or Question(category=category, code=item.code)
        _write(found, item, by)
    category.questions.filter(pk__in=[question.pk for question in known.values()]).update(
        retired=True
    )
    for question in known.values():
        question.retired = True
        cite_question(question)
    return category
