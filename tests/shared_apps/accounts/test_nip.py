"""NIP and NI PPPK: what is accepted, and which part a refusal names."""

import datetime

import pytest

from shared_apps.accounts.choices import EmploymentKind
from shared_apps.accounts.errors import InvalidNumber
from shared_apps.accounts.nip import clean_number, format_number, mask_number, parse_number

TODAY = datetime.date(2026, 11, 22)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("199001012015042001", EmploymentKind.PNS),
        ("19900101 201504 2 001", EmploymentKind.PNS),
        ("19900101.201504.2.001", EmploymentKind.PNS),
        ("19900101-201504\t2-001", EmploymentKind.PNS),
        (" 199001012023211001 ", EmploymentKind.PPPK),
        # TMT in the very month of the 18th birthday, and a year ahead
        ("199010152008101001", EmploymentKind.PNS),
        ("199010152027111001", EmploymentKind.PNS),
        ("200810152026211001", EmploymentKind.PPPK),
        ("198012312027991001", EmploymentKind.PPPK),
    ],
)
def test_valid_numbers(text: str, kind: str) -> None:
    number = parse_number(text, today=TODAY)
    assert number.kind == kind
    assert len(number.digits) == 18


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("199002292015041001", "tanggal lahir"),  # 29 February 1990
        ("192901012015041001", "tanggal lahir"),  # before 1930
        ("202701012045041001", "tanggal lahir"),  # not born yet
        ("199001012015131001", "ke-13"),  # neither a month nor an agreement
        ("199001012015001001", "ke-13"),
        ("199001012015201001", "ke-13"),
        ("199001012015043001", "kelamin"),
        ("199001012015041000", "urut"),
        ("199010152008091001", "TMT"),  # a month before the 18th birthday
        ("199010152027121001", "TMT"),  # more than a year ahead
        ("199001012018211001", "PPPK"),  # before there were PPPK
        ("199001012028211001", "PPPK"),
        ("200901012026211001", "PPPK"),  # 17 in that year
        ("19900101201504200", "18 angka"),
        ("1990010120150420011", "18 angka"),
        ("19900101201504200a", "18 angka"),
        ("١٩٩٠٠١٠١٢٠١٥٠٤٢٠٠١", "18 angka"),  # digits, but not ASCII
        ("", "18 angka"),
    ],
)
def test_invalid_numbers(text: str, part: str) -> None:
    with pytest.raises(InvalidNumber, match=part) as refusal:
        parse_number(text, today=TODAY)
    assert refusal.value.field == "number"


def test_spelling() -> None:
    assert format_number("199001012015042001") == "19900101 201504 2 001"
    assert mask_number("199001012015042001") == "1990••••••••••••01"
    assert clean_number("bukan nomor") == ""
