"""Who writes a topic together with its owner."""

import uuid
from typing import Any

from guardian.models import UserObjectPermission

from shared_apps.access.selectors import holders_at, permissions_of
from tenant_apps.learning.models import Topic
from tenants.schemas import current_tenant

#: The role's right without which the one on the object opens nothing.
EDIT = "topic.edit"


def co_authors(topic: Topic) -> list[uuid.UUID]:
    """Return the accounts that were named co-author of a topic."""
    rows = UserObjectPermission.objects.filter(
        object_pk=str(topic.pk),
        permission__codename="change_topic",
        permission__content_type__app_label="learning",
    )
    return list(rows.values_list("user_id", flat=True))


def candidates(topic: Topic) -> set[uuid.UUID]:
    """Return who may be named: whoever writes for this tenant and does not write this topic yet."""
    return set(holders_at(current_tenant(), EDIT)) - {topic.owner_id, *co_authors(topic)}


def may_name(account: Any, topic: Topic) -> bool:
    """Say whether a person decides on co-authors: the topic's owner, and who runs the unit."""
    allowed = permissions_of(account, current_tenant())
    return EDIT in allowed and ("topic.publish" in allowed or topic.owner_id == account.pk)
