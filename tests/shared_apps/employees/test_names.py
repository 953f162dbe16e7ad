"""Whether two spellings are one person's name."""

import pytest

from shared_apps.employees.names import same_name


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ayu Lestari", "AYU  LESTARI"),
        ("Dr. Ir. H. Ayu Lestari, S.H., M.Si.", "Ayu Lestari"),
        ("Dr.Ayu Lestari", "ayu lestari"),
        ("Ayu Lestari S.H. M.Si", "Ayu Lestari"),
        ("drg. Nur'aini", "Nuraini"),
        ("Siti Nur-Aini", "Siti Nur Aini"),
        ("José Andika", "Jose Andika"),
    ],
)
def test_same(one: str, other: str) -> None:
    assert same_name(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("Ayu Lestari", "Ayu Lestiani"), ("Ayu", "Ayu Lestari"), ("", ""), ("I Made", "Made")],
)
def test_different(one: str, other: str) -> None:
    assert not same_name(one, other)
