"""What comes out of reading a file of questions."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tenant_apps.question_bank.items import QuestionItem
from toolkit.errors import DomainError

#: Limits of one file. They stop a reading while it runs, not after it.
LARGEST_FILE = 25 * 1024 * 1024
MOST_QUESTIONS = 10_000


class FormatRefused(DomainError):
    """The file as a whole cannot be read; the sentence says why and what to do."""


@dataclass
class Parsed:
    """One question of a file: the item when it is right, else what is wrong with it.

    `line` is where it starts (the row of a sheet). `named` says that its author gave the code
    as a key, so that a repeated one is a fault and not a coincidence of titles; `titled`, that
    it has at least a title of its own.
    """

    line: int
    title: str
    item: QuestionItem | None = None
    faults: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    named: bool = False
    titled: bool = False

    @property
    def is_good(self) -> bool:
        """Whether it may be stored."""
        return self.item is not None and not self.faults

    @property
    def place(self) -> str:
        """Where it stands, in words."""
        return _("baris {line}").format(line=self.line)


@dataclass(frozen=True)
class Unknown:
    """Questions of a type that we do not have: named and counted, never dropped in silence."""

    kind: str
    count: int
    titles: Sequence[str] = ()


@dataclass
class Reading:
    """A file that was read. `notices` say what was left out of questions that are fine."""

    format: str
    items: list[Parsed] = field(default_factory=list)
    listed_unknown: list[Unknown] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)

    @property
    def good(self) -> list[Parsed]:
        """The questions that may be stored."""
        return [parsed for parsed in self.items if parsed.is_good]

    @property
    def bad(self) -> list[Parsed]:
        """The questions with faults."""
        return [parsed for parsed in self.items if not parsed.is_good]


def refuse_too_many(count: int) -> None:
    """Raise FormatRefused when a file holds more questions than one file may."""
    if count > MOST_QUESTIONS:
        raise FormatRefused(
            _("Berkas berisi lebih dari {count} soal. Bagi menjadi beberapa berkas.").format(
                count=MOST_QUESTIONS
            )
        )


class Tally:
    """Counts what is unknown or left out while a file is read."""

    def __init__(self) -> None:
        """Start with nothing."""
        self._unknown: dict[str, list[str]] = {}
        self._left_out: dict[str, int] = {}

    def unknown(self, kind: str, title: str) -> None:
        """Note a question of a type that we do not have."""
        self._unknown.setdefault(kind[:60], []).append(title[:100])

    def left_out(self, what: str) -> None:
        """Note something of a question that has no place here, once a question."""
        self._left_out[what] = self._left_out.get(what, 0) + 1

    def close(self, reading: Reading) -> Reading:
        """Write the counts into the reading."""
        reading.listed_unknown = [
            Unknown(kind, len(titles), titles[:20]) for kind, titles in self._unknown.items()
        ]
        reading.notices += [
            ngettext(
                "Tidak dipakai: {what} ({count} soal).",
                "Tidak dipakai: {what} ({count} soal).",
                count,
            ).format(what=what, count=count)
            for what, count in self._left_out.items()
        ]
        return reading
