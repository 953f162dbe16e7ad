"""The call letter as PDF and as a text to copy, drawn from its frozen row alone."""

import base64
import datetime
import io
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from string import Template
from typing import Any

from django.template.loader import render_to_string
from django.utils import translation
from PIL import Image

from shared_apps.accounts import nip
from shared_apps.offerings.models import Letter
from tenants import hosts, looks
from toolkit import indonesian, pdf

HERE = Path(__file__).resolve().parent
#: The typefaces are those of the certificates.
FONTS = HERE.parent / "recognition" / "assets"
LOGO_PIXELS = 160


@dataclass(frozen=True)
class Meeting:
    """A session as the letter prints it, in the zone of its room."""

    title: str
    when: str
    until: str
    room: str


def _moment(text: str) -> datetime.datetime:
    return datetime.datetime.fromisoformat(text)


def _meetings(letter: Letter) -> list[Meeting]:
    content = letter.content
    return [
        Meeting(
            row["title"],
            indonesian.date_time(_moment(row["starts_at"]), content["zone"]),
            indonesian.clock(_moment(row["ends_at"]), content["zone"]),
            row["room"] or content["venue"],
        )
        for row in content["sessions"]
    ]


def address_of(letter: Letter) -> str:
    """Return the address of the class, for those who are called."""
    return hosts.tenant_url(letter.announcement.tenant_id, letter.content["path"])


def letter_pdf(letter: Letter) -> bytes:
    """Return the letter (A4 portrait), always in Indonesian; the same row gives the same bytes."""
    with translation.override("id"):
        html = render_to_string("offerings/letter_pdf.html", _context(letter))
        css = Template((HERE / "assets" / "letter.css").read_text(encoding="utf-8"))
        return pdf.render(html, css=css.substitute(colour=letter.content["colour"]), assets=FONTS)


def _context(letter: Letter) -> dict[str, Any]:
    content = letter.content
    starts_at = content["starts_at"]
    return {
        "letter": letter,
        "c": content,
        "logo": _logo(content["logo"]),
        "jp": indonesian.jp(Decimal(content["jp"])),
        "starts_at": indonesian.date_time(_moment(starts_at), content["zone"]) if starts_at else "",
        "meetings": _meetings(letter),
        "people": [
            {**row, "number": nip.format_number(row["number"])} for row in content["people"]
        ],
        "address": address_of(letter),
    }


@lru_cache(maxsize=64)
def _logo(sha256: str) -> str:
    """Return the logo on white as a data URI; empty when there is none."""
    path = looks.logo_path(sha256)
    if not sha256 or not path.is_file():
        return ""
    with Image.open(path) as stored:
        image = stored.convert("RGBA")
        image.thumbnail((LOGO_PIXELS, LOGO_PIXELS))
        ground = Image.new("RGBA", image.size, "white")
        ground.alpha_composite(image)
        buffer = io.BytesIO()
        ground.convert("RGB").save(buffer, "PNG")
    return "data:image/png;base64," + base64.b64encode(buffer.getvalue()).decode("ascii")


def call_text(letter: Letter) -> str:
    """Return the call as a text to copy into a message, in Indonesian."""
    with translation.override("id"):
        content = letter.content
        lines = [
            f"*Panggilan mengikuti {content['title']}*",
            f"Surat nomor {letter.number}, {indonesian.date_long(letter.issued_on)}",
            "",
            f"Bapak/Ibu peserta {content['programme']} dari {content['provider']},",
            "Anda ditetapkan sebagai peserta. Jadwal:",
        ]
        meetings = _meetings(letter)
        lines += [
            f"• {row.when}–{row.until}: {row.title}{f' ({row.room})' if row.room else ''}"
            for row in meetings
        ]
        if not meetings and content["starts_at"]:
            starts = indonesian.date_time(_moment(content["starts_at"]), content["zone"])
            lines.append(f"• mulai {starts}")
        lines += ["", f"Rincian dan kehadiran: {address_of(letter)}"]
        return "\n".join(lines)
