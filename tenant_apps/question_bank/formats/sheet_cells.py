"""How single cells of a question sheet are written and read: lists, pairs, rubrics."""

import re
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal

from django.utils.translation import gettext as _

from tenant_apps.question_bank.formats.figures import NotANumber, number
from tenant_apps.question_bank.formats.sheet_columns import ARROW, LETTERS
from tenant_apps.question_bank.formats.texts import clean, one_line
from tenant_apps.question_bank.items import Criterion, Pair

_NAMED = re.compile(r"([A-Za-z])\s*[=:]\s*(\S.*)")
_CRITERION = re.compile(r"(.*\S)\s*=\s*(\d{1,4})", re.S)
_YES = {"ya", "yes", "y", "true", "benar", "1"}
_NO = {"tidak", "no", "n", "t", "false", "salah", "0"}


def by_letter(
    text: str, letters: Iterable[str], read: Callable[[str], Decimal] = number
) -> Mapping[str, Decimal]:
    """Return the number of each letter of `A=50; B=50`, or of `50; 50` in order.

    Raises NotANumber with what is wrong.
    """
    known = list(letters)
    found: dict[str, Decimal] = {}
    pieces = [piece.strip() for piece in re.split(r"[;\n]", text) if piece.strip()]
    for place, piece in enumerate(pieces):
        named = _NAMED.fullmatch(piece)
        letter = named[1].upper() if named else (known[place] if place < len(known) else "")
        if letter not in known or letter in found:
            raise NotANumber(
                _('"{text}" tidak cocok dengan jawaban yang ada; tulis seperti A=50; B=50.').format(
                    text=piece[:40]
                )
            )
        found[letter] = read(named[2] if named else piece)
    return found


def letters_of(text: str) -> list[str]:
    """Return the letters of a key such as `A, C`, `A;C` or `AC`."""
    return [letter for letter in text.upper() if not letter.isspace() and letter not in ",;.&/"]


def pair_of(text: str) -> Pair | None:
    """Return the pair of `statement => answer`; none without an arrow."""
    found = re.search(rf"(?<!\\){ARROW}", text)
    if not found:
        return None
    prompt, answer = text[: found.start()], text[found.end() :]
    return Pair(_shown(prompt), _shown(answer))


def pair_text(pair: Pair) -> str:
    """Return a pair as a cell."""
    return f"{_hidden(pair.prompt)} {ARROW} {_hidden(pair.answer)}".strip()


# An arrow that belongs to a text gets a backslash; so does a backslash before an arrow.
def _hidden(text: str) -> str:
    return re.sub(rf"(\\*){ARROW}", rf"\\\1{ARROW}", text)


def _shown(text: str) -> str:
    return clean(re.sub(rf"\\(\\*){ARROW}", rf"\1{ARROW}", text))


def rubric_of(text: str) -> tuple[tuple[Criterion, ...], list[str]]:
    """Return the criteria of a cell, one a line, and the lines that cannot be read."""
    criteria, odd = [], []
    for line in clean(text).split("\n"):
        found = _CRITERION.fullmatch(line.strip())
        if found:
            criteria.append(Criterion(clean(_unbroken(found[1])), int(found[2])))
        elif line.strip():
            odd.append(one_line(line)[:40])
    return tuple(criteria), odd


def rubric_text(rubric: Iterable[Criterion]) -> str:
    """Return a rubric as a cell."""
    return "\n".join(f"{_broken(criterion.text)} = {criterion.points}" for criterion in rubric)


def _broken(text: str) -> str:
    return text.replace("\\", "\\\\").replace("\n", "\\n")


def _unbroken(text: str) -> str:
    return re.sub(r"\\([\\n])", lambda found: "\n" if found[1] == "n" else "\\", text)


def is_yes(text: str, *, default: bool) -> bool | None:
    """Return what a yes-or-no cell says; none when it says neither."""
    word = text.strip().casefold()
    if not word:
        return default
    return True if word in _YES else False if word in _NO else None


def letter_of(place: int) -> str:
    """Return the letter of an option."""
    return LETTERS[place]
