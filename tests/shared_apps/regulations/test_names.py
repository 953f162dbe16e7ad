"""Regulations as people write them."""

import pytest

from shared_apps.regulations.names import read_citation


@pytest.mark.parametrize(
    ("written", "key", "article"),
    [
        ("PP 11/2017", "pp-11-2017", ""),
        ("pp 11 2017", "pp-11-2017", ""),
        ("PP Nomor 11 Tahun 2017 Pasal 203", "pp-11-2017", "203"),
        ("PP 11/2017 pasal 203 ayat (4a)", "pp-11-2017", "203 ayat (4a)"),
        ("PP 11/2017 ps. 203(4a)", "pp-11-2017", "203 ayat (4a)"),
        ("Undang-Undang No. 20 Tahun 2023", "uu-20-2023", ""),
        ("UU 020/2023", "uu-20-2023", ""),
        ("Peraturan BKN Nomor 5 Tahun 2024", "perbkn-5-2024", ""),
        ("PerBKN 5/2024, Pasal 12a", "perbkn-5-2024", "12a"),
        ("Permenpan-RB 38/2018", "permenpan-38-2018", ""),
        ("Permen PANRB 38 tahun 2018", "permenpan-38-2018", ""),
        ("SE Menpan-RB 28/2021", "se-menpan-28-2021", ""),
        ("Kepka LAN 13/K.1/PDP.07/2022", "kepka-lan-13-k-1-pdp-07-2022", ""),
        ("SE 3/SE/VIII/2019", "se-3-se-viii-2019", ""),
    ],
)
def test_written_forms(written: str, key: str, article: str) -> None:
    cited = read_citation(written)
    assert cited is not None
    assert (cited.key, cited.article) == (key, article)


@pytest.mark.parametrize(
    "text",
    ["", "Cuti tahunan", "PP", "PP 11", "PP 11/17", "PP 11/2017 tentang PNS", "\0", "9" * 500],
)
def test_what_is_no_citation(text: str) -> None:
    assert read_citation(text) is None


def test_the_anchor_names_the_article() -> None:
    cited = read_citation("PP 11/2017 Pasal 203 ayat (4a)")
    assert cited is not None
    assert cited.anchor == "pasal-203"
