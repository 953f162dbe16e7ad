"""Marking essays: criterion by criterion, each answer once."""

import uuid
from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from shared_apps.audit import services as audit
from tenant_apps.question_bank.choices import QuestionKind
from tenant_apps.sittings.choices import SittingState
from tenant_apps.sittings.errors import AlreadyMarked, MarkNotValid
from tenant_apps.sittings.models import EssayMark, PaperItem, Sitting

LONGEST_COMMENT = 2_000


@transaction.atomic
def mark_essay(
    *, by: Any, sitting_id: uuid.UUID, position: int, given: Sequence[int], comment: str
) -> Sitting:
    """Store the points of one essay and add them to the sitting's; the last one ends the waiting.

    The first of two markers counts. Raises AlreadyMarked, or MarkNotValid naming the criterion.
    """
    sitting = Sitting.objects.select_for_update().get(pk=sitting_id)
    item = PaperItem.objects.get(sitting=sitting, position=position, kind=QuestionKind.ESSAY)
    if sitting.state != SittingState.SUBMITTED or not item.answer:
        raise MarkNotValid(_("Esai ini belum dikumpulkan."))
    if EssayMark.objects.filter(sitting=sitting, position=position).exists():
        raise AlreadyMarked(_("Esai ini sudah dinilai orang lain; nilainya yang berlaku."))
    rubric = item.key["rubric"]
    if len(given) != len(rubric):
        raise MarkNotValid(_("Beri poin untuk setiap kriteria."))
    for index, (points, row) in enumerate(zip(given, rubric, strict=True)):
        if not 0 <= points <= row["points"]:
            raise MarkNotValid(
                _("Poin dari 0 sampai {most}.").format(most=row["points"]), field=f"poin-{index}"
            )
    if len(comment) > LONGEST_COMMENT or "\0" in comment:
        raise MarkNotValid(
            _("Paling panjang {longest} huruf.").format(longest=LONGEST_COMMENT), field="komentar"
        )
    EssayMark.objects.create(
        sitting=sitting,
        position=position,
        given=list(given),
        points=sum(given),
        comment=comment.strip(),
        marked_by=by.pk,
    )
    sitting.points = (sitting.points or 0) + sum(given)
    sitting.right = (sitting.right or 0) + (list(given) == [row["points"] for row in rubric])
    sitting.pending -= 1
    sitting.save(update_fields=["points", "right", "pending"])
    audit.record("essay.marked", by=by, kind="sitting", ref=sitting.pk, data={"position": position})
    return sitting
