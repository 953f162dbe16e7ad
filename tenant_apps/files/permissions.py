"""Who may read a stored file: its owner object's app answers."""

import uuid
from collections.abc import Callable
from typing import Any

Check = Callable[[Any, uuid.UUID], bool]
_checks: dict[str, Check] = {}


def register(owner_kind: str, check: Check) -> None:
    """Name the function (account, owner uuid) -> may read, for one kind of owner."""
    _checks[owner_kind] = check


def may_read(account: Any, owner_kind: str, owner_uuid: uuid.UUID) -> bool:
    """Ask the owner's app; a kind that nobody registered is refused."""
    check = _checks.get(owner_kind)
    return check is not None and check(account, owner_uuid)
