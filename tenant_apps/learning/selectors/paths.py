"""Reads of learning paths: their lists, and how far one person is."""

import uuid
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Count, F, Q, QuerySet, Sum
from django.urls import reverse

from tenant_apps.learning.choices import TopicState
from tenant_apps.learning.models import Enrolment, LearningPath, Topic
from tenant_apps.learning.permissions import visible_topics
from tenant_apps.learning.steps import path_of

ZERO = Decimal(0)
_COUNTED = Q(places__topic__state=TopicState.PUBLISHED)


def with_totals(paths: QuerySet[LearningPath]) -> QuerySet[LearningPath]:
    """Return paths with `.topics` and `.jp`, those of the topics that are published."""
    return paths.annotate(
        topics=Count("places", filter=_COUNTED), jp=Sum("places__topic__jp", filter=_COUNTED)
    )


@dataclass(frozen=True)
class Place:
    """One topic of a path for one person; `state` is done, next, open or locked."""

    topic: Topic
    state: str
    url: str


@dataclass(frozen=True)
class Progress:
    """How far a person is on a path."""

    places: list[Place]
    jp: Decimal
    jp_done: Decimal
    done: int
    next_url: str


def progress(path: LearningPath, account: Any) -> Progress:
    """Return a path's topics as one person may use them: two queries, and one for the rights.

    Topics that the person may not see are left out; archived ones stay for who began them. In an
    ordered path a topic opens after the one before it was completed.
    """
    enrolled: dict[uuid.UUID, Enrolment] = {}
    if account.is_authenticated:
        rows = Enrolment.objects.filter(
            member_id=account.pk, topic__in=path.places.values("topic_id")
        )
        enrolled = {row.topic_id: row for row in rows}
    seen = Q(pk__in=visible_topics(account).values("pk"), state=TopicState.PUBLISHED)
    topics = (
        Topic.objects.filter(places__path=path)
        .filter(seen | Q(pk__in=list(enrolled)))
        .annotate(position=F("places__position"))
        .order_by("places__position")
    )
    places: list[Place] = []
    before_is_done, next_url = True, ""
    for topic in topics:
        enrolment = enrolled.get(topic.pk)
        done = enrolment is not None and enrolment.completed_at is not None
        url = path_of(enrolment.step, topic) if enrolment else reverse("topic", args=[topic.slug])
        if done:
            state = "done"
        elif path.ordered and not before_is_done:
            state, url = "locked", ""
        else:
            state = "open" if next_url else "next"
            next_url = next_url or url
        places.append(Place(topic, state, url))
        before_is_done = done
    finished = [place for place in places if place.state == "done"]
    return Progress(
        places=places,
        jp=_total(places),
        jp_done=_total(finished),
        done=len(finished),
        next_url=next_url,
    )


def _total(places: list[Place]) -> Decimal:
    """Return the JP of some topics, without decimals where they say nothing."""
    total = sum((place.topic.jp for place in places), ZERO)
    whole = total.to_integral_value()
    return whole if whole == total else total
