"""Reads of topics and sections."""

import uuid
from typing import Any

from django.db import connection
from django.db.models import Count, Q, QuerySet

from shared_apps.catalog.selectors import Listed
from tenant_apps.citations.selectors import Changed, changes_in, moved_sql
from tenant_apps.learning.choices import TopicState
from tenant_apps.learning.errors import TopicNotFound
from tenant_apps.learning.models import COPIED, Enrolment, Section, Topic, TopicVersion
from tenant_apps.learning.permissions import may_see
from tenants.choices import ThingKind
from tenants.schemas import current_tenant
from toolkit import indonesian
from toolkit.rows import Columns

_TOPIC = Columns(Topic, "t")
_ENROLMENT = Columns(Enrolment, "e")
# What a version says that the topic says too; who may see it is the topic's own.
_OWN = ("id", *(name for name in COPIED if name not in {"visibility", "agencies"}))
_VERSION = Columns(TopicVersion, "v", only=_OWN)
_OUTLINE = Columns(Section, "s", only=("id", "version", "key", "position", "title", "words"))
_SECTION = Columns(
    Section, "s", only=("id", "version", "key", "position", "title", "words", "html")
)
# Every page of a topic begins with this read. The version comes along only where it is not the
# published one.
_FIND = f"""
SELECT {moved_sql(ThingKind.TOPIC, "t.id")}, {_TOPIC.sql}, {_ENROLMENT.sql}, {_VERSION.sql}
FROM learning_topic t
LEFT JOIN learning_enrolment e ON e.topic_id = t.id AND e.member_id = %s
LEFT JOIN learning_topicversion v ON v.id = e.version_id AND v.id <> t.current_id
WHERE t.slug = %s
"""
_SECTIONS = f"""
SELECT {_OUTLINE.sql}, r.done_at IS NOT NULL FROM learning_section s
LEFT JOIN learning_sectionreading r ON r.section_id = s.id AND r.enrolment_id = %s
WHERE s.version_id = %s ORDER BY s.position
"""
_BY_KEY = f"""
SELECT {_SECTION.sql} FROM learning_section s
WHERE s.version_id = %s AND s.key = %s
"""


def find_topic(slug: str, *, account: Any) -> tuple[Topic, Enrolment | None]:
    """Return a topic that the person may see, and their enrolment in it.

    Who enrolled in an earlier version gets the topic as that version says it; an archived topic
    stays open to whoever enrolled. Raises TopicNotFound.
    """
    with connection.cursor() as cursor:
        cursor.execute(_FIND, [account.pk if account.is_authenticated else None, slug])
        row = cursor.fetchone()
    if row is None:
        raise TopicNotFound("topic")
    law_moved, row = row[0], row[1:]
    topic = _TOPIC.make(row[: _TOPIC.count])
    topic.law_moved = law_moved
    enrolled = row[_TOPIC.count] is not None
    version_at = _TOPIC.count + _ENROLMENT.count
    enrolment = _ENROLMENT.make(row[_TOPIC.count : version_at]) if enrolled else None
    # Who takes part in a class sees its topic, whoever else may.
    stays = enrolment is not None and (
        topic.state == TopicState.ARCHIVED or enrolment.offering_id is not None
    )
    if not stays and not may_see(account, topic):
        raise TopicNotFound("topic")
    if enrolment is None:
        return topic, None
    enrolment.topic = topic
    if row[version_at] is not None:
        show_as(topic, _VERSION.make(row[version_at:]))
    return topic, enrolment


def law_changes(topic: Topic) -> list[Changed]:
    """Return what moved in the law that a topic cites; a query only where something did."""
    return changes_in(ThingKind.TOPIC, topic.pk) if topic.law_moved else []


def show_as(topic: Topic, version: TopicVersion) -> None:
    """Let a topic say what one of its versions says; such an object is for reading only."""
    for name in _OWN[1:]:
        setattr(topic, name, getattr(version, name))


def topic_of(enrolment: Enrolment) -> Topic:
    """Return the topic of an enrolment as the person's own version says it."""
    topic = Topic.objects.get(pk=enrolment.topic_id)
    if enrolment.version_id != topic.current_id:
        show_as(topic, TopicVersion.objects.get(pk=enrolment.version_id))
    return topic


def version_for(topic: Topic, enrolment: Enrolment | None) -> uuid.UUID | None:
    """Return the id of the version that a person reads: their own, else the published one."""
    return enrolment.version_id if enrolment else topic.current_id


def sections_of(topic: Topic, enrolment: Enrolment | None) -> list[Section]:
    """Return the sections of the person's version in order, without their text."""
    return [section for section, _done in sections_read(topic, enrolment)]


def sections_read(topic: Topic, enrolment: Enrolment | None) -> list[tuple[Section, bool]]:
    """Return the sections in order, without their text, and whether the person ticked each off."""
    with connection.cursor() as cursor:
        cursor.execute(
            _SECTIONS, [enrolment.pk if enrolment else None, version_for(topic, enrolment)]
        )
        return [(_OUTLINE.make(row[:-1]), row[-1]) for row in cursor.fetchall()]


def section_by_key(enrolment: Enrolment, key: str) -> Section | None:
    """Return a section of the person's version with its text as HTML; None if there is none."""
    with connection.cursor() as cursor:
        cursor.execute(_BY_KEY, [enrolment.version_id, key])
        row = cursor.fetchone()
    return _SECTION.make(row) if row else None


def as_listed(topics: QuerySet[Topic]) -> list[Listed]:
    """Return topics of the open tenant as lists show them, in one query.

    Addresses are paths on the tenant's own host.
    """
    tenant = current_tenant()
    return [
        Listed(
            title=title,
            summary=summary,
            url=f"/topik/{slug}/",
            jp=indonesian.jp(jp),
            minutes=minutes,
            provider_name=tenant.name,
            provider_logo=tenant.logo_sha256,
        )
        for title, summary, slug, jp, minutes in topics.values_list(
            "title", "summary", "slug", "jp", "minutes"
        )
    ]


def topic_names() -> list[tuple[str, str]]:
    """Return (slug, title) of all topics, for lists of choices."""
    return list(Topic.objects.order_by("title").values_list("slug", "title"))


def topic_titles(ids: list[uuid.UUID] | None = None) -> dict[uuid.UUID, str]:
    """Return the titles of some topics, or of all."""
    rows = Topic.objects.all() if ids is None else Topic.objects.filter(pk__in=ids)
    return dict(rows.order_by("title").values_list("pk", "title"))


def topics_with_progress() -> list[Topic]:
    """Return all topics with `.learners` and `.finished`, the numbers of people: one query."""
    return list(
        Topic.objects.annotate(
            learners=Count("enrolments"),
            finished=Count("enrolments", filter=Q(enrolments__completed_at__isnull=False)),
        ).order_by("title")
    )
