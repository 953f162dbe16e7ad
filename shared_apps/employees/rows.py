"""Reading one row of a staff file: what it says of a person and a unit, or what is wrong in it."""

import re
from collections.abc import Mapping
from functools import lru_cache

from django.db.models import TextChoices
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from shared_apps.accounts.choices import EmploymentKind
from shared_apps.accounts.errors import InvalidNumber
from shared_apps.accounts.nip import clean_number, parse_number
from shared_apps.employees.choices import (
    PNS_GRADES,
    POST_KIND_IDS,
    PPPK_GRADES,
    STANDING_IDS,
    PostKind,
    StaffKind,
    Standing,
)

LONGEST = {"name": 120, "post": 200, "unit": 40, "unit_parent": 40, "unit_name": 200}
_SCIENTIFIC = re.compile(r"[0-9](?:[.,][0-9]+)?[eE]\+?[0-9]+")
#: Fields that an empty cell leaves as they are.
_KEPT_WHEN_EMPTY = ("kind", "standing")


def _fold(text: str) -> str:
    return re.sub(r"[\W_]+", "", text.casefold())


def _by_name(choices: type[TextChoices], ids: Mapping[str, TextChoices]) -> dict[str, str]:
    names = {_fold(key): str(choice) for key, choice in ids.items()}
    names |= {_fold(key.lstrip("0")): str(choice) for key, choice in ids.items()}
    # A file may have been filled in by somebody with another language.
    for language in ("en", "id", get_language() or "id"):
        with override(language):
            names |= {_fold(str(choice.label)): str(choice.value) for choice in choices}
    return names | {_fold(str(choice.value)): str(choice.value) for choice in choices}


@lru_cache(maxsize=1)
def _grades() -> dict[tuple[bool, str], str]:
    """Return the grades by (is PPPK, folded spelling): `III/a`, `iii a`, `3a`, SIASN id, rank."""
    found: dict[tuple[bool, str], str] = {}
    for grade, siasn, rank in PNS_GRADES:
        level, letter = grade.split("/")
        for text in (grade, siasn, f"{PPPK_GRADES.index(level) + 1}{letter}", rank):
            found[False, _fold(text)] = grade
        for text in (f"{rank} {grade}", f"{grade} {rank}"):
            found[False, _fold(text)] = grade
    for number, grade in enumerate(PPPK_GRADES, start=1):
        for text in (grade, str(number), f"{grade} (PPPK)"):
            found[True, _fold(text)] = grade
    return found


def rounded_fault(text: str) -> str:
    """Return the sentence for a number that an office program has rounded; empty for others."""
    digits = clean_number(text)
    if _SCIENTIFIC.fullmatch(text.replace(" ", "")) or digits.endswith("000"):
        return _(
            "Nomor ini dibulatkan oleh program lembar kerja, sehingga angka terakhirnya hilang. "
            "Simpan kolom NIP sebagai teks, lalu isi lagi nomornya."
        )
    return ""


@lru_cache(maxsize=20_000)
def _valid(digits: str) -> bool:
    try:
        parse_number(digits)
    except InvalidNumber:
        return False
    return True


class RowReader:
    """Reads rows in one language; made once for a file."""

    def __init__(self) -> None:
        """Prepare the spellings of all choices."""
        self._kinds = _by_name(StaffKind, {})
        self._post_kinds = _by_name(PostKind, POST_KIND_IDS)
        self._standings = _by_name(Standing, STANDING_IDS)

    def number(self, text: str) -> tuple[str, str]:
        """Return (digits, fault) of the cell with the number; digits are empty with a fault."""
        rounded = rounded_fault(text)
        if rounded:
            return "", rounded
        try:
            return parse_number(text).digits, ""
        except InvalidNumber as error:
            return "", str(error)

    def person(self, number: str, cells: Mapping[str, str]) -> tuple[dict[str, str], list[str]]:
        """Return what a row says of the person with a number, and what is wrong with it.

        A column that the file does not have says nothing; an empty cell says that there is none,
        except for kind and legal position, which it leaves as they are.
        """
        values: dict[str, str] = {}
        faults: list[str] = []
        for field in ("name", "post", "unit"):
            if field in cells:
                values[field] = " ".join(cells[field].split())
        if not values.get("name"):
            faults.append(_("Nama pegawai belum diisi."))
        if "unit" in values:
            values["unit"] = values["unit"].upper()
        faults += too_long(cells)
        self._choice(cells, values, faults, "post_kind", self._post_kinds)
        self._choice(cells, values, faults, "kind", self._kinds)
        self._choice(cells, values, faults, "standing", self._standings)
        is_pppk = number != "" and parse_number(number).kind == EmploymentKind.PPPK
        kind = values.get("kind")
        if kind and (kind in (StaffKind.PPPK, StaffKind.PPPK_PART_TIME)) != is_pppk:
            faults.append(
                _("Status {kind} tidak cocok dengan nomornya, yang berbentuk {number}.").format(
                    kind=StaffKind(kind).label, number="NI PPPK" if is_pppk else "NIP PNS"
                )
            )
        self._grade(cells, values, faults, is_pppk)
        self._superior(number, cells, values, faults)
        return values, faults

    def _choice(
        self,
        cells: Mapping[str, str],
        values: dict[str, str],
        faults: list[str],
        field: str,
        names: Mapping[str, str],
    ) -> None:
        text = cells.get(field)
        if text is None or (not text and field in _KEPT_WHEN_EMPTY):
            return
        found = names.get(_fold(text)) if text else ""
        if found is None:
            sentences = {
                "post_kind": _(
                    "Jenis jabatan “{text}” tidak dikenal. Pilih dari daftar di templat."
                ),
                "kind": _(
                    "Status kepegawaian “{text}” tidak dikenal. Pilih dari daftar di templat."
                ),
                "standing": _(
                    "Kedudukan hukum “{text}” tidak dikenal. Pilih dari daftar di templat."
                ),
            }
            faults.append(sentences[field].format(text=text[:60]))
            return
        values[field] = found

    def _grade(
        self, cells: Mapping[str, str], values: dict[str, str], faults: list[str], is_pppk: bool
    ) -> None:
        text = cells.get("grade")
        if text is None:
            return
        found = _grades().get((is_pppk, _fold(text))) if text else ""
        if found is None:
            faults.append(
                _("Golongan “{text}” tidak dikenal. PPPK memakai I sampai XVII.").format(
                    text=text[:60]
                )
                if is_pppk
                else _("Golongan “{text}” tidak dikenal. PNS memakai I/a sampai IV/e.").format(
                    text=text[:60]
                )
            )
            return
        values["grade"] = found

    def _superior(
        self, number: str, cells: Mapping[str, str], values: dict[str, str], faults: list[str]
    ) -> None:
        text = cells.get("superior_number")
        if text is None:
            return
        digits = clean_number(text)
        if text and rounded_fault(text):
            faults.append(_("NIP atasan: {fault}").format(fault=rounded_fault(text)))
        elif text and not (digits and _valid(digits)):
            faults.append(_("NIP atasan langsung tidak benar. Isi 18 angka nomornya."))
        elif digits and digits == number:
            faults.append(_("Atasan langsung tidak boleh pegawai itu sendiri."))
        else:
            values["superior_number"] = digits


def too_long(cells: Mapping[str, str]) -> list[str]:
    """Return a sentence for each cell that is longer than its field."""
    labels = {
        "name": _("Nama"),
        "post": _("Jabatan"),
        "unit": _("Kode unit"),
        "unit_name": _("Nama unit"),
        "unit_parent": _("Kode unit induk"),
    }
    return [
        _("{column} lebih panjang dari {most} huruf.").format(column=label, most=LONGEST[field])
        for field, label in labels.items()
        if len(cells.get(field, "")) > LONGEST[field]
    ]
