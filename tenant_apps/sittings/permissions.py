"""Who may load the images of a question."""

import uuid
from typing import Any

from shared_apps.access.selectors import permissions_of
from tenant_apps.sittings.models import PaperItem
from tenants.schemas import current_tenant

#: Rights that show questions: the bank, and the queue of essays.
SHOWING = frozenset({"question.view", "question.edit", "essay.mark"})


def may_read_question_file(account: Any, question_id: uuid.UUID) -> bool:
    """Say whether a person may load an image of a question: it is in their paper or work."""
    if not account.is_authenticated:
        return False
    if PaperItem.objects.filter(sitting__member_id=account.pk, question_id=question_id).exists():
        return True
    return bool(SHOWING & permissions_of(account, current_tenant()))
