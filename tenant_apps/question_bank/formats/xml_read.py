"""Reads Moodle XML: every question type that we have; others are listed with their names.

The parser resolves no entity, loads no DTD, opens no address, and stops at too much depth; a
file with a DOCTYPE is refused before it is parsed.
"""

import io
import re
from typing import Any

from django.utils.translation import gettext as _
from lxml import etree

from tenant_apps.question_bank.formats import xml_text
from tenant_apps.question_bank.formats.extras import Extras, put
from tenant_apps.question_bank.formats.html_text import Pictures
from tenant_apps.question_bank.formats.parsed import (
    FormatRefused,
    Parsed,
    Reading,
    Tally,
    refuse_too_many,
)
from tenant_apps.question_bank.formats.texts import (
    category_path,
    clean,
    code_from,
    one_line,
    tags_from,
)
from tenant_apps.question_bank.formats.xml_answers import KINDS, Draft, fill
from tenant_apps.question_bank.items import QuestionItem

_LEAD = re.compile(r"\s*(?:<\?.*?\?>\s*|<!--.*?-->\s*)*", re.S)
_DECLARED = re.compile(r"""<\?xml[^>]*?encoding\s*=\s*["']([\w.-]+)["']""")
_ENCODINGS = {
    "utf-8": "utf-8-sig", "utf8": "utf-8-sig", "us-ascii": "ascii", "ascii": "ascii",
    "iso-8859-1": "cp1252", "latin1": "cp1252", "windows-1252": "cp1252", "cp1252": "cp1252",
    "utf-16": "utf-16", "utf-16le": "utf-16-le", "utf-16be": "utf-16-be",
}  # fmt: skip


def read_bytes(raw: bytes) -> Reading:
    """Return the questions of a Moodle XML file; raises FormatRefused with one sentence."""
    text = _text(raw)
    lead = _LEAD.match(text)
    rest = text[lead.end() :] if lead else text
    if rest[:9].upper().startswith("<!DOCTYPE"):
        raise FormatRefused(
            _("Berkas XML ini memuat DOCTYPE. Hapus baris itu; ekspor Moodle tidak memakainya.")
        )
    declaration = re.match(r"\s*<\?xml.*?\?>", text, re.S)
    lines = text[: declaration.end()].count("\n") if declaration else 0
    body = text[declaration.end() :] if declaration else text
    return _read("\n" * lines + body.removeprefix("\ufeff"))


def _text(raw: bytes) -> str:
    """Return the file as text in the encoding that it declares."""
    head = raw[:400].replace(b"\0", b"").decode("latin-1")
    declared = _DECLARED.search(head)
    name = (declared[1] if declared else "utf-8").lower()
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
        name = "utf-16"
    if name not in _ENCODINGS:
        raise FormatRefused(_("Simpan berkas XML dalam UTF-8, bukan {name}.").format(name=name))
    try:
        return raw.decode(_ENCODINGS[name])
    except (UnicodeDecodeError, UnicodeError) as error:
        raise FormatRefused(
            _("Huruf di berkas XML tidak cocok dengan pengodean {name}.").format(name=name)
        ) from error


def _read(text: str) -> Reading:
    reading, tally = Reading("moodle_xml"), Tally()
    category, root = "", ""
    count = 0
    try:
        for event, element in etree.iterparse(
            io.BytesIO(text.encode("utf-8", "surrogatepass")),
            events=("start", "end"),
            resolve_entities=False,
            load_dtd=False,
            dtd_validation=False,
            attribute_defaults=False,
            no_network=True,
            huge_tree=False,
            remove_comments=True,
            remove_pis=True,
            encoding="utf-8",
        ):
            if event == "start":
                root = root or _root(element)
                continue
            parent = element.getparent()
            if element.tag != "question" or parent is None or parent.getparent() is not None:
                continue
            if element.get("type") == "category":
                category = category_path(clean(xml_text.inner(element, "category/text")))
                if clean(xml_text.inner(element, "info/text")):
                    tally.left_out(_("keterangan kategori"))
            else:
                count += 1
                refuse_too_many(count)
                parsed = _question(element, category, tally)
                if parsed:
                    reading.items.append(parsed)
            element.clear()
    except (etree.XMLSyntaxError, UnicodeEncodeError, ValueError) as error:
        line = getattr(error, "lineno", None) or 1
        if "huge text" in str(error).lower():
            raise FormatRefused(
                _("Satu teks atau gambar di baris {line} terlalu besar.").format(line=line)
            ) from error
        raise FormatRefused(
            _("Berkas XML rusak di baris {line}. Ekspor ulang dari Moodle.").format(line=line)
        ) from error
    return tally.close(reading)


def _root(element: Any) -> str:
    if element.tag != "quiz":
        raise FormatRefused(
            _("Berkas XML ini bukan ekspor soal Moodle: elemen pertamanya bukan <quiz>.")
        )
    return str(element.tag)


def _question(question: Any, category: str, tally: Tally) -> Parsed | None:
    """Return one question; none for a type that we do not have, which is listed."""
    kind = one_line(str(question.get("type") or "")) or "?"
    name = one_line(xml_text.inner(question, "name/text"))
    if kind not in KINDS:
        tally.unknown(kind, name)
        return None
    pictures = Pictures(xml_text.files_of(question))
    stem = xml_text.shown(question.find("questiontext"), pictures)
    draft = Draft(kind, question, pictures)
    fill(draft)
    extras, tags = _tags(question)
    explanation = xml_text.shown(question.find("generalfeedback"), pictures)
    id_number = one_line(question.findtext("idnumber") or "")
    content = f"{kind}|{stem.text}|" + "|".join(
        [choice.text for choice in draft.choices] + [pair.answer for pair in draft.pairs]
    )
    parsed = Parsed(
        int(question.sourceline or 1), name or one_line(stem.text)[:80], named=bool(id_number)
    )
    item = QuestionItem(
        kind=draft.item_kind,
        code=id_number or code_from(name, content),
        stem=stem.text,
        choices=tuple(draft.choices),
        pairs=tuple(draft.pairs),
        rubric=draft.rubric,
        guidance=draft.guidance,
        explanation=explanation.text,
        category=category,
        tags=tags,
        case_sensitive=draft.case_sensitive,
        shuffle=draft.shuffle,
        images=pictures.images,
    )
    parsed.item = put(item, extras)
    parsed.faults = draft.faults
    warnings = [*draft.warnings, *stem.warnings, *explanation.warnings, *pictures.warnings]
    parsed.warnings = list(dict.fromkeys(warnings))
    _left_out(question, tally)
    return parsed


def _tags(question: Any) -> tuple[Extras, tuple[str, ...]]:
    """Return the tags of ours, taken apart, and those of the author."""
    extras, tags = Extras(), []
    for text in xml_text.words(question, "tags/tag/text"):
        prefix, _colon, rest = clean(text).partition(":")
        key, _colon, value = rest.partition(":")
        if prefix != "lintas" or not extras.add(key, value):
            tags.append(text)
    return extras, tags_from(",".join(tags))


def _left_out(question: Any, tally: Tally) -> None:
    """Note what such a question has in Moodle and not here."""
    if question.find("hint") is not None:
        tally.left_out(_("petunjuk (hint)"))
    penalty = (question.findtext("penalty") or "").strip()
    if penalty and penalty.strip("0.") not in ("", "1", "3333333"):
        tally.left_out(_("penalti percobaan berulang"))
    for tag in ("correctfeedback", "partiallycorrectfeedback", "incorrectfeedback"):
        if clean(xml_text.inner(question.find(tag))):
            tally.left_out(_("umpan balik gabungan (benar, sebagian, salah)"))
            break
    grade = (question.findtext("defaultgrade") or "1").strip()
    if grade.rstrip("0").rstrip(".") not in ("1", "") and question.get("type") != "essay":
        tally.left_out(_("nilai soal (defaultgrade); bobot tes diatur di kisi-kisi"))
    if clean(xml_text.inner(question.find("responsetemplate"))):
        tally.left_out(_("templat jawaban esai"))
    if (question.findtext("attachments") or "0").strip() not in ("0", ""):
        tally.left_out(_("lampiran jawaban esai"))
