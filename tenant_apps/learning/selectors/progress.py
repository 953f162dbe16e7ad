"""Reads of all enrolments of a tenant: lists of participants, people who are stuck."""

import datetime
import uuid
from collections.abc import Collection

from django.db.models import F, IntegerField, Q, QuerySet, Sum
from django.db.models.functions import Cast
from django.utils import timezone

from shared_apps.rules import selectors as rules
from tenant_apps.learning.models import Enrolment, Offering, SectionReading
from tenants.schemas import current_tenant


def all_enrolments() -> QuerySet[Enrolment]:
    """Return every enrolment with its topic and scores of 100 (`pre`, `post`, `gain`)."""
    return (
        Enrolment.objects.select_related("topic", "version", "offering")
        .defer("topic__goals", "topic__regulations", "topic__keywords", "version__goals",
               "version__regulations", "version__keywords")
        .annotate(pre=_score("pre"), post=_score("post"))
        .annotate(gain=F("post") - F("pre"))
    )  # fmt: skip


def offering_titles() -> dict[uuid.UUID, str]:
    """Return the titles of all classes, newest first."""
    return {row.pk: row.full_title for row in Offering.objects.only("title", "batch")}


def _score(which: str) -> Cast:
    """Right answers of 100, rounded down as in `rules.score`."""
    return Cast(100 * F(f"{which}_right") / F(f"{which}_total"), IntegerField())


def stuck(rows: QuerySet[Enrolment]) -> QuerySet[Enrolment]:
    """Keep who started long ago (a rule) and has done nothing for as long."""
    limit = timezone.now() - datetime.timedelta(
        days=rules.whole("report.stuck_days", tenant_id=current_tenant().pk)
    )
    return rows.filter(
        Q(last_seen_at__isnull=True) | Q(last_seen_at__lt=limit),
        Q(failed_at__isnull=True) | Q(failed_at__lt=limit),
        completed_at__isnull=True,
        started_at__lt=limit,
    )


def reading_seconds(enrolment_ids: Collection[uuid.UUID]) -> dict[uuid.UUID, int]:
    """Return how long each of some enrolments was read, in one query; none for 0."""
    return dict(
        SectionReading.objects.filter(enrolment__in=enrolment_ids)
        .values_list("enrolment_id")
        .annotate(Sum("seconds"))
    )


def enrolments_of_person(account_id: uuid.UUID) -> QuerySet[Enrolment]:
    """Return one person's way through each topic here, newest first."""
    return all_enrolments().filter(member=account_id).order_by("-started_at", "pk")
