"""Numbers, money and dates as Indonesians write them, with English where English is active."""

import datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from django.utils import timezone, translation

_MONTHS = {
    "id": [
        "Januari",
        "Februari",
        "Maret",
        "April",
        "Mei",
        "Juni",
        "Juli",
        "Agustus",
        "September",
        "Oktober",
        "November",
        "Desember",
    ],
    "en": [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ],
}
_SHORT_MONTHS = {
    "id": ["Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agu", "Sep", "Okt", "Nov", "Des"],
    "en": ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"],
}
_ZONES = {
    "Asia/Jakarta": "WIB",
    "Asia/Pontianak": "WIB",
    "Asia/Makassar": "WITA",
    "Asia/Ujung_Pandang": "WITA",
    "Asia/Jayapura": "WIT",
}
_ID_ONES = [
    "nol",
    "satu",
    "dua",
    "tiga",
    "empat",
    "lima",
    "enam",
    "tujuh",
    "delapan",
    "sembilan",
    "sepuluh",
    "sebelas",
]
_ID_SCALES = ((10**12, "triliun"), (10**9, "miliar"), (10**6, "juta"), (10**3, "ribu"))
_EN_ONES = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
_EN_TENS = ["_", "_", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_EN_SCALES = ((10**12, "trillion"), (10**9, "billion"), (10**6, "million"), (10**3, "thousand"))
_LARGEST = 10**15

Number = int | Decimal


def _english() -> bool:
    return (translation.get_language() or "").startswith("en")


def _months(names: dict[str, list[str]]) -> list[str]:
    return names["en" if _english() else "id"]


def in_words(value: Number) -> str:
    """Return a number in words: `dua belas`, `tiga puluh sembilan koma enam`.

    Decimals are read digit by digit, zeros at the end left out. Raises ValueError from a
    thousand trillion on.
    """
    whole, _point, decimals = format(abs(value), "f").partition(".")
    decimals = decimals.rstrip("0")
    if int(whole) >= _LARGEST:
        raise ValueError(f"{value} is too large to put in words.")
    english = _english()
    words = _english_words(int(whole)) if english else _indonesian_words(int(whole))
    if decimals:
        ones = _EN_ONES if english else _ID_ONES
        digits = " ".join(ones[int(digit)] for digit in decimals)
        words = f"{words} {'point' if english else 'koma'} {digits}"
    return f"minus {words}" if value < 0 else words


def _indonesian_words(n: int) -> str:
    if n < 12:
        return _ID_ONES[n]
    if n < 20:
        return f"{_ID_ONES[n - 10]} belas"
    if n < 100:
        return _joined(f"{_ID_ONES[n // 10]} puluh", n % 10)
    if n < 200:
        return _joined("seratus", n - 100)
    if n < 1000:
        return _joined(f"{_ID_ONES[n // 100]} ratus", n % 100)
    if n < 2000:
        return _joined("seribu", n - 1000)
    size, name = next(scale for scale in _ID_SCALES if n >= scale[0])
    return _joined(f"{_indonesian_words(n // size)} {name}", n % size)


def _joined(words: str, rest: int) -> str:
    return f"{words} {_indonesian_words(rest)}" if rest else words


def _english_words(n: int) -> str:
    if n < 20:
        return _EN_ONES[n]
    if n < 100:
        tens = _EN_TENS[n // 10]
        return f"{tens}-{_EN_ONES[n % 10]}" if n % 10 else tens
    if n < 1000:
        words, rest = f"{_EN_ONES[n // 100]} hundred", n % 100
    else:
        size, name = next(scale for scale in _EN_SCALES if n >= scale[0])
        words, rest = f"{_english_words(n // size)} {name}", n % size
    return f"{words} {_english_words(rest)}" if rest else words


def number(value: Number) -> str:
    """Return `21.191` or `39,60` (English: `21,191`, `39.60`); decimals as the value has them."""
    text = format(value, ",f" if isinstance(value, Decimal) else ",d")
    return text if _english() else text.translate(str.maketrans(",.", ".,"))


def jp(value: Number) -> str:
    """Return learning hours: whole ones without decimals (`2`, `42.382`), others with two."""
    exact = Decimal(value)
    whole = exact == exact.to_integral_value()
    return number(int(exact)) if whole else number(exact.quantize(Decimal("0.01")))


def rupiah(value: int) -> str:
    """Return an amount in rupiah: `Rp 8.476.400.000`."""
    sign = "−" if value < 0 else ""
    return f"{sign}Rp {number(abs(int(value)))}"


def date_long(day: datetime.date) -> str:
    """Return `22 November 2026`."""
    return f"{day.day} {_months(_MONTHS)[day.month - 1]} {day.year}"


def date_short(day: datetime.date) -> str:
    """Return `22 Nov 2026`."""
    return f"{day.day} {_months(_SHORT_MONTHS)[day.month - 1]} {day.year}"


def month(day: datetime.date) -> str:
    """Return the month of a day: `Nov 2026`."""
    return " ".join(date_short(day).split(" ")[-2:])


def month_short(day: datetime.date) -> str:
    """Return the month of a day for charts: `Nov 26`."""
    name, year = date_short(day).split(" ")[-2:]
    return f"{name} {year[-2:]}"


def date_range(first: datetime.date, last: datetime.date) -> str:
    """Return `22 November 2026`, `1–22 November 2026` or two whole dates."""
    if first == last:
        return date_long(last)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{date_long(last)}"
    return f"{date_long(first)} – {date_long(last)}"


def date_time(moment: datetime.datetime, zone: str = "") -> str:
    """Return `22 Nov 2026 10.42 WIB` in a zone such as `Asia/Jayapura` (default: the active one).

    English writes the time with a colon.
    """
    local, name = _local(moment, zone)
    clock = f"{local:%H:%M}" if _english() else f"{local:%H.%M}"
    return f"{date_short(local)} {clock} {name}"


def clock(moment: datetime.datetime, zone: str = "") -> str:
    """Return `10.42 WIB` in a zone (default: the active one); English `10:42 WIB`."""
    local, name = _local(moment, zone)
    return f"{local:%H:%M} {name}" if _english() else f"{local:%H.%M} {name}"


def clock_time(moment: datetime.datetime, zone: str = "") -> str:
    """Return the time of day with seconds: `10.42.07`."""
    local, _name = _local(moment, zone)
    return f"{local:%H:%M:%S}" if _english() else f"{local:%H.%M.%S}"


def zone_name(zone: str) -> str:
    """Return `WIB`, `WITA` or `WIT` for a zone such as `Asia/Jayapura`, else the zone itself."""
    return _ZONES.get(zone, zone)


def _local(moment: datetime.datetime, zone: str) -> tuple[datetime.datetime, str]:
    key = zone or timezone.get_current_timezone_name()
    local = moment.astimezone(ZoneInfo(key) if zone else timezone.get_current_timezone())
    return local, _ZONES.get(key) or local.tzname() or key
