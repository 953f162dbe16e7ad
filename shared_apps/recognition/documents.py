"""The certificate as PDF, drawn from its frozen row alone: same row, same bytes."""

import base64
import io
import unicodedata
from decimal import Decimal
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path
from string import Template
from typing import Any

import segno
from django.template.loader import render_to_string
from django.utils import translation
from PIL import Image, ImageColor

from shared_apps.accounts import nip
from shared_apps.recognition.models import Certificate
from tenants import hosts, looks
from toolkit import indonesian, pdf

ASSETS = Path(__file__).resolve().parent / "assets"
#: Raise it with every change of the template, the stylesheet or the fonts.
LAYOUT = 1
NAME_WIDTH, NAME_SIZES = 690.0, (30.0, 12.0)
# Longest title (in letters) at each type size, in points.
TITLE_SIZES = ((62, 21.0), (120, 17.0), (200, 14.0))
LOGO_PIXELS = 200


def renderer() -> str:
    """Return what draws the PDF; another version may give other bytes."""
    return f"certificate-{LAYOUT} xhtml2pdf-{version('xhtml2pdf')}"


def verification_url(code: str) -> str:
    """Return the public address at which a certificate is checked."""
    return hosts.portal_url(f"/v/{code}/")


def score_of(certificate: Certificate) -> int:
    """Return right answers of 100, rounded down."""
    return 100 * certificate.right // certificate.total if certificate.total else 0


def curriculum(certificate: Certificate) -> list[dict[str, Any]]:
    """Return subjects with their exact JP: `{"title": text, "jp": Decimal}`."""
    return [{"title": row["title"], "jp": _exact(row["jp"])} for row in certificate.curriculum]


def _exact(jp: str | Decimal) -> Decimal:
    return Decimal(jp).quantize(Decimal("0.01"))


def certificate_pdf(certificate: Certificate) -> bytes:
    """Return the certificate (A4 landscape; page 2 is the curriculum), always in Indonesian."""
    with translation.override("id"):
        html = render_to_string("recognition/certificate_pdf.html", _context(certificate))
        return pdf.render(html, css=_stylesheet(certificate), assets=ASSETS)


def _context(certificate: Certificate) -> dict[str, object]:
    rows = curriculum(certificate)
    address = verification_url(certificate.code)
    return {
        "c": certificate,
        "address": address,
        "qr": _qr(address),
        "logo": _logo(certificate.logo_sha256),
        "number": nip.format_number(certificate.holder_number),
        "number_label": nip.number_label(certificate.holder_number_kind),
        "dates": indonesian.date_range(certificate.started_on, certificate.completed_on),
        "score": score_of(certificate),
        "rows": rows,
        "total": _exact(certificate.jp),
    }


@lru_cache(maxsize=1)
def _stylesheet_template() -> Template:
    return Template((ASSETS / "certificate.css").read_text(encoding="utf-8"))


def _stylesheet(certificate: Certificate) -> str:
    """Return the CSS with the tenant's colour and with sizes that make name and title fit."""
    largest, smallest = NAME_SIZES
    name_size = pdf.fitting_size(
        unicodedata.normalize("NFC", certificate.holder_name),
        font=ASSETS / "fonts" / "LintasSerif-Bold.ttf",
        width=NAME_WIDTH,
        largest=largest,
        smallest=smallest,
    )
    length = len(certificate.title)
    title_size = next((size for most, size in TITLE_SIZES if length <= most), 14.0)
    return _stylesheet_template().substitute(
        colour=ink(certificate.colour),
        accent="#c98a1b",
        name_size=name_size,
        title_size=title_size,
        row_padding=6 if len(certificate.curriculum) <= 12 else 3,
    )


def ink(colour: str) -> str:
    """Return the colour, darkened until text in it is readable on white (4.5 : 1)."""
    red, green, blue = ImageColor.getrgb(colour)[:3]
    while _luminance(red, green, blue) > 0.183:
        red, green, blue = (int(part * 0.92) for part in (red, green, blue))
    return f"#{red:02x}{green:02x}{blue:02x}"


def _luminance(*rgb: int) -> float:
    """Return relative luminance (0 black, 1 white) of sRGB parts 0–255, as WCAG defines it."""
    linear = [
        part / 255 / 12.92 if part <= 10 else ((part / 255 + 0.055) / 1.055) ** 2.4 for part in rgb
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _qr(address: str) -> str:
    buffer = io.BytesIO()
    segno.make(address, error="m", micro=False).save(buffer, kind="png", scale=6, border=0)
    return _png(buffer.getvalue())


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
    return _png(buffer.getvalue())


def _png(data: bytes) -> str:
    return "data:image/png;base64," + base64.b64encode(data).decode("ascii")
