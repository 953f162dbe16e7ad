"""The register of agencies as people type and pick it: kept in memory, since pages repeat it."""

from dataclasses import dataclass
from difflib import get_close_matches

from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from tenants.models import Agency
from tenants.selectors import agencies_people_belong_to
from toolkit.timed_cache import TimedCache


@dataclass(frozen=True)
class Choice:
    """One agency as it is offered: its label is unique and holds both of its names."""

    pk: int
    label: str
    keys: frozenset[str]
    haystack: str


@dataclass(frozen=True)
class Register:
    """All agencies that people may name, and the HTML options of the list."""

    choices: tuple[Choice, ...]
    by_key: dict[str, int]
    options: SafeString
    words: tuple[str, ...]


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())


def _load(_: str) -> Register:
    choices = []
    rows = (
        agencies_people_belong_to().order_by("name").values_list("pk", "code", "name", "short_name")
    )
    for pk, code, name, short in rows:
        label = name if short in {"", name} else f"{name} ({short})"
        keys = frozenset(_folded(text) for text in (label, name, short, code) if text)
        choices.append(Choice(pk, label, keys, _folded(label)))
    # A name that two agencies share leads to neither: the label tells them apart.
    owners: dict[str, set[int]] = {}
    for choice in choices:
        for key in choice.keys:
            owners.setdefault(key, set()).add(choice.pk)
    by_key = {key: next(iter(pks)) for key, pks in owners.items() if len(pks) == 1}
    options = format_html_join("", '<option value="{}">', ((choice.label,) for choice in choices))
    words = sorted({word for choice in choices for word in choice.haystack.split()})
    return Register(tuple(choices), by_key, options, tuple(words))


_register: TimedCache[str, Register] = TimedCache(seconds=300, size=2)
_names: TimedCache[int, str] = TimedCache(seconds=300, size=2000)


def register() -> Register:
    """Return the register from memory."""
    return _register.get("all", _load)


def find(text: str) -> tuple[int | None, list[str]]:
    """Return (agency id, labels of all agencies that the text fits) for a typed text.

    The id is set for a label, name, short name or code, and when just one agency holds all words
    of the text; otherwise the labels of those that hold them are there to choose from. Where none
    does, each word is read as the nearest word of the register, and the result is only offered.
    """
    typed = _folded(text)
    if not typed:
        return None, []
    kept = register()
    if typed in kept.by_key:
        return kept.by_key[typed], []
    words = typed.split()
    found = _holding(kept, words)
    if len(found) == 1:
        return found[0].pk, []
    if not found:
        found = _holding(kept, [_nearest(kept, word) for word in words])
    return None, [choice.label for choice in found]


def _holding(kept: Register, words: list[str]) -> list[Choice]:
    return [choice for choice in kept.choices if all(word in choice.haystack for word in words)]


def _nearest(kept: Register, word: str) -> str:
    """Return a word as it stands in the register if it was mistyped ("kementrian")."""
    if any(word in known for known in kept.words):
        return word
    return next(iter(get_close_matches(word, kept.words, n=1, cutoff=0.8)), word)


def label_of(agency_id: int) -> str:
    """Return the label of an agency that can be picked; empty for another."""
    return next((choice.label for choice in register().choices if choice.pk == agency_id), "")


def _load_name(agency_id: int) -> str:
    return Agency.objects.filter(pk=agency_id).values_list("short_name", flat=True).first() or ""


def short_name(agency_id: int | None) -> str:
    """Return the short name of any agency, from memory; empty for None."""
    return _names.get(agency_id, _load_name) if agency_id else ""


def forget_agencies() -> None:
    """Drop what this process remembers."""
    _register.clear()
    _names.clear()
