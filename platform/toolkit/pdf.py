"""HTML to PDF without a clock or chance: the same input gives the same bytes everywhere."""

import io
import os
import re
import unicodedata
from functools import lru_cache
from pathlib import Path

from reportlab import rl_config
from reportlab.pdfbase.ttfonts import TTFont
from xhtml2pdf import pisa
from xhtml2pdf.config.resources import ResourceAccessPolicy
from xhtml2pdf.default import DEFAULT_CSS

# No time of making and no random identifier in the file.
rl_config.invariant = 1
# Streams as bytes, not as text: a fifth smaller.
rl_config.useA85 = 0
# Embed only the letters that are used, not all of ASCII: a third smaller again.
rl_config.ttfAsciiReadable = 0


class ForbiddenResource(Exception):
    """The document asked for a file or address that it may not read."""


def render(html: str, *, css: str, assets: Path) -> bytes:
    """Return the PDF of a document.

    `css` may name fonts as `url(fonts/Name.ttf)` inside the folder `assets`; images are data
    URIs. Raises ForbiddenResource for anything else: a missing font would fall back silently to
    another typeface.
    """
    root = assets.resolve()
    refused: list[str] = []

    def allowed(uri: str, _relative: str | None) -> str:
        if uri.startswith("data:image/png;base64,"):
            return uri
        path = Path(os.path.normpath(root / uri))
        if path.suffix == ".ttf" and path.is_relative_to(root) and path.is_file():
            return str(path)
        # The library may swallow what is raised here, so it is kept for afterwards.
        refused.append(uri)
        raise ForbiddenResource(uri)

    target = io.BytesIO()
    result = pisa.pisaDocument(
        _composed(html),
        dest=target,
        link_callback=allowed,
        default_css=DEFAULT_CSS + css,
        resource_policy=ResourceAccessPolicy.server(root, allow_remote=False),
    )
    if refused:
        raise ForbiddenResource(refused[0][:200])
    if result.err:
        raise ValueError(f"The PDF could not be made: {result.log}")
    return target.getvalue()


def _composed(html: str) -> str:
    """Put letters and their accents into one: fonts have no glyph for a loose accent.

    Each piece between two tags by itself: an accent at the beginning of a text would else melt
    with the `>` of the tag before it (U+0338 makes ≯), and the text become attributes.
    """
    pieces = re.split(r"(<[^>]*>)", html)
    return "".join(unicodedata.normalize("NFC", piece) for piece in pieces)


@lru_cache(maxsize=8)
def _measure(font: Path) -> TTFont:
    return TTFont(f"measure-{font.stem}", str(font))


def fitting_size(text: str, *, font: Path, width: float, largest: float, smallest: float) -> float:
    """Return the type size in points, in half points, at which a line fits into `width` points."""
    at_one: float = _measure(font).stringWidth(text, 1)
    size = min(largest, width / at_one) if at_one else largest
    return max(smallest, int(size * 2) / 2)
