"""One door for files of questions: what format is it, and what is in it?"""

import re
from pathlib import Path

from django.utils.translation import gettext as _

from tenant_apps.question_bank.formats import aiken, codes, gift_read, sheet_read, xml_read
from tenant_apps.question_bank.formats.html_text import images_named
from tenant_apps.question_bank.formats.parsed import LARGEST_FILE, FormatRefused, Reading
from tenant_apps.question_bank.formats.texts import decode, own_path
from tenant_apps.question_bank.items import QuestionItem

SHEET, GIFT, AIKEN, MOODLE_XML = "sheet", "gift", "aiken", "moodle_xml"
_AIKEN = re.compile(r"^[ \t]*ANSWER:[ \t]*[A-Za-z]", re.M)
_TABLES = (".csv", ".tsv")
# How documents, pictures and programs begin that people pick by mistake.
_NOT_QUESTIONS = (
    b"%PDF",
    b"{\\rtf",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"MZ\x90",
    b"Rar!",
    b"7z\xbc",
)


def format_of(raw: bytes, name: str) -> str:
    """Return the format by content, not by name alone; raises FormatRefused."""
    if raw[:4] == b"PK\x03\x04":
        return SHEET
    if raw[:4] == b"\xd0\xcf\x11\xe0":
        raise FormatRefused(_("Berkas ini Excel lama (.xls). Simpan ulang sebagai .xlsx."))
    if raw.startswith(_NOT_QUESTIONS):
        raise FormatRefused(
            _("Berkas ini bukan berkas soal. Pakai XLSX, CSV, GIFT, Aiken, atau Moodle XML.")
        )
    if not raw.strip():
        raise FormatRefused(_("Berkas ini kosong."))
    ending = name.lower()
    if ending.endswith(_TABLES):
        return SHEET
    text, _certain = decode(raw)
    head = text.lstrip("\ufeff \t\r\n")
    if head.startswith("<") and (ending.endswith(".xml") or re.match(r"<(\?xml|quiz|!)", head)):
        return MOODLE_XML
    if ending.endswith(".xml"):
        raise FormatRefused(_("Berkas ini bernama .xml tetapi isinya bukan XML."))
    if ending.endswith((".xlsx", ".xlsm", ".ods")):
        raise FormatRefused(_("Berkas tidak dapat dibaca sebagai XLSX. Simpan ulang berkasnya."))
    braces = "{" in text and "}" in text
    return AIKEN if _AIKEN.search(text) and not (braces and "::" in text) else GIFT


def read(path: Path, name: str, *, category: str = "", override: bool = False) -> Reading:
    """Return the questions of a file with what is wrong with each; raises FormatRefused.

    `category` takes the questions that name none, with `override` all of them.
    """
    if path.stat().st_size > LARGEST_FILE:
        raise FormatRefused(
            _("Berkas lebih besar dari {size} MB. Bagi menjadi beberapa berkas.").format(
                size=LARGEST_FILE // 1024 // 1024
            )
        )
    raw = path.read_bytes()
    form = format_of(raw, name)
    if form == SHEET:
        reading = sheet_read.read_sheet(path, name=name)[0]
    elif form == MOODLE_XML:
        reading = xml_read.read_bytes(raw)
    elif form == AIKEN:
        reading = aiken.read_bytes(raw)
    else:
        reading = gift_read.read_bytes(raw)
    if not reading.items and not reading.listed_unknown:
        raise FormatRefused(_("Tidak ada soal di berkas ini."))
    codes.settle(reading, category=own_path(category), override=override)
    for parsed in reading.items:
        if parsed.item:
            parsed.warnings += _missing_images(parsed.item)
    return reading


def _missing_images(item: QuestionItem) -> list[str]:
    """Warn of images that the texts name and the file does not hold."""
    texts = [item.stem, item.explanation, item.guidance]
    texts += [text for choice in item.choices for text in (choice.text, choice.feedback)]
    texts += [text for pair in item.pairs for text in (pair.prompt, pair.answer)]
    missing = dict.fromkeys(name for name in images_named(*texts) if name not in item.images)
    return [
        _("Gambar {name} tidak ada di berkas; gambar soal yang sudah tersimpan dipakai.").format(
            name=name[:80]
        )
        for name in missing
    ]
