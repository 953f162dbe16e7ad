"""Which function does which kind of job. Apps register their own in `AppConfig.ready`."""

from collections.abc import Callable
from typing import Any

from shared_apps.jobs.errors import UnknownJobKind

Handler = Callable[[Any], None]
_handlers: dict[str, Handler] = {}


def register(kind: str, handler: Handler) -> None:
    """Name the function `handler(work: services.Work)` that does one kind of job."""
    _handlers[kind] = handler


def handler_of(kind: str) -> Handler:
    """Return the function of a kind; raises UnknownJobKind."""
    if kind not in _handlers:
        raise UnknownJobKind(kind)
    return _handlers[kind]
