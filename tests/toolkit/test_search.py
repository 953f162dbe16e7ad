"""Words, stems, citations and synonyms of the search, and its literals in PostgreSQL."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from hypothesis import given, settings
from hypothesis import strategies as st

from toolkit import search
from toolkit.search_words import normal_form, stem, words

pytestmark = pytest.mark.django_db

TITLE = "Cuti Pegawai Negeri Sipil"


def matches(query: str, *, title: str = "", keywords: tuple[str, ...] = (), body: str = "") -> bool:
    """Say whether PostgreSQL finds a text by a query."""
    vector = search.find_vector(title=title, keywords=keywords, summary="", body=body)
    parsed = search.parse(query)
    assert parsed
    with connection.cursor() as cursor:
        cursor.execute("SELECT %s::tsvector @@ %s::tsquery", [vector, parsed.begun_anywhere])
        return bool(cursor.fetchone()[0])


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("pelatihan", "latih"),
        ("melatih", "latih"),
        ("kepegawaian", "pegawai"),
        ("penilaian", "nilai"),
        ("pemberhentian", "henti"),
        # Words that the dictionary would join with others of another meaning.
        ("kinerja", "kinerja"),
        ("pengadaan", "pengadaan"),
        # Never stemmed: short, with digits, with foreign letters.
        ("jp", "jp"),
        ("2026", "2026"),
        ("наука", "наука"),
    ],
)
def test_stem(word: str, expected: str) -> None:
    """Word families of the field share a stem; what is no Indonesian word stays as it is."""
    assert stem(word) == expected


def test_normal_form_drops_accents_case_and_apostrophes() -> None:
    """What people type with and without marks is the same word."""
    assert words(normal_form("  JUM'AT  Évaluasi,Kafé ")) == ["jumat", "evaluasi", "kafe"]


@pytest.mark.parametrize(
    "query",
    ["pelatihan", "melatih", "diklat", "bangkom", "pengembangan kompetensi"],
)
@pytest.mark.parametrize("text", ["Melatih pegawai baru", "Diklat prajabatan", "Bangkom ASN"])
def test_families_and_synonyms_find_each_other(query: str, text: str) -> None:
    """pelatihan, melatih, diklat and bangkom lead to each other's texts."""
    assert matches(query, title=text)
    assert matches(query, body=text)


def test_abbreviation_finds_its_phrase_and_back() -> None:
    """JP and jam pelajaran, PNS and pegawai negeri sipil; the phrase must stand together."""
    assert matches("JP", body="wajib 20 jam pelajaran setahun")
    assert matches("jam pelajaran", body="wajib 20 JP setahun")
    assert matches("PNS", title=TITLE)
    assert not matches("JP", body="jam kerja dan mata pelajaran")


@pytest.mark.parametrize(
    "query",
    [
        "PP 11/2017 Pasal 203",
        "pp 11/2017 pasal 203",
        "Pasal 203 PP 11/2017",
        "Pasal 203 ayat (4) PP 11 Tahun 2017",
        "Peraturan Pemerintah Nomor 11 Tahun 2017 Pasal 203",
        "PP No. 11 Tahun 2017",
        "PP 11/2017",
        "11/2017",
        "pasal 203",
    ],
)
def test_citation_is_found_however_it_is_written(query: str) -> None:
    """A citation is one token, and its parts are words."""
    assert matches(query, body="menurut Pasal 203 ayat (4) PP 11/2017, setiap PNS")


def test_citation_is_one_token() -> None:
    """Another regulation whose numbers stand elsewhere in the text is not found."""
    query = search.parse("PP 11/2017 Pasal 203")
    assert query.anywhere == "('pp/11/2017/203' | 'pp/11/2017')"
    assert not matches("PP 11/2017", body="PP 94/2021 mengganti aturan; lihat juga 11 hal di 2017")
    assert search.parse("Permenpan-RB 6/2022").anywhere == "('permenpan/6/2022')"
    assert search.parse("Peraturan BKN No. 5 Tahun 2019").anywhere == "('perbkn/5/2019')"


def test_every_word_must_be_there_and_the_last_may_be_begun() -> None:
    """Words are joined by AND; only the last one also finds what begins with it."""
    assert matches("cuti negeri", title=TITLE)
    assert not matches("cuti bersalin", title=TITLE)
    assert matches("cuti pega", title=TITLE)
    assert not matches("pega cuti", title=TITLE)


def test_stop_words_alone_are_no_query() -> None:
    """Nothing can be searched by words that stand everywhere."""
    assert not search.parse("yang dan di")
    assert not search.parse("")
    assert not search.parse(" ☕️ … '\" :*&|!() ")
    assert [unit.text for unit in search.parse("bagaimana cara cuti").units] == ["cuti"]


def test_title_words_are_told_from_others() -> None:
    """The index alone answers what a title says."""
    vector = search.find_vector(title=TITLE, keywords=["izin"], summary="hak", body="tahunan")
    answers = []
    with connection.cursor() as cursor:
        for word in ("cuti", "izin", "tahunan"):
            cursor.execute(
                "SELECT %s::tsvector @@ %s::tsquery", [vector, search.parse(word).in_title]
            )
            answers.append(cursor.fetchone()[0])
    assert answers == [True, False, False]


def test_rank_vector_weighs_title_keywords_and_summary() -> None:
    """Places and weights are what ts_rank_cd reads."""
    literal = search.rank_vector(title="Cuti", keywords=["izin"], summary="Hak cuti tahunan")
    with connection.cursor() as cursor:
        cursor.execute("SELECT %s::tsvector::text", [literal])
        assert cursor.fetchone()[0] == "'cuti':1A,4C 'hak':3C 'izin':2B 'tahun':5C 'tahunan':5C"


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=400) | st.text(alphabet="'\\:*&|!()<->\"\0\n /11pasal", max_size=80))
def test_any_input_is_safe(text: str) -> None:
    """No text makes an invalid literal, neither as a document nor as a query."""
    find = search.find_vector(title=text, keywords=[text], summary=text, body=text)
    rank = search.rank_vector(title=text, keywords=[text], summary=text)
    query = search.parse(text)
    with connection.cursor() as cursor:
        cursor.execute("SELECT %s::tsvector, %s::tsvector", [find, rank])
        if query:
            cursor.execute(
                "SELECT %s::tsquery, %s::tsquery, %s::tsquery, %s::tsquery",
                [query.anywhere, query.begun_anywhere, query.in_title, query.ranking],
            )


@pytest.mark.parametrize(
    "text",
    ["a" * 10_000, "pp " * 5_000, "pp" + " " * 10_000 + "x", "pasal 1 " * 1_500, "'" * 10_000,
     "😀" * 10_000, "pelatihan-" * 1_000],
    ids=["one word", "pp", "blanks", "pasal", "quotes", "emoji", "hyphens"],
)  # fmt: skip
def test_long_input_is_cut_and_fast(text: str) -> None:
    """Ten thousand characters are answered at once, whatever they are."""
    query = search.parse(text)
    assert len(query.units) <= search.MOST_QUERY_UNITS
    search.find_vector(title=text[:200], keywords=[], summary=text[:400], body=text)


def test_a_long_body_stays_within_the_limits_of_a_tsvector() -> None:
    """A book of distinct words is indexed as far as a tsvector reaches."""
    body = " ".join(f"kata{number}" for number in range(60_000))
    vector = search.find_vector(title="Buku", keywords=[], summary="", body=body)
    with connection.cursor() as cursor:
        cursor.execute("SELECT length(%s::tsvector)", [vector])
        assert cursor.fetchone()[0] == search.MOST_LEXEMES


def test_stemming_bears_threads() -> None:
    """Many threads get the same stems as one."""
    plain = ["memperbaiki", "keberhasilan", "pertanggungjawaban", "penyelenggaraan", "mengajarkan"]
    expected = [stem(word) for word in plain]
    with ThreadPoolExecutor(8) as pool:
        results = list(pool.map(lambda _n: [stem(word) for word in plain], range(64)))
    assert all(result == expected for result in results)
