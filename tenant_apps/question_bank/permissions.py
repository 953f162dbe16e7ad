"""Who may see questions outside a test."""

import uuid
from typing import Any


def visible_ids(account: Any, questions: list[uuid.UUID]) -> list[uuid.UUID]:
    """Return which of some questions a person may see: all of them, or none."""
    may = account.is_authenticated and account.has_perm("question.view")
    return questions if may else []
