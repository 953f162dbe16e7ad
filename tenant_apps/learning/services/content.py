"""Importing a topic from a content pack."""

import re
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from shared_apps.audit import services as audit
from tenant_apps.files.selectors import address_of
from tenant_apps.learning.errors import PackError
from tenant_apps.learning.models import Section, Topic, TopicVersion
from tenant_apps.learning.packs import IMAGE, Pack, find_topics, read_pack
from tenant_apps.learning.services.attachments import store_file
from tenant_apps.learning.services.editing import member_of
from tenant_apps.learning.services.material import render_section
from tenant_apps.learning.services.publication import copy_values, make_current, reading_minutes
from tenant_apps.learning.services.workshop import category_code
from tenant_apps.question_bank.services import questions as question_bank
from toolkit import markdown
from toolkit.markdown import EMBED


def import_folder(*, folder: Path, by: Any) -> tuple[int, int]:
    """Import every topic of a folder of packs; returns (topics, how many of them changed).

    For operators: no right of `by` is checked here, and None is the system itself.
    All packs are read first: a bad one raises PackError before anything is written.
    """
    packs = [read_pack(path) for path in find_topics(folder)]
    return len(packs), sum(import_topic(pack=pack, by=by)[1] for pack in packs)


@transaction.atomic
def import_topic(*, pack: Pack, by: Any) -> tuple[Topic, bool]:
    """Make a topic, or the next version of one, from a pack and publish it.

    Returns (topic, whether it changed): a pack that was imported before changes nothing. People
    who enrolled earlier keep their version. Raises PackError while somebody writes a draft.
    """
    topic = Topic.objects.select_for_update().filter(slug=pack.slug).first()
    if topic and topic.source_hash == pack.source_hash and topic.current_id:
        return topic, False
    if topic and topic.draft_id:
        raise PackError(
            _("topik ini sedang disunting; terbitkan atau buang drafnya dahulu."), where=pack.slug
        )
    topic, version = write_version(topic, pack, by=by)
    topic.draft = None
    make_current(topic, version)
    audit.record(
        "content.imported", by=by, kind="topic", ref=topic.pk, data={"version": version.number}
    )
    return topic, True


def write_version(topic: Topic | None, pack: Pack, *, by: Any) -> tuple[Topic, TopicVersion]:
    """Write a pack as the next version (a draft) of a locked topic, or of a new one.

    In the caller's transaction; the topic's questions become those of the pack.
    """
    version = TopicVersion(
        title=pack.title,
        summary=pack.summary,
        goals=pack.goals,
        regulations=pack.regulations,
        keywords=pack.keywords,
        jp=pack.jp,
        visibility=pack.visibility,
        pass_percent=pack.pass_percent,
        questions_per_test=pack.questions_per_test,
        number=1,
        author=member_of(by) if by is not None else None,
    )
    if topic is None:
        topic = Topic(slug=pack.slug, owner=version.author)
        copy_values(version, topic)
        topic.save()
    else:
        latest = topic.versions.order_by("-number").first()
        version.number = latest.number + 1 if latest else 1
        if pack.visibility == topic.visibility:
            version.agencies = topic.agencies
        # Packs do not know the tenant's templates.
        version.certificate_template = topic.certificate_template
        version.certificate_code = topic.certificate_code
    version.topic = topic
    sections = _sections(topic, pack, by)
    version.minutes = reading_minutes(sum(section.words for section in sections))
    version.save()
    for section in sections:
        section.version = version
    Section.objects.bulk_create(sections)
    topic.source_hash = pack.source_hash
    topic.draft = version
    topic.save()
    category = question_bank.replace_questions(
        by=by,
        code=category_code(topic),
        name=topic.title,
        items=pack.questions,
    )
    topic.categories.set([category])
    return topic, version


def _sections(topic: Topic, pack: Pack, by: Any) -> list[Section]:
    """Return the sections of a pack, not saved yet; its files become files of the topic."""
    addresses = {
        source: address_of(store_file(by=by, topic=topic, name=path.name, path=path).pk)
        for source, path in pack.files.items()
    }

    def shown(found: re.Match[str]) -> str:
        return f"![{found['alt']}]({addresses[found['src']]})"

    def embedded(found: re.Match[str]) -> str:
        address = found["address"]
        return f"!{found['kind']}({addresses.get(address, address)})"

    sections = []
    for position, item in enumerate(pack.sections, start=1):
        text = EMBED.sub(embedded, IMAGE.sub(shown, item.markdown))
        section = Section(key=item.key, position=position, title=item.title, markdown=text)
        section.words = len(markdown.plain_words(text))
        section.html = render_section(text, topic_id=topic.pk, key=item.key)
        sections.append(section)
    return sections
