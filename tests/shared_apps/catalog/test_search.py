"""The search over entries: order, filters, pages, hints and cost."""

from decimal import Decimal
from typing import Any

import pytest

from shared_apps.catalog import selectors
from shared_apps.catalog.selectors import Filters
from toolkit.search import parse


def titles(text: str, **extra: Any) -> list[str]:
    """Return the titles that a stranger finds."""
    return [entry.title for entry in selectors.search(parse(text), None, **extra).entries]


def test_title_before_keywords_before_summary_before_body(publish: Any, tenant_a: Any) -> None:
    """Weights put what is about a word before what mentions it."""
    publish(tenant_a, "Isi", body="tentang pensiun")
    publish(tenant_a, "Ringkasan", summary="Hak pensiun pegawai.")
    publish(tenant_a, "Kata kunci", keywords=["pensiun"])
    publish(tenant_a, "Pensiun PNS")
    assert titles("pensiun") == ["Pensiun PNS", "Kata kunci", "Ringkasan", "Isi"]


def test_exact_word_before_its_family(publish: Any, tenant_a: Any) -> None:
    """All forms are found, the one that was typed first."""
    publish(tenant_a, "Melatih pegawai")
    publish(tenant_a, "Diklat dasar")
    publish(tenant_a, "Pelatihan dasar")
    found = titles("pelatihan")
    assert found[0] == "Pelatihan dasar"
    assert set(found) == {"Pelatihan dasar", "Melatih pegawai", "Diklat dasar"}


def test_citation(publish: Any, tenant_a: Any) -> None:
    """The article first, then its regulation; other regulations not at all."""
    publish(tenant_a, "Disiplin", keywords=["PP 94/2021"])
    publish(tenant_a, "Manajemen PNS", keywords=["PP 11/2017"])
    publish(tenant_a, "Kompetensi", keywords=["PP 11/2017 Pasal 203"])
    assert titles("PP 11/2017 Pasal 203") == ["Kompetensi", "Manajemen PNS"]


def test_beginning_of_a_keyword_is_found_where_nothing_else_is(publish: Any, tenant_a: Any) -> None:
    """A half-typed word finds titles, and where there are none, the rest."""
    publish(tenant_a, "Topik", keywords=["gratifikasi"])
    assert titles("gratif") == ["Topik"]
    found = selectors.search_newest(parse("gratif"), None).entries
    assert [entry.title for entry in found] == ["Topik"]


def test_filters(publish: Any, tenant_a: Any, tenant_b: Any) -> None:
    """By provider and by a half-open range of JP."""
    publish(tenant_a, "Cuti satu", jp=Decimal(1))
    publish(tenant_a, "Cuti dua", jp=Decimal(2))
    publish(tenant_b, "Cuti empat", jp=Decimal(4))
    assert titles("cuti", filters=Filters(tenant_id=tenant_b.pk)) == ["Cuti empat"]
    wide = Filters(jp=(Decimal(2), Decimal(4)))
    assert titles("cuti", filters=wide) == ["Cuti dua"]
    assert [e.title for e in selectors.newest(None, filters=wide).entries] == ["Cuti dua"]


def test_pages_do_not_overlap(publish: Any, tenant_a: Any) -> None:
    """Twenty a page; the last one says that nothing follows."""
    for number in range(45):
        publish(tenant_a, f"Cuti {number:02d}")
    for read in (selectors.search, selectors.search_newest):
        pages = [read(parse("cuti"), None, number=number) for number in (1, 2, 3, 4)]
        assert [len(page.entries) for page in pages] == [20, 20, 5, 0]
        assert [page.has_next for page in pages] == [True, True, False, False]
        assert len({entry.title for page in pages for entry in page.entries}) == 45
    newest = selectors.newest(None, number=2)
    assert (newest.entries[0].title, newest.has_next) == ("Cuti 20", True)


def test_body_matches_follow_title_matches_over_pages(publish: Any, tenant_a: Any) -> None:
    """The second tier fills up where titles end, without repeating any."""
    for number in range(15):
        publish(tenant_a, f"Cuti {number:02d}")
    for number in range(15):
        publish(tenant_a, f"Lain {number:02d}", body="cuti")
    first, second = titles("cuti"), titles("cuti", number=2)
    assert len(first) == 20
    assert all(title.startswith("Cuti") for title in first[:15])
    assert len(second) == 10
    assert len({*first, *second}) == 30


@pytest.mark.parametrize("text", ["cuti", "PP 11/2017", "pelatihan pegawai", "xyzzy qwerty"])
def test_fixed_number_of_statements(
    text: str, publish: Any, tenant_a: Any, django_assert_max_num_queries: Any
) -> None:
    """One statement; a second one only when the first finds nothing. Providers come from memory."""
    for number in range(30):
        publish(tenant_a, f"Pelatihan cuti pegawai {number}")
    titles("cuti")
    with django_assert_max_num_queries(2):
        titles(text)


def test_unknown_words_are_named(publish: Any, tenant_a: Any) -> None:
    """A typo finds nothing and is named, the right words are not."""
    publish(tenant_a, "Disiplin PNS")
    query = parse("disipln PNS")
    assert selectors.search(query, None).entries == []
    assert selectors.words_without_match(query, None) == ["disipln"]
