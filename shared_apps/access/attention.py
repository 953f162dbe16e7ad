"""What waits for a person at the open tenant; the workspace's first page lists it.

Each app registers in `AppConfig.ready` a function that counts what waits in its own rooms: a
fixed number of queries, whatever the numbers are.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from shared_apps.access.selectors import permissions_of
from tenants.schemas import current_tenant


@dataclass(frozen=True)
class Task:
    """One thing that waits: a translated title, how many there are, and where it is done.

    `detail` is one more sentence, such as since when the oldest waits. `urgent` ones stand first.
    """

    title: str
    count: int
    url: str
    detail: str = ""
    urgent: bool = False


Find = Callable[[Any], Iterable[Task]]
_finders: list[tuple[str, Find]] = []


def register(permission: str, find: Find) -> None:
    """Name a function `find(account)` that returns what waits for people with a permission."""
    if (permission, find) not in _finders:
        _finders.append((permission, find))


def tasks_of(account: Any) -> list[Task]:
    """Return what waits for a person, urgent things first; nothing that counts 0."""
    allowed = permissions_of(account, current_tenant())
    found = [
        task
        for permission, find in _finders
        if permission in allowed
        for task in find(account)
        if task.count
    ]
    return sorted(found, key=lambda task: not task.urgent)
