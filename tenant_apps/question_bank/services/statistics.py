"""Kept sums over answers: added to in batches, never recomputed by a page."""

import uuid
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.db import transaction

from tenant_apps.question_bank.models import ItemStatistic


@dataclass(frozen=True, order=True)
class Test:
    """One wording of a question in one test."""

    # Not a test class for pytest to collect.
    __test__ = False

    question_id: uuid.UUID
    version: int
    subject_uuid: uuid.UUID
    purpose: str


@dataclass
class Outcomes:
    """Sums over some answers; see ItemStatistic."""

    answers: int = 0
    blank: int = 0
    right: int = 0
    x: float = 0.0
    xx: float = 0.0
    y: float = 0.0
    yy: float = 0.0
    xy: float = 0.0
    picks: Counter[str] = field(default_factory=Counter)

    def add(self, *, share: float, rest: float, blank: bool, picks: Iterable[str]) -> None:
        """Add one answer: its share of the points, that of the rest of the paper, its options."""
        self.answers += 1
        self.blank += blank
        self.right += share >= 1
        self.x += share
        self.xx += share * share
        self.y += rest
        self.yy += rest * rest
        self.xy += share * rest
        self.picks.update(picks)


SUMS = ("answers", "blank", "right", "x", "xx", "y", "yy", "xy")


@transaction.atomic
def add_outcomes(found: Mapping[Test, Outcomes]) -> None:
    """Add sums to the statistics, in one order, so that two of these never wait in a circle."""
    for test in sorted(found):
        ItemStatistic.objects.get_or_create(
            question_id=test.question_id,
            version=test.version,
            subject_uuid=test.subject_uuid,
            purpose=test.purpose,
        )
        row = ItemStatistic.objects.select_for_update().get(
            question_id=test.question_id,
            version=test.version,
            subject_uuid=test.subject_uuid,
            purpose=test.purpose,
        )
        outcomes = found[test]
        for name in SUMS:
            setattr(row, name, getattr(row, name) + getattr(outcomes, name))
        row.picks = dict(Counter(row.picks) + outcomes.picks)
        row.save(update_fields=[*SUMS, "picks"])
