"""Making a version the published one: the moment at which it becomes everybody's."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from shared_apps.catalog import services as catalog
from tenant_apps.citations import services as citations
from tenant_apps.citations.selectors import keeps as cited_kinds
from tenant_apps.files import selectors as files
from tenant_apps.learning.choices import TopicState, VersionState
from tenant_apps.learning.models import COPIED, Topic, TopicVersion
from tenants.choices import ThingKind
from tenants.schemas import current_tenant
from toolkit import markdown

WORDS_PER_MINUTE = 150
#: Letters of documents that the catalogue finds a topic by; its index holds one megabyte at most.
MOST_OF_DOCUMENTS = 100_000


def reading_minutes(words: int) -> int:
    """Return how long a reader needs for so many words."""
    return max(1, round(words / WORDS_PER_MINUTE))


def copy_values(source: Topic | TopicVersion, to: Topic | TopicVersion) -> None:
    """Let one say what the other says; the caller saves it."""
    for name in COPIED:
        setattr(to, name, getattr(source, name))


def make_current(topic: Topic, version: TopicVersion, *, worked_over: bool = False) -> None:
    """Publish a version of a locked topic in the caller's transaction.

    The version before it is superseded, the topic takes its values, and the catalogue its
    snapshot. People who enrolled earlier keep theirs. `worked_over`: a person has just gone over
    the text, so that its citations count as looked at.
    """
    now = timezone.now()
    TopicVersion.objects.filter(topic=topic, state=VersionState.PUBLISHED).update(
        state=VersionState.SUPERSEDED
    )
    sections = list(version.sections.all())
    version.minutes = reading_minutes(sum(section.words for section in sections))
    version.state, version.published_at, version.updated_at = VersionState.PUBLISHED, now, now
    version.save()
    copy_values(version, topic)
    topic.current, topic.version, topic.draft = version, version.number, None
    topic.state = TopicState.PUBLISHED
    topic.published_at = topic.published_at or now
    topic.updated_at = now
    topic.save()
    announce(topic, body=_plain(topic, sections))
    cite_topic(topic, sections, looked_at=worked_over)


def cite_topic(topic: Topic, sections: list[Any], *, looked_at: bool = False) -> None:
    """Keep which regulations the published version cites."""
    citations.cite(
        kind=ThingKind.TOPIC,
        uuid=topic.pk,
        title=topic.title,
        path=f"/topik/{topic.slug}/",
        owner_id=topic.owner_id,
        texts=[section.markdown for section in sections],
        names=topic.regulations,
        looked_at=looked_at,
    )


def cite_published() -> int:
    """Keep the citations of topics that were published before there was a register.

    Only where none is kept yet; returns how many topics were read.
    """
    if cited_kinds(ThingKind.TOPIC):
        return 0
    topics = list(Topic.objects.filter(current__isnull=False).select_related("current"))
    with transaction.atomic():
        for topic in topics:
            cite_topic(topic, list(topic.current.sections.all()) if topic.current else [])
    return len(topics)


def _plain(topic: Topic, sections: list[Any]) -> str:
    """Return the words of the material, then those of the documents that it shows."""
    text = "\n".join(section.markdown for section in sections)
    documents = files.text_of(
        text, owner_kind=ThingKind.TOPIC, owner_uuid=topic.pk, most=MOST_OF_DOCUMENTS
    )
    return " ".join([*markdown.plain_words(text), documents])


def announce(topic: Topic, *, body: str | None = None) -> None:
    """Put the topic's snapshot into the national catalogue; `body` is read when it is not given."""
    if body is None:
        body = _plain(topic, list(topic.current.sections.all())) if topic.current else ""
    catalog.publish(
        tenant=current_tenant(),
        kind=ThingKind.TOPIC,
        uuid=topic.pk,
        path=f"/topik/{topic.slug}/",
        title=topic.title,
        summary=topic.summary,
        keywords=[*topic.keywords, *topic.regulations],
        body=body,
        jp=topic.jp,
        minutes=topic.minutes,
        visibility=topic.visibility,
        agencies=topic.agencies,
        published_at=topic.published_at or timezone.now(),
    )
