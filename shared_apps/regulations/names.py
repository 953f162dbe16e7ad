"""How people write a regulation: `PP 11/2017 Pasal 203`, `uu no. 20 tahun 2023`, `pp 11 2017`."""

import re
from dataclasses import dataclass

from shared_apps.regulations.choices import RegulationKind
from toolkit.search_words import normal_form

# Words in normal form (lower case, single blanks), the longest first: the first that fits holds.
_WRITTEN: tuple[tuple[str, RegulationKind], ...] = tuple(
    sorted(
        {
            "undang-undang": RegulationKind.UU,
            "uu": RegulationKind.UU,
            "perppu": RegulationKind.PERPPU,
            "peraturan pemerintah pengganti undang-undang": RegulationKind.PERPPU,
            "peraturan pemerintah": RegulationKind.PP,
            "pp": RegulationKind.PP,
            "peraturan presiden": RegulationKind.PERPRES,
            "perpres": RegulationKind.PERPRES,
            "keputusan presiden": RegulationKind.KEPPRES,
            "keppres": RegulationKind.KEPPRES,
            "instruksi presiden": RegulationKind.INPRES,
            "inpres": RegulationKind.INPRES,
            "peraturan menteri panrb": RegulationKind.PERMENPAN,
            "permenpan-rb": RegulationKind.PERMENPAN,
            "permenpan rb": RegulationKind.PERMENPAN,
            "permen panrb": RegulationKind.PERMENPAN,
            "permen pan-rb": RegulationKind.PERMENPAN,
            "permenpanrb": RegulationKind.PERMENPAN,
            "permenpan": RegulationKind.PERMENPAN,
            "kepmenpan-rb": RegulationKind.KEPMENPAN,
            "kepmenpan rb": RegulationKind.KEPMENPAN,
            "kepmenpanrb": RegulationKind.KEPMENPAN,
            "kepmenpan": RegulationKind.KEPMENPAN,
            "se menpan-rb": RegulationKind.SE_MENPAN,
            "se menpan": RegulationKind.SE_MENPAN,
            "surat edaran menteri panrb": RegulationKind.SE_MENPAN,
            "peraturan menteri keuangan": RegulationKind.PMK,
            "pmk": RegulationKind.PMK,
            "permendagri": RegulationKind.PERMENDAGRI,
            "peraturan menteri dalam negeri": RegulationKind.PERMENDAGRI,
            "peraturan badan kepegawaian negara": RegulationKind.PERBKN,
            "peraturan kepala bkn": RegulationKind.PERBKN,
            "peraturan bkn": RegulationKind.PERBKN,
            "perka bkn": RegulationKind.PERBKN,
            "perbkn": RegulationKind.PERBKN,
            "kepka bkn": RegulationKind.KEPKA_BKN,
            "keputusan kepala bkn": RegulationKind.KEPKA_BKN,
            "se bkn": RegulationKind.SE_BKN,
            "surat edaran bkn": RegulationKind.SE_BKN,
            "peraturan lembaga administrasi negara": RegulationKind.PERLAN,
            "peraturan kepala lan": RegulationKind.PERLAN,
            "peraturan lan": RegulationKind.PERLAN,
            "perka lan": RegulationKind.PERLAN,
            "perlan": RegulationKind.PERLAN,
            "kepka lan": RegulationKind.KEPKA_LAN,
            "keputusan kepala lan": RegulationKind.KEPKA_LAN,
            "peraturan daerah": RegulationKind.PERDA,
            "perda": RegulationKind.PERDA,
            "peraturan bupati": RegulationKind.PERKADA,
            "perbup": RegulationKind.PERKADA,
            "peraturan wali kota": RegulationKind.PERKADA,
            "perwali": RegulationKind.PERKADA,
            "peraturan gubernur": RegulationKind.PERKADA,
            "pergub": RegulationKind.PERKADA,
            "peraturan menteri": RegulationKind.PERMEN,
            "permen": RegulationKind.PERMEN,
            "keputusan": RegulationKind.KEPUTUSAN,
            "surat edaran": RegulationKind.SE,
            "se": RegulationKind.SE,
        }.items(),
        key=lambda pair: -len(pair[0]),
    )
)
_NUMBER = re.compile(
    r" (?:no(?:mor|\.)? ?)?(?P<number>[\w.\-]{1,20}(?:/[a-z][\w.\-]{0,12}){0,3})"
    r"(?: ?/ ?| tahun | th\.? ?| )(?P<year>(?:19|20)\d\d)"
    r"(?:,? (?:pasal|ps\.?) ?(?P<article>\d{1,3}[a-z]?(?: ?(?:ayat )?\(\d{1,2}[a-z]?\))?))?"
)


@dataclass(frozen=True)
class Cited:
    """A regulation as written, perhaps one article of it (`203`, `203 ayat (4a)`)."""

    kind: RegulationKind
    number: str
    year: int
    article: str = ""

    @property
    def key(self) -> str:
        """The regulation's key: `pp-11-2017`."""
        return key_of(self.kind, self.number, self.year)

    @property
    def anchor(self) -> str:
        """The name of the article on the regulation's page, empty for the whole."""
        number = re.match(r"\d+[a-z]?", self.article)
        return f"pasal-{number[0]}" if number else ""


def key_of(kind: str, number: str, year: int) -> str:
    """Return the key of a regulation: kind, number and year with hyphens between them."""
    plain = re.sub(r"[^a-z0-9]+", "-", number.casefold()).strip("-")
    plain = plain.lstrip("0") or plain
    return f"{RegulationKind(kind)}-{plain}-{year}"


def leading_kind(text: str) -> tuple[RegulationKind | None, str]:
    """Return the kind with which a text begins, and the rest, which may be half typed."""
    normal = normal_form(text.replace("\0", ""))[:200].strip()
    for words, kind in _WRITTEN:
        if normal == words or normal.startswith(words + " "):
            return kind, normal[len(words) :].strip()
    return None, normal


def read_citation(text: str) -> Cited | None:
    """Return what the whole text cites; None when it is no citation."""
    normal = normal_form(text.replace("\0", ""))[:200]
    for words, kind in _WRITTEN:
        if not normal.startswith(words):
            continue
        found = _NUMBER.fullmatch(normal, len(words))
        if found:
            article = re.sub(r"(?<=[\da-z])(?: ?ayat)? ?(?=\()", " ayat ", found["article"] or "")
            return Cited(kind, found["number"].upper(), int(found["year"]), article)
    return None
