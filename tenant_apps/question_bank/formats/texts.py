"""Texts as they come in files: bytes to text, harmful characters, one-line names, code names."""

import codecs
import hashlib
import re

from django.utils.translation import gettext as _

from tenant_apps.question_bank.checks import LONGEST_CODE
from tenant_apps.question_bank.formats.parsed import FormatRefused
from tenant_apps.question_bank.items import join_path, split_path

# Control characters but tab and newline, lone surrogates, and what XML cannot hold.
_HARMFUL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufeff\ufffe\uffff]")
_BREAKS = re.compile("\r\n|[\r\u2028\u2029\x85]")


def clean(text: str) -> str:
    """Return the text with plain newlines, without control characters and outer space."""
    return _HARMFUL.sub("", _BREAKS.sub("\n", text)).strip()


def one_line(text: str) -> str:
    """Return the text on one line with single spaces."""
    return " ".join(clean(text).split())


def decode(raw: bytes) -> tuple[str, bool]:
    """Return (text, certain) of a text file in UTF-8, UTF-16 or Windows-1252.

    `certain` is false when the last was only assumed. Raises FormatRefused for other files.
    """
    for mark, name in (
        (codecs.BOM_UTF8, "utf-8-sig"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if raw.startswith(mark):
            try:
                return raw.decode(name), True
            except UnicodeDecodeError as error:
                raise FormatRefused(_("Berkas rusak: hurufnya tidak dapat dibaca.")) from error
    head = raw[:2000]
    if len(head) > 3 and head[1::2].count(0) > len(head) // 3:
        return raw.decode("utf-16-le", errors="replace"), False
    if len(head) > 3 and head[0::2].count(0) > len(head) // 3:
        return raw.decode("utf-16-be", errors="replace"), False
    if sum(byte < 9 or 13 < byte < 27 for byte in head) > len(head) // 50:
        raise FormatRefused(
            _("Berkas ini bukan teks. Pilih berkas XLSX, GIFT, Aiken, atau Moodle XML.")
        )
    try:
        return raw.decode("utf-8"), True
    except UnicodeDecodeError:
        return raw.decode("cp1252", errors="replace"), False


def digest(text: str, length: int = 8) -> str:
    """Return a few letters that stand for a text."""
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:length]


def code_from(title: str, content: str) -> str:
    """Return the code of a question: its title if it is short, else made from title or content.

    The same question gives the same code in every import.
    """
    title = one_line(title)
    if not title:
        return f"soal-{digest(content, 10)}"
    if len(title) <= LONGEST_CODE:
        return title
    return f"{title[: LONGEST_CODE - 9].rstrip()}-{digest(title)}"


def category_path(text: str) -> str:
    """Return our path of a category as Moodle writes it (`$course$/top/Cuti//Izin/Dasar`)."""
    names = _names(text)
    if names and re.fullmatch(r"\$[a-z]+\d*\$", names[0], re.I):
        names = names[1:]
        if names and names[0].casefold() == "top":
            names = names[1:]
    return join_path(names)


def _names(text: str) -> list[str]:
    """Return the names of a path. A slash at the end of a name could not be told from one more."""
    return [name for name in (part.strip("/ ") for part in split_path(clean(text))) if name]


def moodle_path(category: str) -> str:
    """Return a category's path as Moodle reads it; the empty one is the top."""
    return f"$course$/top/{category}" if category else "$course$/top"


def own_path(text: str) -> str:
    """Return a category's path as people type it in a sheet or a form."""
    return join_path(_names(text))


def tags_from(text: str) -> tuple[str, ...]:
    """Return the tags of a text with commas or semicolons between them, each once."""
    found = dict.fromkeys(one_line(tag) for tag in re.split(r"[,;\n]", text))
    return tuple(tag for tag in found if tag)
