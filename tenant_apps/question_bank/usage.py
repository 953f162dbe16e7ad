"""Where questions are used: apps above this one answer for what they make of categories."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Use:
    """One thing that draws questions: its name in words, and its page."""

    label: str
    url: str


#: Given the ids of categories, returns what draws from any of them.
Lookup = Callable[[set[uuid.UUID]], list[Use]]
_lookups: list[Lookup] = []


def register(lookup: Lookup) -> None:
    """Name a function that tells what draws from categories."""
    if lookup not in _lookups:
        _lookups.append(lookup)


def uses_of(category_ids: set[uuid.UUID]) -> list[Use]:
    """Return everything that draws from any of some categories."""
    return [use for lookup in _lookups for use in lookup(category_ids)]
