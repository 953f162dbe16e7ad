"""Making a version the published one: the moment at which it becomes everybody's."""

from typing import Any

from django.utils import timezone

from shared_apps.catalog import services as catalog
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


def make_current(topic: Topic, version: TopicVersion) -> None:
    """Publish a version of a locked topic in the caller's transaction.

    The version before it is superseded, the topic takes its values, and the catalogue its
    snapshot. People who enrolled earlier keep theirs.
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
