"""Reads Aiken: a question, options `A.` or `A)`, and `ANSWER: B`.

Lines that start with `//` are skipped, so that a file returned with its errors can be sent again.
"""

import re
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from tenant_apps.question_bank.choices import QuestionKind
from tenant_apps.question_bank.formats.html_text import escape
from tenant_apps.question_bank.formats.parsed import Parsed, Reading, refuse_too_many
from tenant_apps.question_bank.formats.texts import clean, code_from, decode, one_line
from tenant_apps.question_bank.items import FULL, NOTHING, Choice, QuestionItem

_OPTION = re.compile(r"([A-Z])[.)]\s+(\S.*)")
_OPTION_LIKE = re.compile(r"([A-Za-z])\s*[.)](.*)")
_ANSWER = re.compile(r"ANSWER:\s*([A-Z])\s*[.)]?\s*")
_ANSWER_LIKE = re.compile(r"\s*(?:answer|jawaban|kunci)\s*[:=]?\s*(.*)", re.I)


@dataclass
class _Draft:
    line: int
    stem: list[str] = field(default_factory=list)
    options: list[tuple[str, str]] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)


def read_bytes(raw: bytes) -> Reading:
    """Return the questions of an Aiken file."""
    text, certain = decode(raw)
    reading = read_text(text)
    if not certain:
        reading.notices.append(
            _("Berkas tidak ditulis dalam UTF-8. Periksa huruf khusus seperti é atau –.")
        )
    return reading


def read_text(text: str) -> Reading:
    """Return the questions of an Aiken text."""
    reading = Reading("aiken")
    draft: _Draft | None = None
    for number, raw in enumerate(clean(text).split("\n"), start=1 + _skipped(text)):
        line = raw.strip()
        if line.startswith("//"):
            continue
        if not line:
            # A blank line inside a question is allowed; after its options it ends it.
            if draft and draft.options:
                _close(reading, draft, "")
                draft = None
            continue
        draft = draft or _Draft(number)
        answer = _ANSWER.fullmatch(line)
        if answer:
            _close(reading, draft, answer[1])
            draft = None
        else:
            _line(draft, line, number)
    if draft:
        _close(reading, draft, "")
    return reading


def _skipped(text: str) -> int:
    """Return how many lines stand before the first one with text."""
    lead = text[: len(text) - len(text.lstrip())]
    return lead.replace("\r\n", "\n").replace("\r", "\n").count("\n")


def _line(draft: _Draft, line: str, number: int) -> None:
    option = _OPTION.fullmatch(line)
    if option:
        expected = chr(ord("A") + len(draft.options))
        if option[1] != expected:
            draft.faults.append(
                _("Baris {line}: sesudah pilihan sebelumnya seharusnya {letter}.").format(
                    line=number, letter=expected
                )
            )
        draft.options.append((option[1], one_line(option[2])))
        return
    if _ANSWER_LIKE.fullmatch(line) and draft.options:
        draft.faults.append(
            _("Baris {line}: tulis kunci sebagai ANSWER: lalu satu huruf besar.").format(
                line=number
            )
        )
        return
    if draft.options:
        like = _OPTION_LIKE.fullmatch(line)
        draft.faults.append(
            _("Baris {line}: pilihan ditulis huruf besar, titik, spasi, lalu teksnya.").format(
                line=number
            )
            if like
            else _("Baris {line}: satu pilihan harus satu baris.").format(line=number)
        )
        return
    draft.stem.append(line)


def _close(reading: Reading, draft: _Draft, key: str) -> None:
    refuse_too_many(len(reading.items) + 1)
    stem = clean("\n".join(draft.stem))
    parsed = Parsed(draft.line, one_line(stem)[:80], faults=draft.faults)
    reading.items.append(parsed)
    if not key:
        if not parsed.faults:
            parsed.faults.append(_("Soal ini tidak diakhiri baris ANSWER: dengan hurufnya."))
    elif key not in dict(draft.options):
        parsed.faults.append(_("Kunci {letter} tidak ada di antara pilihan.").format(letter=key))
    if len(draft.stem) == 0:
        parsed.faults.append(_("Teks pertanyaan tidak ada di atas pilihan A."))
    choices = tuple(
        Choice(escape(text), FULL if letter == key else NOTHING) for letter, text in draft.options
    )
    content = f"{stem}|" + "|".join(choice.text for choice in choices)
    parsed.item = QuestionItem(
        kind=QuestionKind.SINGLE, code=code_from("", content), stem=escape(stem), choices=choices
    )
