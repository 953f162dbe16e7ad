"""Adding scored answers to the kept statistics of questions, apart from the moment of scoring.

A thousand people who submit in one second would otherwise queue for the same rows.
"""

import uuid
from collections import defaultdict
from fractions import Fraction

from django.db import transaction

from tenant_apps.question_bank.choices import QuestionKind
from tenant_apps.question_bank.services.statistics import Outcomes, Test, add_outcomes
from tenant_apps.sittings.answers import ids_of
from tenant_apps.sittings.choices import SittingState
from tenant_apps.sittings.models import EssayMark, PaperItem, Sitting
from tenant_apps.sittings.scoring import most_points, points_of

BATCH = 200


def count_answers(*, most: int = 5_000) -> int:
    """Count scored sittings of the tenant that is open, each once; returns how many.

    Those whose essays wait are counted when they are marked.
    """
    done = 0
    while done < most:
        count = _count_batch()
        done += count
        if count < BATCH:
            break
    return done


@transaction.atomic
def _count_batch() -> int:
    sittings = list(
        Sitting.objects.select_for_update(skip_locked=True)
        .filter(state=SittingState.SUBMITTED, counted=False, pending=0)
        .order_by("submitted_at")[:BATCH]
    )
    if not sittings:
        return 0
    ids = [sitting.pk for sitting in sittings]
    papers: dict[uuid.UUID, list[PaperItem]] = defaultdict(list)
    for item in PaperItem.objects.filter(sitting_id__in=ids).order_by("sitting_id", "position"):
        papers[item.sitting_id].append(item)
    marks = {
        (mark.sitting_id, mark.position): Fraction(mark.points)
        for mark in EssayMark.objects.filter(sitting_id__in=ids)
    }
    found: dict[Test, Outcomes] = defaultdict(Outcomes)
    for sitting in sittings:
        _add_paper(sitting, papers[sitting.pk], marks, found)
    add_outcomes(found)
    Sitting.objects.filter(pk__in=ids).update(counted=True)
    return len(sittings)


def _add_paper(
    sitting: Sitting,
    items: list[PaperItem],
    marks: dict[tuple[uuid.UUID, int], Fraction],
    found: dict[Test, Outcomes],
) -> None:
    points = [
        marks.get((sitting.pk, item.position), points_of(item) or Fraction(0)) for item in items
    ]
    most = [most_points(item.kind, item.key) for item in items]
    for item, earned, possible in zip(items, points, most, strict=True):
        rest = sum(most) - possible
        share = float((sum(points) - earned) / rest) if rest else 0.0
        test = Test(item.question_id, item.question_version, sitting.subject_uuid, sitting.purpose)
        found[test].add(
            share=float(earned / possible) if possible else 0.0,
            rest=share,
            blank=not item.answer,
            picks=_picks(item),
        )


def _picks(item: PaperItem) -> list[str]:
    """Return which options of the bank were chosen; for matching, those of each prompt are not."""
    if item.kind == QuestionKind.MATCHING or "from" not in item.key:
        return []
    return [item.key["from"][each] for each in ids_of(item.answer) if each in item.key["from"]]
