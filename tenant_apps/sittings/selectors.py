"""Reads of sittings; none hands out a key before the sitting is submitted."""

import uuid
from collections import Counter
from dataclasses import dataclass
from typing import Any

from tenant_apps.sittings.choices import SittingState
from tenant_apps.sittings.models import PaperItem, Sitting
from tenant_apps.sittings.scoring import is_right


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


@dataclass(frozen=True)
class Reviewed:
    """One question after the sitting: what was answered, what is right and why."""

    position: int
    stem: str
    section: str
    answered: str
    right_answer: str
    explanation: str
    is_right: bool


def review(sitting: Sitting) -> list[Reviewed]:
    """Return the questions of a scored sitting with answers; empty while it is open."""
    if sitting.state != SittingState.SUBMITTED:
        return []
    rows = []
    for item in PaperItem.objects.filter(sitting_id=sitting.pk).order_by("position"):
        texts: dict[str, Any] = {option["id"]: option["html"] for option in item.body["options"]}
        rows.append(
            Reviewed(
                position=item.position,
                stem=item.body["stem"],
                section=item.section,
                answered=texts.get(item.answer, ""),
                right_answer=texts[item.key["right"]],
                explanation=item.key["explanation"],
                is_right=is_right(item),
            )
        )
    return rows


def wrong_sections(sitting: Sitting) -> list[str]:
    """Return the keys of the sections whose questions were answered wrong, most wrong first."""
    wrong = Counter(row.section for row in review(sitting) if not row.is_right and row.section)
    return [section for section, _count in wrong.most_common()]
