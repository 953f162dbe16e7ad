"""Contrast of colours as WCAG 2 reckons it, and how dark one must be for light text."""

import re

HEX = re.compile(r"#[0-9a-f]{6}")
WHITE, BLACK = "#ffffff", "#000000"
#: Least contrast of ordinary text (WCAG 2, level AA).
LEAST = 4.5


def luminance(colour: str) -> float:
    """Return the relative luminance of `#rrggbb`, from 0 (black) to 1 (white)."""
    parts = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours, from 1 to 21."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def darkened(colour: str, *, least: float = LEAST) -> str:
    """Return the colour, or the lightest shade of its hue on which white text has the contrast."""
    if contrast(colour, WHITE) >= least:
        return colour
    parts = [int(colour[start : start + 2], 16) for start in (1, 3, 5)]
    for percent in range(99, 0, -1):
        shade = "#" + "".join(f"{part * percent // 100:02x}" for part in parts)
        if contrast(shade, WHITE) >= least:
            return shade
    return BLACK
