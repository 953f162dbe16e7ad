"""Gain from pre-test to post-test: in points, and normalised (Hake)."""

from decimal import ROUND_HALF_UP, Decimal

PLACES = Decimal("0.0001")


def n_gain(pre: int | None, post: int | None) -> Decimal | None:
    """Return (post - pre) / (100 - pre) to four decimals; None without both or after 100.

    It is negative for who lost points.
    """
    if pre is None or post is None or pre >= 100:
        return None
    return (Decimal(post - pre) / (100 - pre)).quantize(PLACES, rounding=ROUND_HALF_UP)


def band_of(value: Decimal, *, high: Decimal, medium: Decimal) -> str:
    """Return "high", "medium" or "low"; the bounds themselves belong to the better band."""
    if value >= high:
        return "high"
    return "medium" if value >= medium else "low"
