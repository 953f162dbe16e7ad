"""The same file back, with what is wrong where it is wrong."""

from collections.abc import Mapping
from pathlib import Path

from django.utils.translation import gettext as _

from tenant_apps.question_bank.formats.parsed import FormatRefused
from tenant_apps.question_bank.formats.reading import MOODLE_XML, SHEET, format_of
from tenant_apps.question_bank.formats.sheet_read import read_sheet
from tenant_apps.question_bank.formats.texts import decode
from toolkit import sheets, xlsx

MARK = "// kesalahan:"


def save(
    source: Path, name: str, target: Path, faults: Mapping[int, str], titles: Mapping[int, str]
) -> str:
    """Write the file with its faults (by line or row) and return the ending of its name.

    A sheet gets a column, GIFT and Aiken a comment above each question; XML comes as a list.
    """
    raw = source.read_bytes()
    form = format_of(raw, name)
    if form == SHEET:
        _reading, sheet = read_sheet(source, name=name)
        sheets.save_returned(target, sheet, faults)
        return ".xlsx"
    if form == MOODLE_XML:
        header = [_("Baris"), _("Soal"), sheets.FAULT_COLUMN]
        rows = ([line, titles.get(line, ""), text] for line, text in sorted(faults.items()))
        xlsx.save(target, header, rows)
        return ".xlsx"
    target.write_text(commented(decode(raw)[0], faults), encoding="utf-8", newline="\n")
    return Path(name).suffix.lower() if name.lower().endswith((".gift", ".txt")) else ".txt"


def commented(text: str, faults: Mapping[int, str]) -> str:
    """Return a text with a comment above each faulty line; comments of an earlier return go."""
    lines = []
    for number, line in enumerate(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"), 1):
        if number in faults:
            lines.append(f"{MARK} {' '.join(faults[number].split())}")
        if not line.startswith(MARK):
            lines.append(line)
    return "\n".join(lines)


__all__ = ["FormatRefused", "commented", "save"]
