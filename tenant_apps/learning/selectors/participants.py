"""Reads for the training unit: who learns a topic and how far they are."""

import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Sum

from shared_apps.accounts import selectors as accounts
from shared_apps.desk.choices import Step
from tenant_apps.learning.models import Enrolment, SectionReading, Topic
from tenant_apps.learning.rules import score


@dataclass(frozen=True)
class Participant:
    """One learner of a topic as the training unit sees them."""

    name: str
    number: str
    agency: str
    step: str
    started_at: datetime
    pre_score: int | None
    post_score: int | None
    attempts: int
    minutes: int
    completed_at: datetime | None


def enrolments_of(topic: Topic, *, step: str = "") -> Any:
    """Return the enrolments of a topic, newest first, perhaps only those at one step."""
    found = Enrolment.objects.filter(topic=topic).order_by("-started_at", "pk")
    return found.filter(step=step) if step in Step.values else found


def participants(enrolments: list[Enrolment]) -> list[Participant]:
    """Return the people of some enrolments, in their order: two queries however many they are."""
    people = accounts.holders({row.member_id for row in enrolments})
    seconds: dict[uuid.UUID, int] = dict(
        SectionReading.objects.filter(enrolment__in=[row.pk for row in enrolments])
        .values_list("enrolment_id")
        .annotate(Sum("seconds"))
    )
    return [
        Participant(
            name=people[row.member_id].name,
            number=people[row.member_id].number,
            agency=people[row.member_id].agency_name,
            step=str(Step(row.step).label),
            started_at=row.started_at,
            pre_score=score(row.pre_right, row.pre_total),
            post_score=score(row.post_right, row.post_total),
            attempts=row.attempts,
            minutes=round(seconds.get(row.pk, 0) / 60),
            completed_at=row.completed_at,
        )
        for row in enrolments
    ]
