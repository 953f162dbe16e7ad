"""NIP (PNS) and NI PPPK: the 18 digits and what they say (Perka BKN 43/2007)."""

import datetime
import re
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

from shared_apps.accounts.choices import EmploymentKind
from shared_apps.accounts.errors import InvalidNumber

DIGITS = re.compile(r"[0-9]{18}")
SEPARATORS = re.compile(r"[ \t.\-]")
EARLIEST_BIRTH_YEAR = 1930
ADULT_AGE = 18
FIRST_PPPK_YEAR = 2019


@dataclass(frozen=True)
class Number:
    """A valid number, and the kind of civil servant that it belongs to.

    It also says birth and sex; nothing needs them, so they are checked and not kept.
    """

    digits: str
    kind: EmploymentKind


def clean_number(text: str) -> str:
    """Return the 18 ASCII digits without spaces, tabs, dots and hyphens; empty if not 18 digits."""
    digits = SEPARATORS.sub("", text.strip())
    return digits if DIGITS.fullmatch(digits) else ""


def format_number(digits: str) -> str:
    """Return the number as it is printed: groups of 8, 6, 1 and 3."""
    return f"{digits[:8]} {digits[8:14]} {digits[14:15]} {digits[15:]}".strip()


def number_label(kind: str) -> str:
    """Return what the number of a kind of civil servant is called; both names are legal terms."""
    return "NI PPPK" if kind == EmploymentKind.PPPK else "NIP"


def mask_number(digits: str) -> str:
    """Return the number with all but birth year and the last two digits hidden."""
    return f"{digits[:4]}{'•' * 12}{digits[-2:]}" if len(digits) == 18 else ""


def parse_number(text: str, *, today: datetime.date | None = None) -> Number:
    """Return what a NIP or NI PPPK says; raises InvalidNumber with the part that is wrong."""
    today = today or timezone.localdate()
    digits = clean_number(text)
    if not digits:
        raise InvalidNumber(_("Tulis 18 angka NIP atau NI PPPK, tanpa huruf."), field="number")
    birth = _birth(digits, today)
    if digits[14] not in "12":
        raise InvalidNumber(
            _("Angka ke-15 adalah jenis kelamin: 1 untuk pria, 2 untuk wanita."), field="number"
        )
    if digits[15:] == "000":
        raise InvalidNumber(_("Nomor urut (tiga angka terakhir) mulai dari 001."), field="number")
    kind = _kind(digits, birth, today)
    return Number(digits=digits, kind=kind)


def _birth(digits: str, today: datetime.date) -> datetime.date:
    try:
        birth = datetime.date(int(digits[:4]), int(digits[4:6]), int(digits[6:8]))
    except ValueError:
        birth = None
    if birth is None or birth.year < EARLIEST_BIRTH_YEAR or birth > today:
        raise InvalidNumber(
            _("Delapan angka pertama harus tanggal lahir (tahun, bulan, tanggal) yang benar."),
            field="number",
        )
    return birth


def _kind(digits: str, birth: datetime.date, today: datetime.date) -> EmploymentKind:
    """Tell PNS from PPPK by digits 13–14: a month of appointment, or 21 and above."""
    year, mark = int(digits[8:12]), int(digits[12:14])
    if 1 <= mark <= 12:
        adult = (birth.year + ADULT_AGE, birth.month)
        latest = (today.year + 1, today.month)
        if not adult <= (year, mark) <= latest:
            raise InvalidNumber(
                _("Angka ke-9 sampai ke-14 (TMT CPNS) tidak cocok dengan tanggal lahir."),
                field="number",
            )
        return EmploymentKind.PNS
    if mark >= 21:
        if not FIRST_PPPK_YEAR <= year <= today.year + 1 or year - birth.year < ADULT_AGE:
            raise InvalidNumber(
                _("Angka ke-9 sampai ke-12 (tahun pengangkatan PPPK) tidak masuk akal."),
                field="number",
            )
        return EmploymentKind.PPPK
    raise InvalidNumber(
        _("Angka ke-13 dan ke-14 bukan bulan (NIP) dan bukan nomor perjanjian kerja (NI PPPK)."),
        field="number",
    )
