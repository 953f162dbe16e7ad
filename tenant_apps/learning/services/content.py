"""Importing a topic from a content pack."""

from pathlib import Path, PurePosixPath
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from shared_apps.audit import services as audit
from shared_apps.catalog import services as catalog
from tenant_apps.files import services as files
from tenant_apps.learning.choices import TopicState
from tenant_apps.learning.models import Section, Topic
from tenant_apps.learning.packs import Pack, find_topics, read_pack
from tenant_apps.question_bank.services import questions as question_bank
from tenants.choices import ThingKind
from tenants.schemas import current_tenant
from toolkit import markdown

WORDS_PER_MINUTE = 150


def import_folder(*, folder: Path, by: Any) -> tuple[int, int]:
    """Import every topic of a folder of packs; returns (topics, how many of them changed).

    For operators: no right of `by` is checked here, and None is the system itself.
    All packs are read first: a bad one raises PackError before anything is written.
    """
    packs = [read_pack(path) for path in find_topics(folder)]
    return len(packs), sum(import_topic(pack=pack, by=by)[1] for pack in packs)


@transaction.atomic
def import_topic(*, pack: Pack, by: Any) -> tuple[Topic, bool]:
    """Make or update a topic from a pack and publish it; returns (topic, whether it changed).

    A pack that was imported before changes nothing. Sections that the pack no longer names are
    retired, since readers' evidence refers to them.
    """
    topic = Topic.objects.select_for_update().filter(slug=pack.slug).first()
    if topic and topic.source_hash == pack.source_hash and topic.state == TopicState.PUBLISHED:
        return topic, False
    if topic is None:
        topic = Topic(slug=pack.slug)
    else:
        topic.version += 1
    topic.title, topic.summary = pack.title, pack.summary
    topic.goals, topic.regulations, topic.keywords = pack.goals, pack.regulations, pack.keywords
    topic.jp, topic.visibility = pack.jp, pack.visibility
    topic.pass_percent, topic.questions_per_test = pack.pass_percent, pack.questions_per_test
    topic.state = TopicState.PUBLISHED
    topic.updated_at = timezone.now()
    topic.published_at = topic.published_at or topic.updated_at
    topic.source_hash = pack.source_hash
    words = [markdown.plain_words(section.markdown) for section in pack.sections]
    topic.minutes = max(1, round(sum(map(len, words)) / WORDS_PER_MINUTE))
    topic.save()
    _write_sections(topic, pack, [len(row) for row in words])
    category = question_bank.replace_questions(
        by=by,
        code=f"topic/{topic.slug}",
        name=topic.title,
        items=[question.item for question in pack.questions],
    )
    topic.categories.set([category])
    announce(topic, body=" ".join(word for row in words for word in row))
    audit.record(
        "content.imported", by=by, kind="topic", ref=topic.pk, data={"version": topic.version}
    )
    return topic, True


def _write_sections(topic: Topic, pack: Pack, words: list[int]) -> None:
    addresses = {}
    for source, data in pack.images.items():
        stored = files.store_image(
            owner_kind=ThingKind.TOPIC,
            owner_uuid=topic.pk,
            name=PurePosixPath(source).name,
            data=data,
        )
        addresses[source] = f"/berkas/{stored.pk}/"
    known = {section.key: section for section in topic.sections.all()}
    # Positions are freed first, so that a new order never collides with the old one.
    topic.sections.update(position=F("position") + 10_000)
    for position, (item, count) in enumerate(zip(pack.sections, words, strict=True), start=1):
        section = known.pop(item.key, None) or Section(topic=topic, key=item.key)
        section.position, section.title = position, item.title
        section.markdown, section.words, section.retired = item.markdown, count, False
        section.html = markdown.render(
            item.markdown, image_url=lambda source: addresses.get(source, ""), prefix=item.key
        )
        section.save()
    for section in known.values():
        section.retired = True
        section.save(update_fields=["retired"])


def announce(topic: Topic, *, body: str) -> None:
    """Put the topic's snapshot into the national catalogue."""
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
