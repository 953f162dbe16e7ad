"""The page of a certificate: its size, its areas, its frame and its colours."""

from dataclasses import dataclass
from pathlib import Path

from PIL import Image
from reportlab.lib.pagesizes import A4

from shared_apps.recognition import pictures
from shared_apps.recognition.choices import Design, Orientation
from shared_apps.recognition.drawing import colours, frame
from shared_apps.recognition.models import Certificate, CertificateTemplateVersion
from toolkit import pdf_canvas

FONTS = Path(__file__).resolve().parent.parent / "assets" / "fonts"
TEXT, MUTED = "#1d2730", "#55616b"
ACCENT = "#c98a1b"
IVORY = "#fffdf7"


@dataclass(frozen=True)
class Area:
    """A part of the page, in points from the top left."""

    x: float
    y: float
    width: float
    height: float

    @property
    def middle(self) -> float:
        """The middle from left to right."""
        return self.x + self.width / 2


class Paper:
    """A sheet with the fonts, colours and areas of one template version."""

    def __init__(self, certificate: Certificate, version: CertificateTemplateVersion) -> None:
        """Begin the first page with its frame or background."""
        self.certificate, self.version = certificate, version
        self.upright = version.orientation == Orientation.PORTRAIT
        self.framed = version.design == Design.FRAME
        self.sheet = pdf_canvas.Sheet(
            size=A4 if self.upright else (A4[1], A4[0]),
            title=f"Sertifikat {certificate.number}",
            author=certificate.provider_name,
        )
        self.sans = pdf_canvas.register(FONTS / "LintasSans-Regular.ttf")
        self.sans_bold = pdf_canvas.register(FONTS / "LintasSans-Bold.ttf")
        self.serif = pdf_canvas.register(FONTS / "LintasSerif-Regular.ttf")
        self.serif_bold = pdf_canvas.register(FONTS / "LintasSerif-Bold.ttf")
        self.ink = colours.ink(certificate.colour)
        self.margin = (66.0 if self.upright else 78.0) if self.framed else 64.0
        if self.upright and not self.framed:
            self.margin = 56.0
        self._ground()

    def _ground(self) -> None:
        background = pictures.background(self.version.background_sha256)
        if background is not None:
            self._cover(background)
        elif self.framed:
            frame.kawung(self.sheet, ink=self.ink, accent=ACCENT, ground=IVORY, rosette=True)
        else:
            self._double_line()

    def _cover(self, background: Path) -> None:
        """Cover the whole page; what is too much of the picture falls off its edges."""
        with Image.open(background) as image:
            wide, high = image.size
        scale = max(self.sheet.width / wide, self.sheet.height / high)
        width, height = round(wide * scale, 2), round(high * scale, 2)
        self.sheet.picture(
            background,
            x=(self.sheet.width - width) / 2,
            y=(self.sheet.height - height) / 2,
            width=width,
            height=height,
        )

    def _double_line(self) -> None:
        width, height = self.sheet.width, self.sheet.height
        for edge, line in ((22, 2.4), (28, 0.6)):
            self.sheet.box(
                x=edge, y=edge, width=width - 2 * edge, height=height - 2 * edge,
                stroke=self.ink, line=line,
            )  # fmt: skip

    def another(self) -> None:
        """Begin a further page: with the frame, but without a background."""
        self.sheet.next_page()
        if self.framed:
            frame.kawung(self.sheet, ink=self.ink, accent=ACCENT, ground=IVORY, rosette=False)
        else:
            self._double_line()

    @property
    def _inside(self) -> float:
        return self.sheet.width - 2 * self.margin

    @property
    def head(self) -> Area:
        """Logos and provider."""
        top = 58.0 if self.framed else 46.0
        return Area(self.margin, top, self._inside, 92.0 if self.upright else 76.0)

    @property
    def main(self) -> Area:
        """From the heading to the facts."""
        top = self.head.y + self.head.height + 8
        return Area(self.margin, top, self._inside, self.foot.y - 6 - top)

    @property
    def foot(self) -> Area:
        """Check and signers; on upright pages the signers stand above the check."""
        bottom = self.sheet.height - (56.0 if self.framed else 37.0)
        height = 208.0 if self.upright else 106.0
        return Area(self.margin, bottom - height, self._inside, height)

    @property
    def rows(self) -> Area:
        """The area of the curriculum."""
        side = self.margin + (0 if self.upright else 24)
        top = 64.0
        bottom = self.sheet.height - (82.0 if self.framed else 72.0)
        return Area(side, top, self.sheet.width - 2 * side, bottom - top)

    def mark_sample(self) -> None:
        """Write CONTOH across the page."""
        canvas = self.sheet.canvas
        canvas.saveState()
        canvas.translate(self.sheet.width / 2, self.sheet.height / 2)
        canvas.rotate(54 if self.upright else 35)
        canvas.setFillColor("#b3261e", alpha=0.16)
        canvas.setFont(self.sans_bold, 150)
        canvas.drawCentredString(0, -52, "CONTOH")
        canvas.restoreState()
