"""Indonesian text to words: normal form, citations of regulations, stop words and stems."""

import re
import threading
import unicodedata
from functools import lru_cache
from pathlib import Path
from typing import Any

DATA = Path(__file__).resolve().parent / "search_data"
LONGEST_WORD = 40
# More distinct words than all entries of a large catalogue share; 0.5 ms saved by each hit.
KEPT_STEMS = 1 << 16

WORD = re.compile(r"[^\W_]+")
APOSTROPHE = re.compile(r"(?<=\w)['’ʼ`´](?=\w)")
# Runs on normal form, where blanks are single: no repetition that could backtrack for long.
CITATION = re.compile(
    r"(?:\bpasal (?P<before>\d{1,3}[a-z]?)(?: ?ayat ?\(?\d{1,2}[a-z]?\)?)?"
    r"(?: huruf [a-z])? )?"
    r"\b(?P<kind>undang-undang|peraturan pemerintah|peraturan presiden|keputusan presiden"
    r"|instruksi presiden|peraturan (?:kepala )?(?:bkn|badan kepegawaian negara)"
    r"|peraturan (?:kepala )?(?:lan|lembaga administrasi negara)|peraturan menteri keuangan"
    r"|surat edaran|uu|pp|per[a-z]{2,12}|kep[a-z]{2,12}|inpres|se|pmk)(?:[ -]?rb)?"
    r" (?:no(?:mor|\.)? ?)?(?P<number>\d{1,4})(?: ?/ ?| tahun | th\.? )(?P<year>(?:19|20)\d\d)\b"
    r"(?:,? (?:pasal|ps\.?) ?(?P<after>\d{1,3}[a-z]?)\b)?"
)
SHORT_KIND = {
    "undang-undang": "uu",
    "peraturan pemerintah": "pp",
    "peraturan presiden": "perpres",
    "keputusan presiden": "keppres",
    "instruksi presiden": "inpres",
    "peraturan bkn": "perbkn",
    "peraturan kepala bkn": "perbkn",
    "perka bkn": "perbkn",
    "peraturan badan kepegawaian negara": "perbkn",
    "peraturan kepala badan kepegawaian negara": "perbkn",
    "peraturan lan": "perlan",
    "peraturan kepala lan": "perlan",
    "peraturan lembaga administrasi negara": "perlan",
    "peraturan kepala lembaga administrasi negara": "perlan",
    "peraturan menteri keuangan": "pmk",
    "surat edaran": "se",
    "permenpanrb": "permenpan",
    "kepmenpanrb": "kepmenpan",
}


def data_lines(name: str) -> list[str]:
    """Return the lines of a data file without blanks and comments."""
    text = (DATA / name).read_text(encoding="utf-8")
    lines = (line.strip() for line in text.splitlines())
    return [line for line in lines if line and not line.startswith("#")]


def _load_stems() -> dict[str, str]:
    pairs = (line.split("=") for line in data_lines("stems.txt"))
    return {word.strip(): stem.strip() for word, stem in pairs}


STOP_WORDS = frozenset(" ".join(data_lines("stop_words.txt")).split())
OWN_STEMS = _load_stems()

_lock = threading.Lock()
_stemmer: Any = None


def normal_form(text: str) -> str:
    """Return lower-case text without accents, apostrophes inside words and double blanks."""
    text = text.casefold()
    if not text.isascii():
        parts = unicodedata.normalize("NFKD", text).casefold()
        text = "".join(char for char in parts if not unicodedata.combining(char))
    return " ".join(APOSTROPHE.sub("", text).split())


def words(normal: str) -> list[str]:
    """Return the words of text in normal form, in order, each of at most 40 characters."""
    return [word[:LONGEST_WORD] for word in WORD.findall(normal)]


def citation_tokens(match: re.Match[str]) -> list[str]:
    """Return the tokens of one citation, the most exact first: `pp/11/2017/203`, `pp/11/2017`."""
    kind = SHORT_KIND.get(match["kind"], match["kind"])
    token = f"{kind}/{int(match['number'])}/{match['year']}"
    article = match["after"] or match["before"]
    return [f"{token}/{article}", token] if article else [token]


def stem(word: str) -> str:
    """Return the stem of one lower-case word; words with digits or foreign letters keep theirs."""
    if len(word) < 4 or not word.isascii() or not word.isalpha():
        return word
    return _stem(word)


@lru_cache(maxsize=KEPT_STEMS)
def _stem(word: str) -> str:
    global _stemmer
    own = OWN_STEMS.get(word)
    if own is not None:
        return own
    # The stemmer is slow and nobody promises that it bears two threads: one at a time.
    with _lock:
        if _stemmer is None:
            from Sastrawi.Stemmer.StemmerFactory import StemmerFactory

            # Its own cache would grow without bound; ours above does not.
            _stemmer = StemmerFactory().create_stemmer().delegatedStemmer
        return str(_stemmer.stem_word(word)) or word
