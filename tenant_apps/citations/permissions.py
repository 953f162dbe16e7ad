"""Who keeps the citations of a tenant up to date."""

from typing import Any

KEEP_ALL = "regulation.edit"


def may_keep_all(account: Any) -> bool:
    """Say whether a person looks after all citations, not only those of their own things."""
    return bool(account.has_perm(KEEP_ALL))
