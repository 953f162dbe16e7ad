"""Reads of rule values; the one place that decides which value holds."""

import datetime
from collections import defaultdict

from django.utils import timezone

from shared_apps.rules.models import Value
from toolkit.timed_cache import TimedCache

Row = tuple[datetime.date, object]

# All values fit in memory; a new one is seen by every worker after this time.
_all: TimedCache[str, dict[tuple[str, int | None], list[Row]]] = TimedCache(seconds=15, size=2)


def _load(_: str) -> dict[tuple[str, int | None], list[Row]]:
    rows: dict[tuple[str, int | None], list[Row]] = defaultdict(list)
    for value in Value.objects.order_by("-valid_from"):
        rows[value.key, value.tenant_id].append((value.valid_from, value.value))
    return dict(rows)


def forget_values() -> None:
    """Drop what this process remembers (after a value was added)."""
    _all.clear()


def value(key: str, *, tenant_id: int | None = None, on: datetime.date | None = None) -> object:
    """Return the value of a rule on a day (default today): the tenant's, else the national one.

    Raises LookupError for a key without any value: a rule is never guessed.
    """
    day = on or timezone.localdate()
    rows = _all.get("all", _load)
    for owner in dict.fromkeys((tenant_id, None)):
        for valid_from, found in rows.get((key, owner), ()):
            if valid_from <= day:
                return found
    raise LookupError(f"No value for rule {key!r} on {day}.")


def whole(key: str, *, tenant_id: int | None = None, on: datetime.date | None = None) -> int:
    """Return a rule's value as a whole number."""
    return int(str(value(key, tenant_id=tenant_id, on=on)))


def flag(key: str, *, tenant_id: int | None = None, on: datetime.date | None = None) -> bool:
    """Return a rule's value as yes or no."""
    return bool(value(key, tenant_id=tenant_id, on=on))


def names(key: str, *, tenant_id: int | None = None, on: datetime.date | None = None) -> list[str]:
    """Return a rule's value as a list of texts."""
    found = value(key, tenant_id=tenant_id, on=on)
    return [str(item) for item in found] if isinstance(found, list) else []
