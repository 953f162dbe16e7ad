"""Reads of topics and sections."""

from typing import Any

from django.db import connection
from django.db.models import Count, Q, QuerySet

from shared_apps.catalog.selectors import Listed
from tenant_apps.learning.errors import TopicNotFound
from tenant_apps.learning.models import Enrolment, Section, Topic
from tenant_apps.learning.permissions import may_see
from tenants.schemas import current_tenant
from toolkit import indonesian
from toolkit.rows import Columns

_TOPIC = Columns(Topic, "t")
_ENROLMENT = Columns(Enrolment, "e")
_OUTLINE = Columns(Section, "s", only=("id", "topic", "key", "position", "title", "words"))
_SECTION = Columns(
    Section, "s", only=("id", "topic", "key", "position", "title", "words", "html", "retired")
)
# Every page of a topic begins with this read.
_FIND = f"""
SELECT {_TOPIC.sql}, {_ENROLMENT.sql} FROM learning_topic t
LEFT JOIN learning_enrolment e ON e.topic_id = t.id AND e.member_id = %s
WHERE t.slug = %s
"""
_SECTIONS = f"""
SELECT {_OUTLINE.sql}, r.done_at IS NOT NULL FROM learning_section s
LEFT JOIN learning_sectionreading r ON r.section_id = s.id AND r.enrolment_id = %s
WHERE s.topic_id = %s AND NOT s.retired ORDER BY s.position
"""
_BY_KEY = f"""
SELECT {_SECTION.sql} FROM learning_section s
WHERE s.topic_id = %s AND s.key = %s AND NOT s.retired
"""


def find_topic(slug: str, *, account: Any) -> tuple[Topic, Enrolment | None]:
    """Return a topic that the person may see, and their enrolment in it.

    Raises TopicNotFound.
    """
    with connection.cursor() as cursor:
        cursor.execute(_FIND, [account.pk if account.is_authenticated else None, slug])
        row = cursor.fetchone()
    if row is None:
        raise TopicNotFound("topic")
    topic = _TOPIC.make(row[: _TOPIC.count])
    if not may_see(account, topic):
        raise TopicNotFound("topic")
    if row[_TOPIC.count] is None:
        return topic, None
    enrolment = _ENROLMENT.make(row[_TOPIC.count :])
    enrolment.topic = topic
    return topic, enrolment


def sections_of(topic: Topic) -> list[Section]:
    """Return the sections in order, without their text."""
    return [section for section, _done in sections_read(topic, None)]


def sections_read(topic: Topic, enrolment: Enrolment | None) -> list[tuple[Section, bool]]:
    """Return the sections in order, without their text, and whether the person ticked each off."""
    with connection.cursor() as cursor:
        cursor.execute(_SECTIONS, [enrolment.pk if enrolment else None, topic.pk])
        return [(_OUTLINE.make(row[:-1]), row[-1]) for row in cursor.fetchall()]


def section_by_key(topic: Topic, key: str) -> Section | None:
    """Return a section with its text as HTML; None if the topic has no such section now."""
    with connection.cursor() as cursor:
        cursor.execute(_BY_KEY, [topic.pk, key])
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


def topics_with_progress() -> list[Topic]:
    """Return all topics with `.learners` and `.finished`, the numbers of people: one query."""
    return list(
        Topic.objects.annotate(
            learners=Count("enrolments"),
            finished=Count("enrolments", filter=Q(enrolments__completed_at__isnull=False)),
        ).order_by("title")
    )
