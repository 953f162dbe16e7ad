"""What waits in the rooms of topics and classes, as the workspace's first page counts it."""

import datetime
import uuid

from django.db.models import QuerySet
from django.utils import timezone

from shared_apps.desk.choices import Step
from shared_apps.offerings.choices import SEATING, Mode
from tenant_apps.learning.choices import VersionState
from tenant_apps.learning.models import ClassSession, Enrolment, TopicVersion

#: Sessions longer ago are settled, with or without a list.
RECENT = datetime.timedelta(days=30)


def drafts_of(account_id: uuid.UUID) -> QuerySet[TopicVersion]:
    """Return the drafts that a person is writing."""
    return TopicVersion.objects.filter(author=account_id, state=VersionState.DRAFT)


def reviews_for(account_id: uuid.UUID) -> QuerySet[TopicVersion]:
    """Return what waits for a review by somebody other than its author."""
    return TopicVersion.objects.filter(state=VersionState.REVIEW).exclude(author=account_id)


def sessions_between(first: datetime.datetime, last: datetime.datetime) -> QuerySet[ClassSession]:
    """Return the sessions of classes under way that begin in a stretch of time, soonest first."""
    return (
        ClassSession.objects.filter(
            offering__state__in=SEATING, starts_at__gte=first, starts_at__lt=last
        )
        .select_related("offering")
        .order_by("starts_at")
    )


def sessions_without_attendance() -> QuerySet[ClassSession]:
    """Return recent sessions that are over and have nobody on their list."""
    now = timezone.now()
    return ClassSession.objects.filter(
        offering__mode__in=[Mode.CLASSICAL, Mode.BLENDED],
        offering__state__in=SEATING,
        offering__seats_taken__gt=0,
        ends_at__lt=now,
        ends_at__gte=now - RECENT,
        attendances__isnull=True,
    ).distinct()


def held_up() -> QuerySet[Enrolment]:
    """Return people whose class is over but whose attendance does not suffice to complete."""
    return Enrolment.objects.filter(
        step=Step.ATTENDANCE,
        completed_at__isnull=True,
        offering__state__in=SEATING,
        offering__ends_at__lt=timezone.now(),
    )
