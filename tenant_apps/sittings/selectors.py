"""Reads of sittings; none hands out a key before the sitting is submitted."""

import datetime
import uuid
from collections import Counter

from django.utils import timezone

from tenant_apps.question_bank.choices import QuestionKind
from tenant_apps.sittings.choices import SittingState
from tenant_apps.sittings.models import EssayMark, PaperItem, Sitting, TimeExtension
from tenant_apps.sittings.reviewing import Reviewed, reviewed


def open_sitting(*, member_id: uuid.UUID, subject_uuid: uuid.UUID, purpose: str) -> Sitting | None:
    """Return the person's open sitting of a test, if any."""
    return Sitting.objects.filter(
        member_id=member_id, subject_uuid=subject_uuid, purpose=purpose, state=SittingState.OPEN
    ).first()


def last_submitted(
    *, member_id: uuid.UUID, subject_uuid: uuid.UUID, purpose: str
) -> Sitting | None:
    """Return the person's newest scored sitting of a test, if any."""
    return (
        Sitting.objects.filter(
            member_id=member_id,
            subject_uuid=subject_uuid,
            purpose=purpose,
            state=SittingState.SUBMITTED,
        )
        .order_by("-attempt")
        .first()
    )


def paper(sitting: Sitting) -> list[PaperItem]:
    """Return the items of a paper without their keys, in order."""
    return list(
        PaperItem.objects.filter(sitting_id=sitting.pk)
        .only("sitting_id", "position", "body", "answer", "doubtful", "seq", "saved_at", "kind")
        .order_by("position")
    )


def times_seen(*, member_id: uuid.UUID, subject_uuid: uuid.UUID) -> Counter[uuid.UUID]:
    """Return how often the person met each question in the tests of a subject."""
    return Counter(
        PaperItem.objects.filter(
            sitting__member_id=member_id, sitting__subject_uuid=subject_uuid
        ).values_list("question_id", flat=True)
    )


def has_pending(*, member_id: uuid.UUID, subject_uuid: uuid.UUID, purpose: str) -> bool:
    """Say whether essays of a test that the person submitted still wait for their marks."""
    return Sitting.objects.filter(
        member_id=member_id, subject_uuid=subject_uuid, purpose=purpose, pending__gt=0
    ).exists()


def extension_percent(member_id: uuid.UUID, on: datetime.date) -> int:
    """Return the percent of every time limit that holds for a person on a day; 100 without more."""
    found = TimeExtension.objects.filter(member_id=member_id, valid_until__gte=on).first()
    return found.percent if found else 100


def overdue(*, most: int = 500) -> list[Sitting]:
    """Return open sittings of the tenant whose time is over, oldest first."""
    return list(
        Sitting.objects.filter(state=SittingState.OPEN, deadline__lte=timezone.now()).order_by(
            "deadline"
        )[:most]
    )


def review(sitting: Sitting) -> list[Reviewed]:
    """Return the questions of a scored sitting with answers; empty while it is open."""
    if sitting.state != SittingState.SUBMITTED:
        return []
    items = list(PaperItem.objects.filter(sitting_id=sitting.pk).order_by("position"))
    marks = {}
    if any(item.kind == QuestionKind.ESSAY for item in items):
        marks = {mark.position: mark for mark in EssayMark.objects.filter(sitting=sitting)}
    return [reviewed(item, marks.get(item.position)) for item in items]


def wrong_sections(sitting: Sitting) -> list[str]:
    """Return the keys of the sections whose questions were answered wrong, most wrong first."""
    wrong = Counter(
        row.section
        for row in review(sitting)
        if row.section and not row.is_right and not row.is_pending
    )
    return [section for section, _count in wrong.most_common()]
