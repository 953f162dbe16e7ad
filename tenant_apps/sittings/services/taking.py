"""Taking a test: start, save an answer, submit."""

import datetime
import random
import secrets
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from tenant_apps.question_bank.models import Question
from tenant_apps.sittings.answers import FITS, Answer, fits, needed, read_answer, why_not
from tenant_apps.sittings.choices import SittingState
from tenant_apps.sittings.errors import (
    AnswerConflict,
    AnswerNotValid,
    NoQuestions,
    SittingClosed,
    SittingNotFound,
)
from tenant_apps.sittings.freezing import freeze
from tenant_apps.sittings.models import PaperItem, Sitting
from tenant_apps.sittings.scoring import NONE, kept, most_points, points_of

__all__ = ["Answer", "Receipt", "read_answer", "save_answer", "start", "submit"]


@dataclass(frozen=True)
class Receipt:
    """Proof that an answer is on disk: shown to the person as "tersimpan 10.42.07"."""

    position: int
    seq: int
    saved_at: datetime.datetime


@transaction.atomic
def start(
    *,
    member_id: uuid.UUID,
    subject_kind: str,
    subject_uuid: uuid.UUID,
    purpose: str,
    attempt: int,
    draw: Callable[[int], Sequence[Question]],
    deadline: datetime.datetime | None = None,
    shuffle_options: bool = True,
) -> Sitting:
    """Freeze a paper for one person; `draw(seed)` picks its questions.

    The caller holds a lock that makes `attempt` the person's only next one. Raises NoQuestions.
    """
    seed = secrets.randbits(62)
    questions = draw(seed)
    if not questions:
        raise NoQuestions(_("Topik ini belum punya soal. Hubungi penyelenggaranya."))
    sitting = Sitting(
        member_id=member_id,
        subject_kind=subject_kind,
        subject_uuid=subject_uuid,
        purpose=purpose,
        attempt=attempt,
        seed=seed,
        total=len(questions),
        deadline=deadline,
    )
    items = []
    for position, question in enumerate(questions, start=1):
        body, key = freeze(question, random.Random(f"{seed}:{position}"), shuffle=shuffle_options)
        items.append(
            PaperItem(
                sitting=sitting,
                position=position,
                question_id=question.pk,
                question_version=question.version,
                kind=question.kind,
                section=question.section,
                body=body,
                key=key,
            )
        )
    sitting.max_points = sum(most_points(item.kind, item.key) for item in items)
    sitting.save(force_insert=True)
    PaperItem.objects.bulk_create(items)
    return sitting


# One statement: the shared lock on the sitting keeps a save and a submit apart, so that an answer
# is either counted or refused, never acknowledged and then left out of the score.
SAVE = f"""
WITH sitting AS (
    SELECT id FROM sittings_sitting
    WHERE id = %(sitting)s AND member_id = %(member)s AND state = 'open'
      AND (deadline IS NULL OR deadline > clock_timestamp())
    FOR SHARE
)
UPDATE sittings_paperitem AS item
SET answer = %(answer)s, doubtful = %(doubtful)s, seq = %(seq)s, saved_at = clock_timestamp()
FROM sitting
WHERE item.sitting_id = sitting.id AND item.position = %(position)s AND item.seq < %(seq)s
  AND {FITS}
RETURNING item.seq, item.saved_at
"""
# A browser counts from what it was told; a number far beyond that is not one of ours, and would
# block every later save of the item.
LARGEST_SEQ = 1_000_000


def save_answer(*, sitting_id: uuid.UUID, member_id: uuid.UUID, answer: Answer) -> Receipt:
    """Store one answer durably and return its receipt; repeating a save changes nothing.

    Raises SittingNotFound, SittingClosed, AnswerNotValid, or AnswerConflict when another tab or
    device stored a different answer with the same or a later number.
    """
    if not 0 < answer.seq <= LARGEST_SEQ:
        raise AnswerNotValid(_("Jawaban tidak dapat dibaca. Muat ulang halaman ini."))
    with connection.cursor() as cursor:
        cursor.execute(
            SAVE,
            {
                "sitting": sitting_id,
                "member": member_id,
                "answer": answer.answer,
                "doubtful": answer.doubtful,
                "seq": answer.seq,
                "position": answer.position,
                **needed(answer.answer),
            },
        )
        row = cursor.fetchone()
    if row:
        return Receipt(answer.position, row[0], row[1])
    return _why_not_saved(sitting_id, member_id, answer)


def _why_not_saved(sitting_id: uuid.UUID, member_id: uuid.UUID, answer: Answer) -> Receipt:
    sitting = Sitting.objects.filter(pk=sitting_id, member_id=member_id).first()
    item = PaperItem.objects.filter(sitting_id=sitting_id, position=answer.position).first()
    if sitting is None or item is None:
        raise SittingNotFound(_("Tes ini tidak ditemukan."))
    if sitting.state != SittingState.OPEN or sitting.is_over:
        raise SittingClosed(_("Tes ini sudah dikumpulkan; jawaban tidak dapat diubah lagi."))
    stored = (item.answer, item.doubtful)
    if item.seq >= answer.seq and stored == (answer.answer, answer.doubtful) and item.saved_at:
        return Receipt(answer.position, item.seq, item.saved_at)
    if item.seq >= answer.seq:
        raise AnswerConflict(
            _("Jawaban soal ini sudah diganti dari tab atau perangkat lain."),
            answer=item.answer,
            doubtful=item.doubtful,
            seq=item.seq,
        )
    raise AnswerNotValid(why_not(item.kind))


@transaction.atomic
def submit(
    *, sitting_id: uuid.UUID, member_id: uuid.UUID, answers: Sequence[Answer] = ()
) -> tuple[Sitting, bool]:
    """Score a sitting once; returns (sitting, whether this call scored it).

    `answers` are those that travel with the submitting form (a page without JavaScript, or one
    whose last save was still under way); each counts unless a newer one is stored. Past the
    deadline only what was saved counts, and the deadline is the time of submission. Essays stay
    `pending`. Submitting again, from anywhere, returns the first result. Raises SittingNotFound.
    """
    sitting = Sitting.objects.select_for_update().filter(pk=sitting_id, member_id=member_id).first()
    if sitting is None:
        raise SittingNotFound(_("Tes ini tidak ditemukan."))
    if sitting.state == SittingState.SUBMITTED:
        return sitting, False
    items = list(PaperItem.objects.filter(sitting=sitting).order_by("position"))
    if not sitting.is_over:
        _take_along(items, answers)
    earned = [points_of(item) for item in items]
    sitting.right = sum(
        points == most_points(item.kind, item.key)
        for points, item in zip(earned, items, strict=True)
    )
    sitting.points = kept(sum((points for points in earned if points is not None), NONE))
    sitting.pending = sum(points is None for points in earned)
    sitting.state = SittingState.SUBMITTED
    now = timezone.now()
    sitting.submitted_at = min(now, sitting.deadline) if sitting.deadline else now
    sitting.save(update_fields=["right", "points", "pending", "state", "submitted_at"])
    return sitting, True


def _take_along(items: list[PaperItem], answers: Sequence[Answer]) -> None:
    """Store the form's answers that are newer than the saved ones."""
    by_position = {item.position: item for item in items}
    for answer in answers:
        item = by_position.get(answer.position)
        if item is None or not item.seq < answer.seq <= LARGEST_SEQ:
            continue
        if item.saved_at and (item.answer, item.doubtful) == (answer.answer, answer.doubtful):
            continue
        if not fits(item.kind, item.body, answer.answer):
            continue
        item.answer, item.doubtful, item.seq = answer.answer, answer.doubtful, answer.seq
        item.saved_at = timezone.now()
        PaperItem.objects.filter(pk=item.pk).update(
            answer=item.answer, doubtful=item.doubtful, seq=item.seq, saved_at=item.saved_at
        )
