"""Numbers in words, money and dates in Indonesian and English."""

import datetime
from decimal import Decimal

import pytest
from django.template import Context, Template
from django.utils import translation

from toolkit import indonesian

MOMENT = datetime.datetime(2026, 11, 22, 3, 42, 7, tzinfo=datetime.UTC)


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (0, "nol"),
        (2, "dua"),
        (10, "sepuluh"),
        (11, "sebelas"),
        (12, "dua belas"),
        (20, "dua puluh"),
        (64, "enam puluh empat"),
        (100, "seratus"),
        (111, "seratus sebelas"),
        (1000, "seribu"),
        (1999, "seribu sembilan ratus sembilan puluh sembilan"),
        (42382, "empat puluh dua ribu tiga ratus delapan puluh dua"),
        (1_000_000, "satu juta"),
        (8_476_400_000, "delapan miliar empat ratus tujuh puluh enam juta empat ratus ribu"),
        (Decimal("2.00"), "dua"),
        (Decimal("39.60"), "tiga puluh sembilan koma enam"),
        (Decimal("0.05"), "nol koma nol lima"),
        (Decimal("-2.50"), "minus dua koma lima"),
    ],
)
def test_words(value: Decimal | int, words: str) -> None:
    assert indonesian.in_words(value) == words


def test_words_in_english() -> None:
    with translation.override("en"):
        assert indonesian.in_words(Decimal("39.60")) == "thirty-nine point six"
        assert indonesian.in_words(1_000_113) == "one million one hundred thirteen"
        assert indonesian.in_words(20) == "twenty"


def test_too_large_for_words() -> None:
    with pytest.raises(ValueError, match="too large"):
        indonesian.in_words(10**15)


def test_numbers() -> None:
    assert indonesian.rupiah(8_476_400_000) == "Rp 8.476.400.000"
    assert indonesian.rupiah(-5) == "−Rp 5"
    assert indonesian.number(21191) == "21.191"
    assert indonesian.number(Decimal("1039.60")) == "1.039,60"
    assert indonesian.jp(Decimal("42382.00")) == "42.382"
    assert indonesian.jp(Decimal("0.40")) == "0,40"
    assert indonesian.jp(2) == "2"
    with translation.override("en"):
        assert indonesian.rupiah(8_476_400_000) == "Rp 8,476,400,000"
        assert indonesian.number(Decimal("1039.60")) == "1,039.60"


def test_dates() -> None:
    day = datetime.date(2026, 8, 3)
    assert indonesian.date_long(day) == "3 Agustus 2026"
    assert indonesian.date_short(day) == "3 Agu 2026"
    assert indonesian.date_range(day, day) == "3 Agustus 2026"
    assert indonesian.date_range(day, datetime.date(2026, 8, 5)) == "3–5 Agustus 2026"
    assert (
        indonesian.date_range(day, datetime.date(2026, 9, 1)) == "3 Agustus 2026 – 1 September 2026"
    )
    with translation.override("en"):
        assert indonesian.date_long(day) == "3 August 2026"


@pytest.mark.parametrize(
    ("zone", "text"),
    [
        ("Asia/Jakarta", "22 Nov 2026 10.42 WIB"),
        ("Asia/Makassar", "22 Nov 2026 11.42 WITA"),
        ("Asia/Jayapura", "22 Nov 2026 12.42 WIT"),
        ("", "22 Nov 2026 10.42 WIB"),
    ],
)
def test_moments(zone: str, text: str) -> None:
    assert indonesian.date_time(MOMENT, zone) == text


def test_filters() -> None:
    template = Template(
        "{% load indonesian %}{{ jp|jp }} ({{ jp|in_words }}) {{ money|rupiah }}"
        " {{ at|date_time:'Asia/Jayapura' }} {{ at|clock_time }} {{ none|number }}{{ none|rupiah }}"
        "{{ day|date_long }} {{ day|date_short }}"
    )
    text = template.render(
        Context(
            {
                "jp": Decimal("2.00"),
                "money": 200000,
                "at": MOMENT,
                "none": None,
                "day": datetime.date(2026, 5, 1),
            }
        )
    )
    assert text == ("2 (dua) Rp 200.000 22 Nov 2026 12.42 WIT 10.42.07 1 Mei 2026 1 Mei 2026")


def test_months() -> None:
    """Of a day in tables, and shorter in charts."""
    day = datetime.date(2026, 5, 3)
    assert (indonesian.month(day), indonesian.month_short(day)) == ("Mei 2026", "Mei 26")
    with translation.override("en"):
        assert indonesian.month(day) == "May 2026"
