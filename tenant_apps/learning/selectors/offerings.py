"""Reads of offerings: which a person may see, what belongs to one, where a person stands."""

import uuid
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from shared_apps.access.selectors import permissions_of
from shared_apps.catalog.choices import Visibility
from shared_apps.offerings.choices import ANNOUNCED, SEATING
from shared_apps.rules import selectors as rules
from tenant_apps.learning.choices import SeatState
from tenant_apps.learning.errors import TopicNotFound
from tenant_apps.learning.models import ClassSession, Offering, PathTopic, Seat, Topic
from tenants.schemas import current_tenant


def topics_of(offering: Offering) -> list[Topic]:
    """Return the topics that an offering teaches, those of a path in their order."""
    if offering.topic is not None:
        return [offering.topic]
    places = PathTopic.objects.filter(path=offering.learning_path_id).select_related("topic")
    return [place.topic for place in places.order_by("position")]


def programme_title(offering: Offering) -> str:
    """Return what the offering teaches, in words."""
    programme = offering.topic or offering.learning_path
    return programme.title if programme else offering.title


def minimum_attendance(offering: Offering) -> int:
    """Return the percent of the sessions that somebody must attend: its own, else the rule's."""
    if offering.minimum_attendance is not None:
        return offering.minimum_attendance
    return rules.whole("offering.minimum_attendance", tenant_id=current_tenant().pk)


def _seen_by(account: Any) -> Q:
    allowed = Q(visibility__in=[Visibility.ALL_ASN, Visibility.PUBLIC])
    agency_id = getattr(account, "confirmed_agency_id", None)
    if agency_id is not None:
        allowed |= Q(visibility=Visibility.CHOSEN, agencies__contains=[agency_id])
        if agency_id == current_tenant().agency_id:
            allowed |= Q(visibility=Visibility.OWN)
    allowed &= Q(state__in=ANNOUNCED)
    if account.is_authenticated:
        allowed |= Q(pk__in=Seat.objects.filter(member_id=account.pk).values("offering"))
    return allowed


def visible_offerings(account: Any) -> QuerySet[Offering]:
    """Offerings that a person (or a stranger) may see at the open tenant, with their topics.

    Announced ones by the same rule as topics, and any in which the person has a seat. Who works
    here sees all.
    """
    found = Offering.objects.select_related("topic", "learning_path")
    if "offering.view" in permissions_of(account, current_tenant()):
        return found
    return found.filter(_seen_by(account))


def upcoming(account: Any) -> QuerySet[Offering]:
    """Visible offerings that still take people or run, the next ones first."""
    now = timezone.now()
    return (
        visible_offerings(account)
        .filter(state__in=SEATING)
        .exclude(ends_at__lt=now)
        .order_by("starts_at", "title", "pk")
    )


def upcoming_of_topic(topic: Topic, account: Any) -> list[Offering]:
    """Return the next offerings of a topic that a person may see: one query."""
    return list(
        upcoming(account).filter(Q(topic=topic) | Q(learning_path__places__topic=topic))[:5]
    )


def find_offering(slug: str, *, account: Any) -> Offering:
    """Return an offering that the person may see; raises TopicNotFound."""
    row = visible_offerings(account).filter(slug=slug).first()
    if row is None:
        raise TopicNotFound("offering")
    return row


def seat_of(offering: Offering, account: Any) -> Seat | None:
    """Return a person's seat, whatever became of it."""
    if not account.is_authenticated:
        return None
    return Seat.objects.filter(offering=offering, member_id=account.pk).first()


def place_in_queue(seat: Seat) -> int:
    """Return how many wait before a person, and the person: 1 is the next."""
    return Seat.objects.filter(
        offering=seat.offering_id, state=SeatState.WAITING, number__lte=seat.number
    ).count()


def seats_of(account: Any) -> list[Seat]:
    """Return a person's current seats at this tenant with the offerings, the next first."""
    return list(
        Seat.objects.filter(
            member_id=account.pk,
            state__in=[SeatState.APPLIED, SeatState.WAITING, SeatState.SEATED],
        )
        .select_related("offering__topic")
        .order_by("offering__starts_at", "pk")
    )


def sessions_of(offering: Offering) -> list[ClassSession]:
    """Return the sessions in order with their trainers: two queries."""
    return list(offering.sessions.prefetch_related("trainers"))


def all_offerings() -> QuerySet[Offering]:
    """Every offering of the tenant for the workspace's list, with numbers of people."""
    return Offering.objects.select_related("topic", "learning_path").annotate(
        applied=Count("seats", filter=Q(seats__state=SeatState.APPLIED)),
        waiting=Count("seats", filter=Q(seats__state=SeatState.WAITING)),
        completed=Count("seats", filter=Q(seats__state=SeatState.COMPLETED)),
    )


def sessions_of_trainer(account_id: uuid.UUID) -> QuerySet[ClassSession]:
    """Sessions that a trainer teaches."""
    return ClassSession.objects.filter(trainers__account_id=account_id).select_related("offering")
