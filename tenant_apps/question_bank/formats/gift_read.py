"""Reads GIFT as Moodle does, but reports what Moodle swallows.

Reported: a `$CATEGORY` line without a blank line below it, a number with a decimal comma, a
question without its closing brace, a second pair of braces.
"""

from django.utils.translation import gettext as _

from tenant_apps.question_bank.formats import html_text
from tenant_apps.question_bank.formats.extras import Extras, put
from tenant_apps.question_bank.formats.gift_answers import Answers, answers_of
from tenant_apps.question_bank.formats.gift_text import FORMAT, Block, blocks, marks, unescape
from tenant_apps.question_bank.formats.parsed import Parsed, Reading, Tally, refuse_too_many
from tenant_apps.question_bank.formats.texts import (
    category_path,
    clean,
    code_from,
    decode,
    one_line,
    tags_from,
)
from tenant_apps.question_bank.items import QuestionItem

BLANK = "_____"
LONGEST_TITLE = 2_000


class GiftFault(ValueError):
    """One question cannot be read; `line` is where, `str(error)` says how to mend it."""

    def __init__(self, message: str, line: int) -> None:
        super().__init__(message)
        self.line = line


def read_bytes(raw: bytes) -> Reading:
    """Return the questions of a GIFT file."""
    text, certain = decode(raw)
    reading = read_text(text)
    if not certain:
        reading.notices.append(
            _("Berkas tidak ditulis dalam UTF-8. Periksa huruf khusus seperti é atau –.")
        )
    return reading


def read_text(text: str, *, usual: str = "") -> Reading:
    """Return the questions of a GIFT text; `usual` is the format of texts that name none."""
    reading, tally = Reading("gift"), Tally()
    category = ""
    for block in blocks(text.replace("\r\n", "\n").replace("\r", "\n").removeprefix("\ufeff")):
        first = block.lines[0][1].strip()
        misplaced: list[str] = []
        if first.startswith("$CATEGORY:"):
            category = category_path(clean(first.removeprefix("$CATEGORY:")))
            del block.lines[0]
            if not block.lines:
                continue
            block.line = block.lines[0][0]
            misplaced = [_("Setelah baris $CATEGORY harus ada baris kosong.")]
        parsed = _question(block, category, tally, usual)
        if parsed is not None:
            parsed.faults[:0] = misplaced
            reading.items.append(parsed)
            refuse_too_many(len(reading.items))
    return tally.close(reading)


def _question(block: Block, category: str, tally: Tally, usual: str) -> Parsed | None:
    """Return one question; none for a description, which is listed as unknown."""
    parsed = Parsed(block.line, "", named=bool(block.id))
    late = next((n for n, line in block.lines if line.strip().startswith("$CATEGORY:")), 0)
    if late:
        parsed.title = one_line(block.text)[:80]
        parsed.line = late
        parsed.faults.append(_("Sebelum baris $CATEGORY harus ada baris kosong."))
        return parsed
    text = clean(block.text)
    title, rest = _title(text)
    parsed.titled = bool(title)
    parsed.title = title or one_line(unescape(rest))[:80]
    try:
        before, inside, after = _parts(rest, block)
    except GiftFault as fault:
        parsed.line = fault.line
        parsed.faults.append(str(fault))
        return parsed
    if inside is None:
        tally.unknown("description", parsed.title)
        return None
    extras = Extras()
    tags = tags_from(",".join(block.tags))
    for key, value in block.remarks:
        extras.add(key, value)
    form, before = _form(before, usual)
    found = answers_of(inside, form, extras)
    stem = _stem(before, after, form, parsed)
    parsed.faults += found.faults
    parsed.warnings += found.warnings
    parsed.item = _item(title, block, stem, found, category, tags, extras)
    return parsed


def _item(
    title: str,
    block: Block,
    stem: str,
    found: Answers,
    category: str,
    tags: tuple[str, ...],
    extras: Extras,
) -> QuestionItem:
    content = f"{found.kind}|{stem}|" + "|".join(
        [choice.text for choice in found.choices] + [pair.answer for pair in found.pairs]
    )
    item = QuestionItem(
        kind=found.kind,
        code=one_line(block.id) or code_from(title, content),
        stem=stem,
        choices=tuple(found.choices),
        pairs=tuple(found.pairs),
        explanation=found.explanation,
        category=category,
        tags=tags,
    )
    return put(item, extras)


def _title(text: str) -> tuple[str, str]:
    """Split `::title::` off; a colon in it is escaped."""
    if not text.startswith("::"):
        return "", text
    place = 2
    while (end := text.find("::", place, LONGEST_TITLE)) != -1:
        before = text[2:end]
        if (len(before) - len(before.rstrip("\\"))) % 2 == 0:
            return one_line(unescape(before)), text[end + 2 :].strip()
        place = end + 1
    return "", text


def _parts(text: str, block: Block) -> tuple[str, str | None, str]:
    """Return what stands before, in and after the braces; raises GiftFault."""
    opened = closed = -1
    for place, mark in marks(text):
        if mark == "{":
            if opened >= 0:
                raise GiftFault(
                    _("Satu soal hanya boleh punya satu pasang kurung { }."), block.line
                )
            opened = place
        elif mark == "}":
            if opened < 0 or closed >= 0:
                raise GiftFault(
                    _("Ada kurung tutup } tanpa kurung buka {. Tulis \\} bila itu teks."),
                    block.line,
                )
            closed = place
    if opened < 0:
        if text.startswith(("=", "~")):
            raise GiftFault(
                _("Jawaban terpisah dari soalnya: hapus baris kosong di dalam kurung { }."),
                block.line,
            )
        return text, None, ""
    if closed < 0:
        raise GiftFault(
            _("Kurung { belum ditutup. Di dalam kurung tidak boleh ada baris kosong."), block.line
        )
    return text[:opened], text[opened + 1 : closed], text[closed + 1 :]


def _form(text: str, usual: str) -> tuple[str, str]:
    """Return (format, rest) of a text that may start with `[html]`, `[plain]` …"""
    found = FORMAT.match(text)
    return (found[1].lower(), text[found.end() :]) if found else (usual, text)


def _stem(before: str, after: str, form: str, parsed: Parsed) -> str:
    before, after = unescape(before), unescape(after)
    text = f"{before} {BLANK} {after}".strip() if after else before
    shown = html_text.from_format(text, form)
    parsed.warnings += shown.warnings
    return shown.text
