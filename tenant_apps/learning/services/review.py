"""From draft to published: submitting, returning with a note, publishing."""

import uuid
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from shared_apps.access.selectors import holders_at, permissions_of
from shared_apps.audit import services as audit
from shared_apps.notifications import services as notifications
from shared_apps.rules import selectors as rules
from tenant_apps.learning.choices import TopicState, VersionState
from tenant_apps.learning.errors import NotComplete, TopicNotValid, VersionNotOpen
from tenant_apps.learning.models import Topic, TopicVersion
from tenant_apps.learning.permissions import may_edit
from tenant_apps.learning.selectors.completeness import missing_in
from tenant_apps.learning.services.editing import lock_draft, lock_topic, member_of
from tenant_apps.learning.services.publication import make_current
from tenants.schemas import current_tenant


def review_required() -> bool:
    """Say whether the open tenant wants a second person to read each version."""
    return rules.flag("topic.review_required", tenant_id=current_tenant().pk)


def wrote(account: Any, version: TopicVersion) -> bool:
    """Say whether a person wrote some of a version."""
    return version.author_id == account.pk or version.sections.filter(editor_id=account.pk).exists()


def _check_complete(topic: Topic, version: TopicVersion) -> None:
    missing = missing_in(topic, version)
    if missing:
        raise NotComplete(_("Versi ini belum lengkap."), missing=missing)


@transaction.atomic
def submit(*, by: Any, topic: Topic) -> TopicVersion:
    """Give the draft to review; nobody writes it until it is returned or published.

    Raises NotComplete, VersionNotOpen, PermissionDenied.
    """
    locked, draft = lock_draft(by=by, topic=topic)
    _check_complete(locked, draft)
    _set_state(draft, VersionState.REVIEW)
    audit.record(
        "version.submitted", by=by, kind="topic", ref=locked.pk, data={"version": draft.number}
    )
    reviewers = set(holders_at(current_tenant(), "topic.review")) - {by.pk}
    _notify(locked, draft, reviewers, kind="topic.submitted")
    return draft


@transaction.atomic
def take_back(*, by: Any, topic: Topic) -> TopicVersion:
    """Let the author write on at a version that waits for review."""
    locked = lock_topic(topic)
    if not may_edit(by, locked):
        raise PermissionDenied
    draft = _in_review(locked)
    _set_state(draft, VersionState.DRAFT)
    audit.record(
        "version.taken_back", by=by, kind="topic", ref=locked.pk, data={"version": draft.number}
    )
    return draft


@transaction.atomic
def send_back(*, by: Any, topic: Topic, remark: str) -> TopicVersion:
    """Return a version to its author with a note. Raises TopicNotValid without one."""
    if "topic.review" not in permissions_of(by, current_tenant()):
        raise PermissionDenied
    locked = lock_topic(topic)
    draft = _in_review(locked)
    remark = remark.replace("\0", "").strip()
    if not remark or len(remark) > 4_000:
        raise TopicNotValid(
            _("Tulis apa yang perlu diperbaiki, paling panjang 4.000 huruf."), field="remark"
        )
    draft.remark, draft.reviewer = remark, member_of(by)
    _set_state(draft, VersionState.DRAFT)
    audit.record(
        "version.returned", by=by, kind="topic", ref=locked.pk, data={"version": draft.number}
    )
    _tell(locked, draft, by, kind="topic.returned")
    return draft


@transaction.atomic
def publish(*, by: Any, topic: Topic) -> Topic:
    """Make the draft the version that new learners get; those in progress keep theirs.

    Where the tenant asks for review, only a submitted version is published, and not by who wrote
    it. Raises NotComplete, VersionNotOpen, PermissionDenied.
    """
    if "topic.publish" not in permissions_of(by, current_tenant()):
        raise PermissionDenied
    locked = lock_topic(topic)
    draft = locked.draft
    if draft is None:
        raise VersionNotOpen(_("Tidak ada draf yang dapat diterbitkan."))
    if locked.state == TopicState.ARCHIVED:
        raise VersionNotOpen(_("Topik ini diarsipkan. Pulihkan dahulu, lalu terbitkan."))
    if draft.state == VersionState.DRAFT and not may_edit(by, locked):
        raise VersionNotOpen(_("Draf ini belum diajukan oleh penyusunnya."))
    if review_required():
        if draft.state != VersionState.REVIEW:
            raise VersionNotOpen(_("Ajukan dahulu: versi ini harus ditelaah sebelum terbit."))
        if wrote(by, draft):
            raise VersionNotOpen(_("Penelaah harus orang lain: Anda ikut menyusun versi ini."))
    _check_complete(locked, draft)
    if draft.author_id != by.pk:
        draft.reviewer = member_of(by)
    make_current(locked, draft, worked_over=True)
    audit.record(
        "version.published", by=by, kind="topic", ref=locked.pk, data={"version": draft.number}
    )
    _tell(locked, draft, by, kind="topic.published")
    return locked


def _in_review(topic: Topic) -> TopicVersion:
    draft = topic.draft
    if draft is None or draft.state != VersionState.REVIEW:
        raise VersionNotOpen(_("Versi ini tidak sedang ditelaah."))
    return draft


def _set_state(draft: TopicVersion, state: VersionState) -> None:
    draft.state, draft.updated_at = state, timezone.now()
    draft.save(update_fields=["state", "updated_at", "remark", "reviewer"])


def _tell(topic: Topic, version: TopicVersion, by: Any, *, kind: str) -> None:
    """Tell who wrote the version, unless they did it themselves."""
    people = {person for person in (version.author_id, topic.owner_id) if person} - {by.pk}
    _notify(topic, version, people, kind=kind)


def _notify(topic: Topic, version: TopicVersion, people: set[uuid.UUID], *, kind: str) -> None:
    notifications.notify(
        kind=kind,
        account_ids=people,
        data={"title": version.title, "version": version.number},
        path=f"/kelola/topik/{topic.slug}/",
        key=f"{version.pk}:{version.updated_at.isoformat()}",
    )
