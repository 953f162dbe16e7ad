"""Colours that can be read on white paper."""

from PIL import ImageColor


def ink(colour: str) -> str:
    """Return the colour, darkened until text in it is readable on white (4.5 : 1)."""
    red, green, blue = ImageColor.getrgb(colour)[:3]
    while luminance(red, green, blue) > 0.183:
        red, green, blue = (int(part * 0.92) for part in (red, green, blue))
    return f"#{red:02x}{green:02x}{blue:02x}"


def luminance(*rgb: int) -> float:
    """Return relative luminance (0 black, 1 white) of sRGB parts 0–255, as WCAG defines it."""
    linear = [
        part / 255 / 12.92 if part <= 10 else ((part / 255 + 0.055) / 1.055) ** 2.4 for part in rgb
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def mixed(colour: str, ground: str, share: float) -> str:
    """Return the colour laid thinly on a ground: `share` 1 is the colour itself."""
    parts = zip(ImageColor.getrgb(colour)[:3], ImageColor.getrgb(ground)[:3], strict=True)
    return "#" + "".join(f"{round(a * share + b * (1 - share)):02x}" for a, b in parts)
