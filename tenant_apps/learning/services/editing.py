"""What every change in the workshop begins with: the lock, and the right to write."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from tenant_apps.learning.choices import VersionState
from tenant_apps.learning.errors import VersionNotOpen
from tenant_apps.learning.models import Topic, TopicVersion
from tenant_apps.learning.permissions import may_edit
from tenant_apps.members.models import Member
from tenant_apps.members.services import joining


def lock_topic(topic: Topic) -> Topic:
    """Return the topic locked and fresh; learners who enrol meanwhile are not held up."""
    return (
        Topic.objects.select_related("draft", "current")
        .select_for_update(of=("self",), no_key=True)
        .get(pk=topic.pk)
    )


def lock_to_edit(*, by: Any, topic: Topic) -> Topic:
    """Return the topic locked for a person who may write it; raises PermissionDenied."""
    locked = lock_topic(topic)
    if not may_edit(by, locked):
        raise PermissionDenied
    return locked


def lock_draft(*, by: Any, topic: Topic) -> tuple[Topic, TopicVersion]:
    """Return the locked topic and its draft. Raises VersionNotOpen or PermissionDenied."""
    locked = lock_to_edit(by=by, topic=topic)
    draft = locked.draft
    if draft is None:
        raise VersionNotOpen(_("Buat versi baru dahulu, lalu sunting."))
    if draft.state != VersionState.DRAFT:
        raise VersionNotOpen(
            _("Versi ini sedang ditelaah. Sunting lagi setelah dikembalikan kepada Anda.")
        )
    return locked, draft


def member_of(account: Any) -> Member:
    """Return the account's member at the open tenant."""
    return joining.join(account_id=account.pk)[0]
