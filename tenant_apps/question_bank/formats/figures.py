"""Numbers as they come in files: exact decimals, percents with Moodle's rounded fractions."""

import re
from decimal import Context, Decimal

from django.utils.translation import gettext as _

_NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d{1,3})?", re.ASCII)
_WITH_COMMA = re.compile(r"[+-]?\d+,\d+", re.ASCII)
#: Beyond this a number is a mistake, and writing it out would fill the memory.
_WIDEST = 30
_FRACTIONS = [
    (bottom, Decimal(100 * top) / Decimal(bottom))
    for bottom in (3, 6, 7, 9, 11, 12)
    for top in range(1, bottom)
]
_FIVE = Decimal("0.00001")
# Wide enough that no number of a file is rounded.
_EXACT = Context(prec=4 * _WIDEST)


class NotANumber(ValueError):
    """The text is no number; `str(error)` says how to mend it."""


def number(text: str) -> Decimal:
    """Return the exact number of a text; raises NotANumber."""
    text = text.strip().replace("\u2212", "-")
    if _WITH_COMMA.fullmatch(text):
        raise NotANumber(
            _("Tulis angka {wrong} dengan titik: {right}.").format(
                wrong=text, right=text.replace(",", ".")
            )
        )
    if len(text) > 2 * _WIDEST or not _NUMBER.fullmatch(text):
        raise NotANumber(_('"{text}" bukan angka.').format(text=text[:40]))
    value = Decimal(text)
    if value and not -_WIDEST < value.adjusted() < _WIDEST:
        raise NotANumber(_('Angka "{text}" terlalu besar atau terlalu kecil.').format(text=text))
    return value


def plain(value: Decimal) -> str:
    """Return a number without exponent and without zeros at its end."""
    return format(_EXACT.normalize(value), "f") if value else "0"


def middle(low: Decimal, high: Decimal) -> tuple[Decimal, Decimal]:
    """Return (value, tolerance) of a range."""
    return (
        _EXACT.divide(_EXACT.add(low, high), Decimal(2)),
        _EXACT.divide(_EXACT.subtract(high, low), Decimal(2)),
    )


def percent(text: str) -> Decimal:
    """Return a percent with at most five decimals; raises NotANumber.

    A coarsely rounded third (33.3) becomes the five decimals that Moodle keeps.
    """
    value = number(text.strip().removesuffix("%"))
    if abs(value) > 100:
        raise NotANumber(_("Bobot {text} persen di luar -100 sampai 100.").format(text=text[:20]))
    exponent = value.as_tuple().exponent
    decimals = -exponent if isinstance(exponent, int) else 0
    if 0 < decimals < 5:
        step = Decimal(1).scaleb(-decimals)
        for bottom, fraction in _FRACTIONS:
            certain = decimals > 1 or bottom == 3
            if certain and fraction.quantize(step) == abs(value):
                value = fraction.quantize(_FIVE).copy_sign(value)
                break
    return Decimal(plain(value.quantize(_FIVE)))


def percent_text(value: Decimal) -> str:
    """Return a percent for a file; one with decimals has all five, so that none is guessed."""
    return plain(value) if value == value.to_integral_value() else format(value, ".5f")
