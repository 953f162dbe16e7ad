"""A synthetic staff list for two agencies of the demo, with the demo's own people in it."""

import datetime
import random
from collections.abc import Mapping
from typing import Any

from shared_apps.employees import selectors
from shared_apps.employees.services.recording import record
from shared_apps.employees.services.units import record_units
from tenants.models import Agency

SINCE = datetime.date(2026, 1, 2)
PEOPLE = 180
#: Code of each unit: name, code of its parent.
UNITS: dict[str, dict[str, tuple[str, str]]] = {
    "bkn": {
        "SETAMA": ("Sekretariat Utama", ""),
        "SETAMA.SDM": ("Biro Sumber Daya Manusia", "SETAMA"),
        "SETAMA.UM": ("Biro Umum", "SETAMA"),
        "KR10": ("Kantor Regional X", ""),
        "KR10.TU": ("Bagian Tata Usaha", "KR10"),
        "KR10.MUT": ("Bidang Mutasi dan Status Kepegawaian", "KR10"),
        "KR10.SUP": ("Bidang Pengembangan dan Supervisi Kepegawaian", "KR10"),
    },
    "kemenkumham": {
        "SETJEN": ("Sekretariat Jenderal", ""),
        "SETJEN.SDM": ("Biro Sumber Daya Manusia", "SETJEN"),
        "SETJEN.UM": ("Biro Umum", "SETJEN"),
        "BPSDM": ("Badan Pengembangan Sumber Daya Manusia", ""),
        "BPSDM.TEK": ("Pusat Pengembangan Pelatihan Teknis", "BPSDM"),
        "KW.BALI": ("Kantor Wilayah Bali", ""),
    },
}
GIVEN = (
    "Agus", "Anisa", "Bayu", "Citra", "Dian", "Eko", "Fitri", "Gilang", "Hana", "Indra", "Joko",
    "Kartini", "Lukman", "Maya", "Nanda", "Oki", "Putri", "Rizal", "Sari", "Teguh", "Wahyu", "Yuni",
)  # fmt: skip
POSTS = (
    ("Analis SDM Aparatur Ahli Muda", "fungsional", "III/c"),
    ("Analis SDM Aparatur Ahli Pertama", "fungsional", "III/a"),
    ("Pranata Komputer Ahli Pertama", "fungsional", "III/b"),
    ("Arsiparis Terampil", "fungsional", "II/c"),
    ("Pengadministrasi Perkantoran", "pelaksana", "II/d"),
    ("Pengelola Layanan Operasional", "pelaksana", "III/a"),
)


def add_staff(code: str, known: Mapping[str, str], by: Any) -> int:
    """Enter the staff of an agency, `known` (name by number) among them; returns how many.

    Does nothing where the agency has its staff already.
    """
    agency_id = Agency.objects.get(code=code).pk
    if agency_id in selectors.active_counts([agency_id]):
        return 0
    units = UNITS[code]
    record_units(
        agency_id=agency_id,
        said={unit: {"name": name, "parent": above} for unit, (name, above) in units.items()},
    )
    people = _people(code, list(units), known)
    refused = record(by=by, agency_id=agency_id, people=people, on=SINCE)
    return len(people) - len(refused)


def _people(code: str, units: list[str], known: Mapping[str, str]) -> dict[str, dict[str, str]]:
    """Return what everybody is: a head for each unit, people below, and the known ones."""
    # The last three digits keep the agencies' numbers apart: one number has one employer.
    first = 700 if code == "bkn" else 300
    # The same people at every start of the demo; nothing here is a secret.
    chance = random.Random(code)
    people: dict[str, dict[str, str]] = {}
    heads: dict[str, str] = {}
    for index, unit in enumerate(units):
        number = f"19{68 + index}0{1 + index % 9}12199503{1 + index % 2}{first + index}"
        heads[unit] = number
        people[number] = {
            "name": f"{GIVEN[index]} Contoh {index + 1:03d} (demo)",
            "unit": unit,
            "post": f"Kepala {UNITS[code][unit][0]}",
            "post_kind": "struktural",
            "grade": "IV/b",
        }
    for index in range(len(units), PEOPLE):
        year, month = 1972 + index % 26, 1 + index % 12
        is_pppk = index % 6 == 0
        middle = "202321" if is_pppk else f"{year + 24}03"
        number = (
            f"{year}{month:02d}{1 + index % 28:02d}{middle}{1 + index % 2}{first + index % 299}"
        )
        unit = units[index % len(units)]
        post, kind, grade = chance.choice(POSTS)
        people[number] = {
            "name": f"{GIVEN[index % len(GIVEN)]} Contoh {index + 1:03d} (demo)",
            "unit": unit,
            "post": post,
            "post_kind": kind,
            "grade": chance.choice(("VII", "IX")) if is_pppk else grade,
            "superior_number": heads[unit],
            "standing": {31: "cltn", 57: "tugas_belajar", 83: "tugas_luar"}.get(index, "aktif"),
        }
    for index, (number, name) in enumerate(known.items()):
        unit = units[index % len(units)]
        post, kind, _grade = POSTS[index % len(POSTS)]
        people[number] = {
            "name": name,
            "unit": unit,
            "post": post,
            "post_kind": kind,
            "grade": "IX" if number[12:14] == "21" else "III/c",
            "superior_number": heads[unit],
        }
    return people
