"""Text search in PostgreSQL without extensions: Indonesian text to `tsvector` and `tsquery`.

A text is found by its distinct stems (`find_vector`) and ranked by the positions of words in its
title, keywords and summary (`rank_vector`), which is short enough to be read for each candidate.
All work on words happens here; PostgreSQL only compares, so both results are literals to be cast.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from toolkit.search_words import (
    CITATION,
    STOP_WORDS,
    citation_tokens,
    data_lines,
    normal_form,
    stem,
    words,
)

# A tsvector may have 1 MB and positions up to 16,383; these keep far below.
MOST_TEXT = 600_000
MOST_LEXEMES = 12_000
MOST_POSITIONS = 4_000
# Of a query: longer ones are cut, since nobody types them.
MOST_QUERY_TEXT = 300
MOST_QUERY_UNITS = 10
SHORTEST_PREFIX = 3

# Lexemes beside plain words: `t:` marks words of the title, so that the index alone answers what
# a title says (it does not hold weights); `=` marks a group of synonyms met as a phrase.
TITLE_MARK = "t:"
GROUP_MARK = "="

Stems = tuple[str, ...]


@dataclass(frozen=True)
class Group:
    """Members that mean the same, each as its stems; `mark` is set where a phrase occurs."""

    mark: str
    members: tuple[Stems, ...]


def content_stems(normal: str) -> list[str]:
    """Return the stems of text in normal form, without stop words, in order."""
    return [stem(word) for word in words(normal) if word not in STOP_WORDS]


@lru_cache(maxsize=1)
def _groups() -> dict[str, dict[Stems, list[Group]]]:
    """Return the synonyms by first stem, then by all stems of a member."""
    found: dict[str, dict[Stems, list[Group]]] = {}
    for line in data_lines("synonyms.txt"):
        members = [tuple(content_stems(normal_form(part))) for part in line.split("=")]
        group = Group(GROUP_MARK + "-".join(members[0]), tuple(dict.fromkeys(members)))
        for member in group.members:
            found.setdefault(member[0], {}).setdefault(member, []).append(group)
    return found


def _phrases_at(stems: list[str], index: int) -> list[tuple[Stems, list[Group]]]:
    """Return the members of groups that begin at a position, the longest first."""
    known = _groups().get(stems[index])
    if known is None:
        return []
    hits = [
        (member, groups)
        for member, groups in known.items()
        if tuple(stems[index : index + len(member)]) == member
    ]
    return sorted(hits, key=lambda hit: -len(hit[0]))


def _group_marks(stems: list[str]) -> set[str]:
    return {
        group.mark
        for index in range(len(stems))
        for member, groups in _phrases_at(stems, index)
        if len(member) > 1
        for group in groups
    }


def _lexemes(text: str, *, raw: bool) -> set[str]:
    """Return the distinct lexemes of a text: stems, citations, groups, and raw words if asked."""
    normal = normal_form(text[:MOST_TEXT])
    found = {word for word in words(normal) if word not in STOP_WORDS}
    stems = content_stems(normal)
    lexemes = set(stems) | _group_marks(stems)
    for match in CITATION.finditer(normal):
        lexemes.update(citation_tokens(match))
    return lexemes | found if raw else lexemes


def _quoted(lexeme: str) -> str:
    return "'" + lexeme.replace("\\", "\\\\").replace("'", "''") + "'"


def find_vector(*, title: str, keywords: Iterable[str], summary: str, body: str) -> str:
    """Return the `tsvector` literal by which a text is found; any input is accepted."""
    in_title = _lexemes(title, raw=True)
    lexemes = {TITLE_MARK + lexeme for lexeme in in_title} | in_title
    lexemes |= _lexemes(" , ".join(keywords), raw=True) | _lexemes(summary, raw=True)
    for lexeme in _lexemes(body, raw=False):
        if len(lexemes) >= MOST_LEXEMES:
            break
        lexemes.add(lexeme)
    return " ".join(map(_quoted, sorted(lexemes)))


def rank_vector(*, title: str, keywords: Iterable[str], summary: str) -> str:
    """Return the `tsvector` literal by which it is ranked: words with place and weight A, B, C."""
    places: dict[str, list[str]] = {}
    place = 0
    for text, weight in ((title, "A"), (" , ".join(keywords), "B"), (summary, "C")):
        normal = normal_form(text[:MOST_TEXT])
        for word in words(normal):
            if place >= MOST_POSITIONS:
                break
            place += 1
            if word in STOP_WORDS:
                continue
            for lexeme in {word, stem(word)}:
                places.setdefault(lexeme, []).append(f"{place}{weight}")
        marks = _group_marks(content_stems(normal))
        tokens = [t for match in CITATION.finditer(normal) for t in citation_tokens(match)]
        for lexeme in [*sorted(marks), *tokens]:
            places.setdefault(lexeme, []).append(f"{place}{weight}")
    return " ".join(f"{_quoted(lexeme)}:{','.join(at)}" for lexeme, at in sorted(places.items()))


@dataclass(frozen=True)
class Unit:
    """One thing asked for: alternatives, each a set of lexemes that must all be there."""

    text: str
    alternatives: tuple[Stems, ...]
    # The word as typed, when a text may also have words that begin with it.
    prefix: str = ""
    # Raw words: they find nothing more, but let the exact form rank higher.
    raw: Stems = ()

    def find(self, mark: str = "", *, begun: bool = False) -> str:
        """Return this unit as a part of a `tsquery`; `begun` lets the last word be a beginning."""
        parts = [
            " & ".join(_quoted(mark + lexeme) for lexeme in lexemes)
            for lexemes in self.alternatives
        ]
        if begun and self.prefix:
            parts.append(_quoted(mark + self.prefix) + ":*")
        return "(" + " | ".join(parts) + ")"

    def rank(self) -> list[str]:
        """Return the parts by which an entry that has this unit is ranked.

        Without the prefix: it would match many lexemes in each vector, at twice the cost.
        """
        lexemes = (*self.raw, *(lexeme for some in self.alternatives for lexeme in some))
        return [_quoted(lexeme) for lexeme in dict.fromkeys(lexemes)]


@dataclass(frozen=True)
class Query:
    """A user's query as units that must all be found; false when nothing can be searched."""

    units: tuple[Unit, ...]

    def __bool__(self) -> bool:
        return bool(self.units)

    @property
    def anywhere(self) -> str:
        """The `tsquery` literal for texts that have every unit."""
        return " & ".join(unit.find() for unit in self.units)

    @property
    def begun_anywhere(self) -> str:
        """The same, but the last word may be a beginning; costs several times as much."""
        return " & ".join(unit.find(begun=True) for unit in self.units)

    @property
    def in_title(self) -> str:
        """The `tsquery` literal for texts whose title has every unit, the last perhaps begun."""
        return " & ".join(unit.find(TITLE_MARK, begun=True) for unit in self.units)

    @property
    def ranking(self) -> str:
        """The `tsquery` literal for ranking: any unit counts."""
        return " | ".join(part for unit in self.units for part in unit.rank())


def _word_units(text: str, *, last_is_open: bool) -> list[Unit]:
    typed = [word for word in words(text) if word not in STOP_WORDS]
    stems = [stem(word) for word in typed]
    units = []
    index = 0
    while index < len(typed):
        hits = _phrases_at(stems, index)
        length = len(hits[0][0]) if hits else 1
        alternatives = [tuple(stems[index : index + length])]
        for group in hits[0][1] if hits else ():
            alternatives += [member for member in group.members if len(member) == 1]
            alternatives.append((group.mark,))
        raw = tuple(typed[index : index + length])
        is_last = last_is_open and index + length == len(typed)
        prefix = raw[-1] if is_last and length == 1 and len(raw[-1]) >= SHORTEST_PREFIX else ""
        units.append(Unit(" ".join(raw), tuple(dict.fromkeys(alternatives)), prefix, raw))
        index += length
    return units


def parse(text: str) -> Query:
    """Return what a user asks for; never fails, and is false for a query without any word.

    Every unit must be found: a word as its stem or a synonym, a citation such as
    `PP 11/2017 Pasal 203` as one token (the regulation without the article ranks below). The last
    word also finds words that begin with it.
    """
    normal = normal_form(text[:MOST_QUERY_TEXT])
    units: list[Unit] = []
    start = 0
    for match in CITATION.finditer(normal):
        units += _word_units(normal[start : match.start()], last_is_open=False)
        tokens = citation_tokens(match)
        units.append(Unit(match[0], tuple((token,) for token in tokens)))
        start = match.end()
    units += _word_units(normal[start:], last_is_open=True)
    distinct = {unit.alternatives: unit for unit in units}
    return Query(tuple(distinct.values())[:MOST_QUERY_UNITS])
