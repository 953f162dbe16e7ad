"""The first page of a certificate."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PIL import Image

from shared_apps.recognition import pictures
from shared_apps.recognition.drawing import foot, frame, words
from shared_apps.recognition.drawing.paper import ACCENT, MUTED, TEXT, Paper
from tenants import looks
from toolkit.pdf_canvas import Setting, fitted, wrap

LOGO_HEIGHT, LOGO_WIDTH, LOGO_GAP = 40.0, 130.0, 20.0


@dataclass(frozen=True)
class _Piece:
    """One text of the main area; `lines` is how many it may fill at its largest size."""

    text: str
    font: str
    size: float
    colour: str
    before: float
    lines: int = 1
    leading: float = 1.2
    rule_after: bool = False

    def setting(self, width: float, scale: float) -> Setting:
        size = self.size * scale
        return fitted(
            self.text, self.font, width=width, height=self.lines * size * self.leading,
            largest=size, leading=self.leading,
        )  # fmt: skip


def draw(page: Paper) -> None:
    """Draw head, text, facts, check and signers."""
    _head(page)
    _main(page)
    foot.draw(page)


def _logos(page: Paper) -> list[Path]:
    found = [pictures.logo(sha256) for sha256 in page.version.logos]
    if not page.version.logos and page.certificate.logo_sha256:
        found = [looks.logo_path(page.certificate.logo_sha256)]
    return [path for path in found if path is not None and path.is_file()]


def _sizes(paths: Sequence[Path]) -> list[tuple[float, float]]:
    sizes = []
    for path in paths:
        with Image.open(path) as image:
            width = LOGO_HEIGHT * image.width / image.height
            shrink = min(1.0, LOGO_WIDTH / width)
        sizes.append((round(width * shrink, 2), round(LOGO_HEIGHT * shrink, 2)))
    return sizes


def _head(page: Paper) -> None:
    area, c = page.head, page.certificate
    agency = "" if c.provider_agency == c.provider_name else c.provider_agency
    paths = _logos(page)
    y = area.y if paths else area.y + 18
    if paths:
        sizes = _sizes(paths)
        x = area.middle - (sum(w for w, _h in sizes) + LOGO_GAP * (len(sizes) - 1)) / 2
        for path, (width, height) in zip(paths, sizes, strict=True):
            top = y + (LOGO_HEIGHT - height) / 2
            page.sheet.picture(path, x=x, y=top, width=width, height=height)
            x += width + LOGO_GAP
        y += LOGO_HEIGHT + 4
    room = area.y + area.height - y - (12 if agency else 0)
    name = fitted(
        c.provider_name, page.sans_bold, width=area.width, height=room, largest=11.5, leading=1.25
    )
    y = page.sheet.block(
        name, x=area.middle, y=y, font=page.sans_bold, colour=page.ink, align="centre"
    )
    if agency:
        line = fitted(agency, page.sans, width=area.width, height=12, largest=9)
        page.sheet.block(line, x=area.middle, y=y, font=page.sans, colour=MUTED, align="centre")


def _pieces(page: Paper) -> list[_Piece]:
    c, v = page.certificate, page.version
    pieces = [
        _Piece(f"Nomor {c.number}", page.sans, 9.5, MUTED, 6),
        _Piece(words.filled(v.opening, c), page.sans, 10, MUTED, 13),
        _Piece(c.holder_name, page.serif_bold, 30, TEXT, 3, 2, 1.1, rule_after=True),
        _Piece(words.holder_line(c), page.sans, 10, TEXT, 4, 2),
        _Piece(words.post_line(c), page.sans, 9.5, MUTED, 2, 2),
        _Piece(words.filled(v.statement, c), page.sans, 10, MUTED, 11, 3, 1.3),
        _Piece(c.title, page.serif_bold, 21, page.ink, 4, 3, 1.15),
    ]
    if v.closing:
        pieces.append(_Piece(words.filled(v.closing, c), page.sans, 10, MUTED, 5, 3, 1.3))
    return [piece for piece in pieces if piece.text]


def _heading(page: Paper, scale: float) -> tuple[Setting, float]:
    """Return the heading set in one line, and the space between its letters."""
    size = 36.0 * scale
    text = page.version.heading
    room = page.main.width - (40 if page.framed else 0)
    tracking = size * 0.22
    while size > 6:
        tracking = size * 0.22
        lines = wrap(text, page.serif, size, room - tracking * len(text))
        if len(lines) <= 1:
            break
        size -= 0.5
    return Setting([text], size, 1.05), tracking


def _main(page: Paper) -> None:
    """Set all texts at the largest common scale at which they fit, and spread what is left."""
    area, sheet = page.main, page.sheet
    pieces = _pieces(page)
    scale = 1.0
    while True:
        heading, tracking = _heading(page, scale)
        settings = [piece.setting(area.width, scale) for piece in pieces]
        rows = _fact_rows(page, scale)
        facts = 14 * scale + sum(height for _row, height in rows)
        text = heading.height + sum(s.height for s in settings) + facts
        gaps = sum(piece.before for piece in pieces) * scale + 9 * scale
        accreditation = 14 * scale if page.version.accreditation else 0
        if text + gaps + accreditation <= area.height or scale < 0.4:
            break
        scale -= 0.02
    spare = max(0.0, area.height - text - gaps - accreditation)
    stretch = 1 + min(1.3, spare / gaps * 0.8) if gaps else 1
    y = area.y + max(0.0, (spare - gaps * (stretch - 1)) / 2)
    sheet.text(
        heading.lines[0], x=area.middle, y=y + heading.size * 0.86, font=page.serif,
        size=heading.size, colour=page.ink, align="centre", tracking=tracking,
    )  # fmt: skip
    y += heading.height
    for piece, setting in zip(pieces, settings, strict=True):
        y += piece.before * scale * stretch
        y = sheet.block(
            setting, x=area.middle, y=y, font=piece.font, colour=piece.colour, align="centre"
        )
        if piece.rule_after:
            y += 6 * scale * stretch
            frame.divider(sheet, x=area.middle, y=y, width=86, colour=ACCENT, rich=page.framed)
            y += 3 * scale
    y += 14 * scale
    y = _facts(page, rows, y, scale)
    if page.version.accreditation:
        line = fitted(
            words.filled(page.version.accreditation, page.certificate), page.sans,
            width=area.width, height=12 * scale, largest=8.5 * scale,
        )  # fmt: skip
        sheet.block(
            line, x=area.middle, y=y + 3 * scale, font=page.sans, colour=MUTED, align="centre"
        )


_Row = list[tuple[str, Setting]]


def _fact_rows(page: Paper, scale: float) -> list[tuple[_Row, float]]:
    """Return the facts in rows, each with its height."""
    found = words.facts(page.certificate, page.version)
    most = 3 if page.upright else 4
    count = math.ceil(len(found) / most)
    each = math.ceil(len(found) / count)
    rows = []
    for start in range(0, len(found), each):
        part = found[start : start + each]
        column = page.main.width / len(part) - 12
        row = [
            (label, fitted(value, page.sans_bold, width=column, height=26 * scale,
                           largest=10.5 * scale))
            for label, value in part
        ]  # fmt: skip
        tallest = max(setting.height for _label, setting in row)
        rows.append((row, tallest + 21 * scale))
    return rows


def _facts(page: Paper, rows: list[tuple[_Row, float]], y: float, scale: float) -> float:
    area, sheet = page.main, page.sheet
    line = "#b9c2c9"
    for row, height in rows:
        sheet.line([(area.x, y), (area.x + area.width, y)], colour=line, width=0.6)
        column = area.width / len(row)
        for index, (label, setting) in enumerate(row):
            x = area.x + column * (index + 0.5)
            sheet.text(
                label, x=x, y=y + 12 * scale, font=page.sans, size=7.5 * scale, colour=MUTED,
                align="centre",
            )  # fmt: skip
            sheet.block(
                setting, x=x, y=y + 15 * scale, font=page.sans_bold, colour=TEXT, align="centre"
            )
        y += height
    sheet.line([(area.x, y), (area.x + area.width, y)], colour=line, width=0.6)
    return y
