"""Learning paths: writing, publishing and archiving them."""

import uuid
from collections.abc import Sequence
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from shared_apps.access.selectors import permissions_of
from shared_apps.audit import services as audit
from tenant_apps.learning.choices import TopicState
from tenant_apps.learning.errors import EditConflict, TopicNotValid
from tenant_apps.learning.models import LearningPath, PathTopic, Topic
from tenant_apps.learning.services.workshop import SLUG
from tenants.schemas import current_tenant

RESERVED = frozenset({"baru"})
MOST_TOPICS = 50


def _require(by: Any, permission: str) -> None:
    if permission not in permissions_of(by, current_tenant()):
        raise PermissionDenied


def _free_slug(title: str) -> str:
    base = slugify(title)[:70].strip("-") or "jalur"
    taken = set(LearningPath.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    taken |= RESERVED
    number, found = 2, base
    while found in taken:
        found = f"{base}-{number}"
        number += 1
    return found


@transaction.atomic
def save_path(
    *,
    by: Any,
    path: LearningPath | None,
    values: dict[str, Any],
    topic_ids: Sequence[uuid.UUID],
    revision: int = 0,
    slug: str = "",
) -> LearningPath:
    """Make a path or bring one up to date, with its topics in this order.

    The address stays once the path was published. Raises EditConflict when somebody saved since
    `revision`, TopicNotValid, or PermissionDenied.
    """
    _require(by, "topic.edit")
    if path is None:
        kept = LearningPath(slug=slug or _free_slug(values["title"]))
    else:
        kept = LearningPath.objects.select_for_update().get(pk=path.pk)
        if kept.revision != revision:
            raise EditConflict(
                _("Orang lain menyimpan jalur ini sejak Anda membukanya. Periksa, lalu simpan."),
                stored=kept,
            )
        if slug and kept.published_at is None:
            kept.slug = slug
    if not SLUG.fullmatch(kept.slug) or kept.slug in RESERVED:
        raise TopicNotValid(_("Alamat memakai huruf kecil, angka, dan tanda hubung."), field="slug")
    ids = list(dict.fromkeys(topic_ids))
    if len(ids) > MOST_TOPICS or Topic.objects.filter(pk__in=ids).count() != len(ids):
        raise TopicNotValid(
            _("Pilih paling banyak {most} topik dari daftar.").format(most=MOST_TOPICS)
        )
    if kept.state == TopicState.PUBLISHED and not ids:
        raise TopicNotValid(_("Jalur yang terbit memerlukan sedikitnya satu topik."))
    for name, value in values.items():
        setattr(kept, name, value)
    kept.revision += 1
    kept.updated_at = timezone.now()
    try:
        with transaction.atomic():
            kept.save()
    except IntegrityError as error:
        raise TopicNotValid(_("Alamat ini sudah dipakai jalur lain."), field="slug") from error
    kept.places.all().delete()
    PathTopic.objects.bulk_create(
        PathTopic(path=kept, topic_id=topic_id, position=position)
        for position, topic_id in enumerate(ids, start=1)
    )
    audit.record("path.saved", by=by, kind="path", ref=kept.pk, data={"title": kept.title})
    return kept


@transaction.atomic
def publish_path(*, by: Any, path: LearningPath) -> LearningPath:
    """Show a path to its people. Raises TopicNotValid for one without summary or topics."""
    _require(by, "topic.publish")
    kept = LearningPath.objects.select_for_update().get(pk=path.pk)
    if kept.state == TopicState.PUBLISHED:
        return kept
    if not kept.summary.strip():
        raise TopicNotValid(_("Tulis ringkasan jalur dahulu."))
    if not kept.places.exists():
        raise TopicNotValid(_("Pilih sedikitnya satu topik dahulu."))
    kept.state, kept.updated_at = TopicState.PUBLISHED, timezone.now()
    kept.published_at = kept.published_at or kept.updated_at
    kept.save(update_fields=["state", "updated_at", "published_at"])
    audit.record("path.published", by=by, kind="path", ref=kept.pk, data={"title": kept.title})
    return kept


@transaction.atomic
def archive_path(*, by: Any, path: LearningPath) -> LearningPath:
    """Take a path from its people's lists; its topics stay. Twice changes nothing."""
    _require(by, "topic.publish")
    kept = LearningPath.objects.select_for_update().get(pk=path.pk)
    if kept.state != TopicState.ARCHIVED:
        kept.state, kept.updated_at = TopicState.ARCHIVED, timezone.now()
        kept.save(update_fields=["state", "updated_at"])
        audit.record("path.archived", by=by, kind="path", ref=kept.pk, data={"title": kept.title})
    return kept
