"""Who may see what cites: each app above answers for its kind of thing."""

import uuid
from collections.abc import Callable, Iterable
from typing import Any

Visible = Callable[[Any, list[uuid.UUID]], Iterable[uuid.UUID]]
_answers: dict[str, Visible] = {}


def register(kind: str, visible: Visible) -> None:
    """Name the function `visible(account, ids)` that returns which of some things a person sees."""
    _answers[kind] = visible


def visible(kind: str, things: list[uuid.UUID], account: Any) -> set[uuid.UUID]:
    """Return which things a person may see; nothing of a kind that nobody answers for."""
    answer = _answers.get(kind)
    return set(answer(account, things)) if answer else set()
