"""The certificate as PDF, drawn from its frozen row alone: same row, same bytes."""

import base64
import copy
import io
import unicodedata
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path
from string import Template
from typing import Any

import segno
from django.template.loader import render_to_string
from django.utils import translation
from PIL import Image

from shared_apps.accounts import nip
from shared_apps.recognition import drawing
from shared_apps.recognition.drawing import colours, words
from shared_apps.recognition.drawing.words import exact, score_of, score_text, verification_url
from shared_apps.recognition.models import Certificate, CertificateTemplateVersion
from tenants import looks
from toolkit import indonesian, pdf, pdf_canvas

ASSETS = Path(__file__).resolve().parent / "assets"
#: The layout of new certificates; each keeps its own. Raise it with every change of what is
#: drawn, and keep drawing the earlier ones as they were. 2 breaks words that are too wide; 3 is
#: drawn like those with a template, so that post, class and place have room.
LAYOUT = 3
NAME_WIDTH, NAME_SIZES = 690.0, (30.0, 12.0)
# Longest title (in letters) at each type size, in points.
TITLE_SIZES = ((62, 21.0), (120, 17.0), (200, 14.0))
LOGO_PIXELS = 200

__all__ = [
    "LAYOUT",
    "certificate_pdf",
    "curriculum",
    "printed_texts",
    "renderer",
    "sample_pdf",
    "score_of",
    "verification_url",
]


def renderer(certificate: Certificate) -> str:
    """Return what draws the PDF; another version may give other bytes."""
    drawn = certificate.template_version_id or certificate.layout >= 3
    tool = "reportlab" if drawn else "xhtml2pdf"
    return f"certificate-{certificate.layout} {tool}-{version(tool)}"


def curriculum(certificate: Certificate) -> list[dict[str, Any]]:
    """Return subjects with their exact JP: `{"title": text, "jp": Decimal}`."""
    return [{"title": row["title"], "jp": exact(row["jp"])} for row in certificate.curriculum]


def certificate_pdf(certificate: Certificate) -> bytes:
    """Return the certificate (page 2 is the curriculum), always in Indonesian.

    One with a template is drawn from the version that it was issued with; the others have the
    built-in look: A4 landscape, in an older way where they were issued in it.
    """
    with translation.override("id"):
        if certificate.template_version is not None:
            return drawing.draw(certificate, certificate.template_version)
        if certificate.layout >= 3:
            return drawing.draw(certificate, _built_in(certificate))
        shown = certificate if certificate.layout < 2 else _broken(certificate)
        html = render_to_string("recognition/certificate_pdf.html", _context(shown))
        return pdf.render(html, css=_stylesheet(shown), assets=ASSETS)


def sample_pdf(certificate: Certificate, template: CertificateTemplateVersion) -> bytes:
    """Return what a certificate would look like, marked as a sample."""
    with translation.override("id"):
        return drawing.draw(certificate, template, sample=True)


def printed_texts(certificate: Certificate) -> list[str]:
    """Return the provider's own sentences on a certificate, as printed."""
    version = certificate.template_version
    if version is None:
        return []
    with translation.override("id"):
        texts = (version.opening, version.statement, version.closing, version.accreditation)
        return [words.filled(text, certificate) for text in texts if text]


def _built_in(certificate: Certificate) -> CertificateTemplateVersion:
    """Return the built-in look as a version that is never stored.

    Its texts are the defaults of the columns: another default needs another layout.
    """
    signer = {"name": certificate.signer_name, "position": certificate.signer_position}
    return CertificateTemplateVersion(signers=[signer] if any(signer.values()) else [])


def _broken(certificate: Certificate) -> Certificate:
    """Return a copy for drawing in which words that are wider than their line are broken."""
    shown = copy.copy(certificate)
    serif, sans = "LintasSerif-Bold.ttf", "LintasSans-Regular.ttf"
    shown.holder_name = _breakable(certificate.holder_name, serif, NAME_SIZES[1], NAME_WIDTH)
    shown.title = _breakable(certificate.title, serif, TITLE_SIZES[-1][1], NAME_WIDTH)
    shown.holder_agency = _breakable(certificate.holder_agency, sans, 10, NAME_WIDTH)
    shown.provider_name = _breakable(certificate.provider_name, "LintasSans-Bold.ttf", 11.5, 690)
    shown.provider_agency = _breakable(certificate.provider_agency, sans, 9, NAME_WIDTH)
    shown.curriculum = [
        {**row, "title": _breakable(str(row["title"]), sans, 10, 470)}
        for row in certificate.curriculum
    ]
    return shown


def _breakable(text: str, font: str, size: float, width: float) -> str:
    """Return the text with a blank in each word that would not fit into a line."""
    name = pdf_canvas.register(ASSETS / "fonts" / font)
    pieces = text.split(" ")
    if all(pdf_canvas.width_of(piece, name, size) <= width for piece in pieces):
        return text
    return " ".join(" ".join(pdf_canvas.wrap(piece, name, size, width)) for piece in pieces)


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
        # A class without a test has no score.
        "scored": certificate.total > 0 or certificate.layout < 2,
        "score": score_text(certificate),
        "rows": rows,
        "total": exact(certificate.jp),
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
    if any(len(word) > 40 for word in certificate.title.split()) and certificate.layout >= 2:
        # Pieces of a broken word were measured at this size.
        title_size = TITLE_SIZES[-1][1]
    return _stylesheet_template().substitute(
        colour=colours.ink(certificate.colour),
        accent="#c98a1b",
        name_size=name_size,
        title_size=title_size,
        row_padding=6 if len(certificate.curriculum) <= 12 else 3,
    )


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
