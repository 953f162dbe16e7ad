"""Whether two spellings are the name of one person: titles, case and accents do not matter."""

import re
import unicodedata
from collections.abc import Iterator

# Without those that are part of many names, such as Sri, Raden or the Balinese I.
_TITLES_BEFORE = frozenset(
    """apt brigjen dr dra drg drh drs h hj ir irjen kh kolonel komjen kompol letjen letkol mayjen
    ners ns pdt prof tgh ust""".split()  # noqa: SIM905  (a list of words reads best as words)
)
_TITLES_AFTER = frozenset(
    """ak amd apt ba cht dea dipl llm ma mag mba mh mhum mip mkes mkn mkom mm mp mpa mpd mph msc
    msi msn mt phd sag se sfarm sh si sik sip skep skm skom smn sp spd spi spsi spt sos ssi ssos
    st stp str""".split()  # noqa: SIM905
)
_TITLES = _TITLES_BEFORE | _TITLES_AFTER
_OTHER = re.compile(r"[^a-z]+")


def _words(text: str) -> Iterator[str]:
    plain = unicodedata.normalize("NFKD", text.partition(",")[0]).casefold()
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    # Apostrophes are written or not; a hyphen parts two words.
    plain = re.sub("['’‘ʻʼ`´]", "", plain).replace("-", " ").replace("/", " ")
    for word in plain.split():
        joined = _OTHER.sub("", word)
        # "S.H." is one word; "Dr.Andi" is two.
        parts = [joined] if joined in _TITLES else word.split(".")
        yield from filter(None, (_OTHER.sub("", part) for part in parts))


def folded_name(text: str) -> str:
    """Return a name without titles, case, accents and signs, for comparing only.

    What follows a comma is titles. A name that consists of titles only keeps its last one.
    """
    words = list(_words(text))
    while len(words) > 1 and words[0] in _TITLES_BEFORE:
        words.pop(0)
    while len(words) > 1 and words[-1] in _TITLES_AFTER:
        words.pop()
    return " ".join(words)


def same_name(one: str, other: str) -> bool:
    """Say whether two spellings name the same person, as far as a name tells."""
    return folded_name(one) == folded_name(other) != ""
