"""Co-authors of one topic: guardian's right `learning.change_topic` on that object."""

import uuid
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _
from guardian.shortcuts import assign_perm, remove_perm

from shared_apps.accounts.models import Account
from shared_apps.audit import services as audit
from shared_apps.notifications.services import notify
from tenant_apps.administration.errors import CoAuthorRefused
from tenant_apps.administration.selectors.co_authors import candidates, may_name
from tenant_apps.learning.models import Topic

RIGHT = "learning.change_topic"


@transaction.atomic
def name_co_author(*, by: Any, topic: Topic, account_id: uuid.UUID) -> None:
    """Let somebody who writes for this tenant change one topic as well, and tell them.

    Naming twice changes nothing. Raises CoAuthorRefused, or PermissionDenied for who neither
    owns the topic nor runs the training unit.
    """
    if not may_name(by, topic):
        raise PermissionDenied
    if account_id not in candidates(topic):
        raise CoAuthorRefused(
            _("Pilih orang yang memegang peran penyusun materi dan belum menyusun topik ini."),
            field="person",
        )
    assign_perm(RIGHT, Account.objects.get(pk=account_id), topic)
    _record("topic.co_author_named", by, topic, account_id)
    notify(
        kind="topic.shared",
        account_ids=[account_id],
        data={"title": topic.title},
        path=f"/kelola/topik/{topic.slug}/",
        key=f"{topic.pk}:{uuid.uuid4()}",
    )


@transaction.atomic
def remove_co_author(*, by: Any, topic: Topic, account_id: uuid.UUID) -> None:
    """Take the right on one topic back; twice changes nothing. Raises PermissionDenied."""
    if not may_name(by, topic):
        raise PermissionDenied
    account = Account.objects.filter(pk=account_id).first()
    if account is not None and remove_perm(RIGHT, account, topic)[0]:
        _record("topic.co_author_removed", by, topic, account_id)


def _record(verb: str, by: Any, topic: Topic, account_id: uuid.UUID) -> None:
    audit.record(verb, by=by, kind="topic", ref=topic.pk, data={"account": str(account_id)})
