"""Making topics, opening and discarding their drafts, copying and archiving them."""

import re
from decimal import Decimal
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from shared_apps.access.selectors import permissions_of
from shared_apps.audit import services as audit
from shared_apps.catalog import services as catalog
from tenant_apps.files import services as files
from tenant_apps.learning.choices import TopicState
from tenant_apps.learning.errors import TopicNotValid, VersionNotOpen
from tenant_apps.learning.models import Section, Topic, TopicVersion
from tenant_apps.learning.services.editing import lock_draft, lock_to_edit, member_of
from tenant_apps.learning.services.material import render_section
from tenant_apps.learning.services.publication import announce, copy_values
from tenant_apps.question_bank import selectors as question_bank
from tenant_apps.question_bank.models import Category, Question
from tenant_apps.question_bank.services.questions import replace_questions
from tenants.choices import ThingKind
from tenants.schemas import current_tenant

#: Addresses below /kelola/topik/ that no topic may take.
RESERVED = frozenset({"baru", "impor"})
SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


def suggested_slug(title: str) -> str:
    """Return an address for a title that no topic has."""
    base = slugify(title)[:70].strip("-") or "topik"
    taken = set(Topic.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    taken |= RESERVED
    number = 2
    found = base
    while found in taken:
        found = f"{base}-{number}"
        number += 1
    return found


def checked_slug(slug: str, topic: Topic | None = None) -> str:
    """Return an address that is well-formed and free. Raises TopicNotValid."""
    if not SLUG.fullmatch(slug) or len(slug) > 80 or slug in RESERVED:
        raise TopicNotValid(_("Alamat memakai huruf kecil, angka, dan tanda hubung."), field="slug")
    taken = Topic.objects.filter(slug=slug)
    if (taken.exclude(pk=topic.pk) if topic else taken).exists():
        raise TopicNotValid(_("Alamat ini sudah dipakai topik lain."), field="slug")
    return slug


def category_code(topic: Topic) -> str:
    """Return the code of the category that holds a topic's questions, or a free one for it."""
    own = topic.categories.order_by("code").first()
    if own is not None:
        return own.code
    code, number = f"topic/{topic.slug}", 2
    while Category.objects.filter(code=code).exists():
        code = f"topic/{topic.slug}-{number}"
        number += 1
    return code


def _require_author(by: Any) -> None:
    if "topic.edit" not in permissions_of(by, current_tenant()):
        raise PermissionDenied


@transaction.atomic
def create_topic(*, by: Any, title: str, slug: str, jp: Decimal) -> Topic:
    """Make a topic with an empty first draft; an empty `slug` is made from the title.

    Raises TopicNotValid, or PermissionDenied for who is no author.
    """
    _require_author(by)
    slug = checked_slug(slug) if slug else suggested_slug(title)
    author = member_of(by)
    topic = Topic(slug=slug, title=title, summary="", jp=jp, owner=author)
    _insert(topic)
    draft = TopicVersion(topic=topic, number=1, author=author)
    copy_values(topic, draft)
    draft.save()
    topic.draft = draft
    topic.save(update_fields=["draft"])
    topic.categories.set(
        [replace_questions(by=by, code=category_code(topic), name=title, items=[])]
    )
    audit.record("topic.created", by=by, kind="topic", ref=topic.pk, data={"title": title})
    return topic


def _insert(topic: Topic) -> None:
    """Write a new topic; another request may just have taken its address."""
    try:
        with transaction.atomic():
            topic.save(force_insert=True)
    except IntegrityError as error:
        raise TopicNotValid(_("Alamat ini sudah dipakai topik lain."), field="slug") from error


@transaction.atomic
def open_draft(*, by: Any, topic: Topic) -> TopicVersion:
    """Return the topic's open draft, making the next version from the published one if needed."""
    locked = lock_to_edit(by=by, topic=topic)
    if locked.draft is not None:
        return locked.draft
    current = locked.current
    if current is None:
        raise VersionNotOpen(_("Topik ini belum mempunyai versi."))
    newest = locked.versions.order_by("-number").values_list("number", flat=True)[0]
    draft = TopicVersion(topic=locked, number=newest + 1, author=member_of(by))
    copy_values(current, draft)
    draft.save()
    copy_sections(current, draft)
    locked.draft, locked.updated_at = draft, timezone.now()
    locked.save(update_fields=["draft", "updated_at"])
    audit.record(
        "version.opened", by=by, kind="topic", ref=locked.pk, data={"version": draft.number}
    )
    return draft


def copy_sections(source: TopicVersion, to: TopicVersion) -> None:
    """Copy the sections of a version as they are, keys and all."""
    Section.objects.bulk_create(
        Section(
            version=to, key=row.key, position=row.position, title=row.title,
            markdown=row.markdown, html=row.html, words=row.words, editor_id=row.editor_id,
            updated_at=row.updated_at,
        )
        for row in source.sections.all()
    )  # fmt: skip


@transaction.atomic
def discard_draft(*, by: Any, topic: Topic) -> None:
    """Throw the draft away; the published version stays. Raises VersionNotOpen without one."""
    locked, draft = lock_draft(by=by, topic=topic)
    if locked.current is None:
        raise VersionNotOpen(_("Draf pertama tidak dapat dibuang; arsipkan topiknya."))
    locked.draft = None
    locked.save(update_fields=["draft"])
    draft.sections.all().delete()
    draft.delete()
    audit.record(
        "version.discarded", by=by, kind="topic", ref=locked.pk, data={"version": draft.number}
    )


@transaction.atomic
def duplicate(*, by: Any, topic: Topic) -> Topic:
    """Make a new topic from another's newest version: material, files and questions."""
    _require_author(by)
    source = topic.draft or topic.current
    if source is None:
        raise VersionNotOpen(_("Topik ini belum mempunyai versi."))
    author = member_of(by)
    title = _("Salinan {title}").format(title=source.title)[:200]
    copy = Topic(slug=suggested_slug(title), owner=author)
    copy_values(source, copy)
    copy.title = title
    _insert(copy)
    draft = TopicVersion(topic=copy, number=1, author=author)
    copy_values(copy, draft)
    draft.save()
    copy.draft = draft
    copy.save(update_fields=["draft"])
    addresses = files.copy_all(owner_kind=ThingKind.TOPIC, owner_uuid=topic.pk, to_uuid=copy.pk)
    copy_sections(source, draft)
    for section in draft.sections.all():
        for old, new in addresses.items():
            section.markdown = section.markdown.replace(old, new)
        section.html = render_section(section.markdown, topic_id=copy.pk, key=section.key)
        section.save(update_fields=["markdown", "html"])
    questions = Question.objects.filter(category__in=topic.categories.all(), retired=False)
    items = [question_bank.as_item(question) for question in questions.order_by("code")]
    copy.categories.set(
        [replace_questions(by=by, code=category_code(copy), name=title, items=items)]
    )
    audit.record("topic.created", by=by, kind="topic", ref=copy.pk, data={"title": title})
    return copy


@transaction.atomic
def archive(*, by: Any, topic: Topic) -> None:
    """Close a topic for new learners and take it out of the catalogue; twice changes nothing."""
    locked = lock_to_edit(by=by, topic=topic)
    if locked.state == TopicState.ARCHIVED:
        return
    _set_state(locked, TopicState.ARCHIVED)
    catalog.withdraw(tenant_id=current_tenant().pk, kind=ThingKind.TOPIC, uuid=locked.pk)
    audit.record("topic.archived", by=by, kind="topic", ref=locked.pk)


@transaction.atomic
def restore(*, by: Any, topic: Topic) -> None:
    """Open an archived topic again, in the catalogue too; twice changes nothing."""
    locked = lock_to_edit(by=by, topic=topic)
    if locked.state != TopicState.ARCHIVED:
        return
    _set_state(locked, TopicState.PUBLISHED if locked.current_id else TopicState.DRAFT)
    if locked.current_id:
        announce(locked)
    audit.record("topic.restored", by=by, kind="topic", ref=locked.pk)


def _set_state(topic: Topic, state: TopicState) -> None:
    topic.state, topic.updated_at = state, timezone.now()
    topic.save(update_fields=["state", "updated_at"])
