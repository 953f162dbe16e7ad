"""Who may see a topic."""

import uuid
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from guardian.models import UserObjectPermission

from shared_apps.access.selectors import permissions_of
from shared_apps.catalog.choices import Visibility
from tenant_apps.learning.choices import TopicState
from tenant_apps.learning.models import Enrolment, LearningPath, Topic
from tenants.schemas import current_tenant


def visible_topics(account: Any) -> QuerySet[Topic]:
    """Topics that a person (or a stranger) may see at the tenant that is open.

    Published ones: those for all ASN and for the public are announced to anyone; `own` ones are
    for people whom the tenant's agency confirmed, `chosen` ones for those whom a named agency
    confirmed. Archived ones are gone from here. Who works here sees all.
    """
    if "topic.view_all" in permissions_of(account, current_tenant()):
        return Topic.objects.all()
    return Topic.objects.filter(_announced_to(account), state=TopicState.PUBLISHED)


def visible_ids(account: Any, topics: list[uuid.UUID]) -> list[uuid.UUID]:
    """Return which of some topics a person may see: one query."""
    return list(visible_topics(account).filter(pk__in=topics).values_list("pk", flat=True))


def _announced_to(account: Any) -> Q:
    """Return the condition of visibility; the state is the caller's."""
    allowed = Q(visibility__in=[Visibility.ALL_ASN, Visibility.PUBLIC])
    agency_id = getattr(account, "confirmed_agency_id", None)
    if agency_id is not None:
        allowed |= Q(visibility=Visibility.CHOSEN, agencies__contains=[agency_id])
        if agency_id == current_tenant().agency_id:
            allowed |= Q(visibility=Visibility.OWN)
    return allowed


def visible_paths(account: Any) -> QuerySet[LearningPath]:
    """Learning paths that a person may see, by the same rule as topics; published ones only."""
    return LearningPath.objects.filter(_announced_to(account), state=TopicState.PUBLISHED)


def may_see(account: Any, topic: Topic) -> bool:
    """Say of one topic what `visible_topics` says of all; asks for roles only where they decide."""
    tenant = current_tenant()
    if topic.state == TopicState.PUBLISHED:
        if topic.visibility in {Visibility.ALL_ASN, Visibility.PUBLIC}:
            return True
        agency_id = getattr(account, "confirmed_agency_id", None)
        if agency_id is not None and (
            (topic.visibility == Visibility.CHOSEN and agency_id in topic.agencies)
            or (topic.visibility == Visibility.OWN and agency_id == tenant.agency_id)
        ):
            return True
    return "topic.view_all" in permissions_of(account, tenant)


def require(account: Any, permission: str) -> None:
    """Raise PermissionDenied for who lacks a right at the open tenant."""
    if permission not in permissions_of(account, current_tenant()):
        raise PermissionDenied


def editable_topics(account: Any) -> QuerySet[Topic]:
    """Return the topics that a person may write: `may_edit` of all at once."""
    allowed = permissions_of(account, current_tenant())
    if "topic.edit" not in allowed:
        return Topic.objects.none()
    if "topic.publish" in allowed:
        return Topic.objects.all()
    shared = UserObjectPermission.objects.filter(
        user_id=account.pk,
        permission__codename="change_topic",
        permission__content_type__app_label="learning",
    )
    return Topic.objects.filter(
        Q(owner=account.pk) | Q(pk__in=[uuid.UUID(row.object_pk) for row in shared])
    )


def may_edit(account: Any, topic: Topic) -> bool:
    """Say whether a person may write a topic: their own, one shared with them, or any.

    Who may both edit and publish runs the training unit and edits all; authors edit what they
    own and what they were named co-author of.
    """
    allowed = permissions_of(account, current_tenant())
    if "topic.edit" not in allowed:
        return False
    return (
        "topic.publish" in allowed or topic.owner_id == account.pk or is_co_author(account, topic)
    )


def is_co_author(account: Any, topic: Topic) -> bool:
    """Say whether a person was named co-author of a topic (guardian's right on this one object)."""
    return UserObjectPermission.objects.filter(
        user_id=account.pk,
        object_pk=str(topic.pk),
        permission__codename="change_topic",
        permission__content_type__app_label="learning",
    ).exists()


def may_read_topic_file(account: Any, topic_id: uuid.UUID) -> bool:
    """Say whether a person may load a file of a topic: who sees it or takes part in it."""
    if visible_topics(account).filter(pk=topic_id).exists():
        return True
    return (
        account.is_authenticated
        and Enrolment.objects.filter(
            Q(topic__state=TopicState.ARCHIVED) | Q(offering__isnull=False),
            member_id=account.pk,
            topic=topic_id,
        ).exists()
    )
