"""Which function does which kind of job. Apps register their own in `AppConfig.ready`."""

from collections.abc import Callable
from typing import Any

from shared_apps.jobs.errors import UnknownJobKind

Handler = Callable[[Any], None]
#: The right that a job asks of its person: fixed for its kind, or read from its parameters.
Permission = str | Callable[[dict[str, Any]], str]
_handlers: dict[str, Handler] = {}
_permissions: dict[str, Permission] = {}


def register(kind: str, handler: Handler, permission: Permission = "") -> None:
    """Name the function `handler(work: services.Work)` that does one kind of job.

    Whoever no longer has `permission` neither goes on with it nor sees what came out.
    """
    _handlers[kind], _permissions[kind] = handler, permission


def handler_of(kind: str) -> Handler:
    """Return the function of a kind; raises UnknownJobKind."""
    if kind not in _handlers:
        raise UnknownJobKind(kind)
    return _handlers[kind]


def permission_of(kind: str, params: dict[str, Any]) -> str:
    """Return the right that a job asks for; empty for none but its person's own."""
    found = _permissions.get(kind, "")
    return found if isinstance(found, str) else found(params)
