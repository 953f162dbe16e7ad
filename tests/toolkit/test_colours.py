"""Contrast as WCAG 2 reckons it."""

import pytest

from toolkit import colours


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [
        ("#000000", "#ffffff", 21.0),
        ("#ffffff", "#ffffff", 1.0),
        ("#777777", "#ffffff", 4.48),
        ("#0b5563", "#ffffff", 8.44),
        ("#ff0000", "#ffffff", 4.0),
    ],
)
def test_known_contrasts(one: str, other: str, ratio: float) -> None:
    assert colours.contrast(one, other) == pytest.approx(ratio, abs=0.05)
    assert colours.contrast(other, one) == colours.contrast(one, other)


@pytest.mark.parametrize(
    "colour", ["#ffffff", "#ffe600", "#00ff00", "#7fd3ff", "#777777", "#000000"]
)
def test_a_darkened_colour_carries_white_text(colour: str) -> None:
    shade = colours.darkened(colour)
    assert colours.HEX.fullmatch(shade)
    assert colours.contrast(shade, colours.WHITE) >= colours.LEAST
    assert (shade == colour) == (colours.contrast(colour, colours.WHITE) >= colours.LEAST)
