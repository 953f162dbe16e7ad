"""Text set on a drawn PDF page: wrapped, broken and shrunk by rule, so that it always fits.

The same text, font and box give the same lines in every process.
"""

import io
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

# Sets reportlab's switches for files without clock and chance.
from toolkit import pdf as _deterministic

assert _deterministic

#: Below this size nothing is set, however long the text is.
SMALLEST = 4.0


@lru_cache(maxsize=32)
def register(font: Path) -> str:
    """Make a TrueType font known and return the name under which it is set."""
    name = f"Canvas-{font.stem}"
    pdfmetrics.registerFont(TTFont(name, str(font)))
    return name


def width_of(text: str, font: str, size: float, tracking: float = 0.0) -> float:
    """Return the width of a line in points; `tracking` is added between letters."""
    plain: float = pdfmetrics.stringWidth(text, font, size)
    return plain + tracking * max(0, len(text) - 1)


def clean(text: str) -> str:
    """Return text as it can be set: letters composed with their accents, blanks collapsed."""
    composed = unicodedata.normalize("NFC", text)
    return " ".join("".join(" " if c.isspace() else c for c in composed if c.isprintable()
                            or c.isspace()).split())  # fmt: skip


def wrap(text: str, font: str, size: float, width: float) -> list[str]:
    """Return the lines of a text; a word that is wider than the box is broken between letters."""
    lines: list[str] = []
    line = ""
    for word in clean(text).split(" "):
        grown = f"{line} {word}" if line else word
        if width_of(grown, font, size) <= width:
            line = grown
            continue
        if line:
            lines.append(line)
        *full, line = _broken(word, font, size, width)
        lines.extend(full)
    return [*lines, line] if line else lines


def _broken(word: str, font: str, size: float, width: float) -> list[str]:
    """Cut a word into pieces that fit; an accent stays with its letter."""
    pieces, piece = [], ""
    for letter in word:
        joined = unicodedata.combining(letter) != 0
        if piece and not joined and width_of(piece + letter, font, size) > width:
            pieces.append(piece)
            piece = ""
        piece += letter
    return [*pieces, piece]


@dataclass(frozen=True)
class Setting:
    """Lines and the size at which they fit."""

    lines: list[str]
    size: float
    leading: float

    @property
    def height(self) -> float:
        """The height of all lines."""
        return len(self.lines) * self.size * self.leading


def fitted(
    text: str,
    font: str,
    *,
    width: float,
    height: float,
    largest: float,
    leading: float = 1.2,
    balance: bool = True,
) -> Setting:
    """Return the text at the largest size (by half points) at which it fits into the box.

    A smaller size is preferred to a broken word, down to half of the largest. `balance` makes
    the lines about equally long.
    """
    size = largest
    widest = max((width_of(word, font, 1) for word in clean(text).split(" ")), default=0.0)
    while True:
        lines = wrap(text, font, size, width)
        fits = len(lines) * size * leading <= height + 0.01
        whole = widest * size <= width
        if (fits and (whole or size <= largest / 2)) or size <= SMALLEST:
            if balance and whole and len(lines) > 1:
                lines = _balanced(lines, text, font, size, width, widest * size)
            return Setting(lines, size, leading)
        size = max(SMALLEST, size - 0.5)


def _balanced(
    lines: list[str], text: str, font: str, size: float, width: float, least: float
) -> list[str]:
    """Return as many lines in a narrower box, so that none is much shorter than the others."""
    for percent in range(98, 40, -2):
        narrow = width * percent / 100
        tried = wrap(text, font, size, narrow)
        if narrow < least or len(tried) > len(lines):
            break
        lines = tried
    return lines


class Sheet:
    """A PDF while it is drawn; places are counted in points from the top left."""

    def __init__(self, *, size: tuple[float, float], title: str, author: str) -> None:
        """Begin a file whose first page has this size."""
        self.width, self.height = size
        self._target = io.BytesIO()
        self.canvas: Any = Canvas(
            self._target, pagesize=size, pageCompression=1, invariant=1, initialFontName="Helvetica"
        )
        self.canvas.setTitle(title)
        self.canvas.setAuthor(author)
        self.canvas.setCreator("Lintas")

    def text(
        self,
        line: str,
        *,
        x: float,
        y: float,
        font: str,
        size: float,
        colour: str,
        align: str = "left",
        tracking: float = 0.0,
    ) -> None:
        """Set one line; `y` is its baseline, `align` says what `x` is: left, centre or right."""
        width = width_of(line, font, size, tracking)
        start = {"left": x, "centre": x - width / 2, "right": x - width}[align]
        pen = self.canvas.beginText(round(start, 3), round(self.height - y, 3))
        pen.setFont(font, size)
        pen.setFillColor(colour)
        if tracking:
            pen.setCharSpace(tracking)
        pen.textOut(line)
        if tracking:
            pen.setCharSpace(0)
        self.canvas.drawText(pen)

    def block(
        self,
        setting: Setting,
        *,
        x: float,
        y: float,
        font: str,
        colour: str,
        align: str = "left",
    ) -> float:
        """Set lines below `y`; returns where they end."""
        step = setting.size * setting.leading
        for line in setting.lines:
            # The letters stand in the middle of their line.
            baseline = y + step / 2 + setting.size * 0.35
            self.text(
                line, x=x, y=baseline, font=font, size=setting.size, colour=colour, align=align
            )
            y += step
        return y

    def line(self, points: Sequence[tuple[float, float]], *, colour: str, width: float) -> None:
        """Draw a line through points."""
        self.canvas.setStrokeColor(colour)
        self.canvas.setLineWidth(width)
        path = self.canvas.beginPath()
        first, *rest = points
        path.moveTo(round(first[0], 2), round(self.height - first[1], 2))
        for x, y in rest:
            path.lineTo(round(x, 2), round(self.height - y, 2))
        self.canvas.drawPath(path, stroke=1, fill=0)

    def box(
        self,
        *,
        x: float,
        y: float,
        width: float,
        height: float,
        stroke: str = "",
        fill: str = "",
        line: float = 1.0,
    ) -> None:
        """Draw a rectangle whose upper left corner is at (x, y)."""
        if stroke:
            self.canvas.setStrokeColor(stroke)
            self.canvas.setLineWidth(line)
        if fill:
            self.canvas.setFillColor(fill)
        self.canvas.rect(
            x, self.height - y - height, width, height, stroke=bool(stroke), fill=bool(fill)
        )

    def picture(
        self, source: Path | bytes, *, x: float, y: float, width: float, height: float
    ) -> None:
        """Draw an image into a box; transparency is kept."""
        reader = ImageReader(str(source) if isinstance(source, Path) else io.BytesIO(source))
        self.canvas.drawImage(
            reader, x, self.height - y - height, width, height, mask="auto", anchor="c"
        )

    def next_page(self) -> None:
        """Begin another page of the same size."""
        self.canvas.showPage()

    def finish(self) -> bytes:
        """Return the file."""
        self.canvas.showPage()
        self.canvas.save()
        return self._target.getvalue()
