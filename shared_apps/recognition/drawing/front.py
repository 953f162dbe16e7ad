"""The first page of a certificate."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import segno
from PIL import Image

from shared_apps.recognition import pictures
from shared_apps.recognition.drawing import frame, words
from shared_apps.recognition.drawing.paper import ACCENT, MUTED, TEXT, Area, Paper
from tenants import looks
from toolkit import indonesian
from toolkit.pdf_canvas import Setting, fitted, wrap

NO_SIGNATURE = (
    "Dokumen ini tidak memuat tanda tangan elektronik. Keasliannya diperiksa dengan kode QR atau"
    " di alamat:"
)
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
    foot = page.foot
    if page.upright:
        _signers(page, Area(foot.x, foot.y, foot.width, 112))
        _check(page, Area(foot.x, foot.y + 124, foot.width, 84))
    else:
        check = 320.0 if len(page.version.signers) < 2 else 236.0
        _check(page, Area(foot.x, foot.y, check, foot.height))
        left = foot.x + check + 24
        _signers(page, Area(left, foot.y, foot.x + foot.width - left, foot.height))


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
        page.sheet.block(
            line, x=area.middle, y=y, font=page.sans, colour=MUTED, align="centre"
        )


def _pieces(page: Paper) -> list[_Piece]:
    c, v = page.certificate, page.version
    pieces = [
        _Piece(f"Nomor {c.number}", page.sans, 9.5, MUTED, 6),
        _Piece(words.filled(v.opening, c), page.sans, 10, MUTED, 13),
        _Piece(c.holder_name, page.serif_bold, 30, TEXT, 3, 2, 1.1, rule_after=True),
        _Piece(words.holder_line(c), page.sans, 10, TEXT, 4, 2),
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
            frame.divider(
                sheet, x=area.middle, y=y, width=86, colour=ACCENT, rich=page.framed
            )
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


def _check(page: Paper, area: Area) -> None:
    """Draw the QR code with the code and the address to check it at."""
    c, sheet = page.certificate, page.sheet
    address = words.verification_url(c.code)
    size = 82.0
    top = area.y + (area.height - size) / 2
    _qr(page, address, area.x, top, size)
    x, width = area.x + size + 12, area.width - size - 12
    sheet.text(
        c.code or "CONTOH", x=x, y=top + 12, font=page.sans_bold, size=11, colour=TEXT
    )
    y = top + 18
    note = fitted(NO_SIGNATURE, page.sans, width=width, height=44, largest=7.8, leading=1.35,
                  balance=False)  # fmt: skip
    y = sheet.block(note, x=x, y=y, font=page.sans, colour="#3d4953")
    link = fitted(
        address, page.sans_bold, width=width, height=top + size - y, largest=7.8, leading=1.3
    )
    sheet.block(link, x=x, y=y, font=page.sans_bold, colour="#3d4953")


def _qr(page: Paper, address: str, x: float, y: float, size: float) -> None:
    """Draw the QR code as one shape, sharp at every size, on white."""
    rows = [bytes(row) for row in segno.make(address, error="m", micro=False).matrix]
    step = size / len(rows)
    page.sheet.box(x=x - 4, y=y - 4, width=size + 8, height=size + 8, fill="#ffffff")
    canvas = page.sheet.canvas
    canvas.setFillColor("#000000")
    path = canvas.beginPath()
    for line, row in enumerate(rows):
        start = None
        for place, dark in enumerate([*row, 0]):
            if dark and start is None:
                start = place
            elif not dark and start is not None:
                path.rect(
                    round(x + start * step, 3),
                    round(page.sheet.height - y - (line + 1) * step, 3),
                    round((place - start) * step, 3),
                    round(step + 0.02, 3),
                )
                start = None
    canvas.drawPath(path, stroke=0, fill=1)


def _signers(page: Paper, area: Area) -> None:
    """Draw one to three signers side by side; place and date stand above the last one."""
    c, sheet, signers = page.certificate, page.sheet, page.version.signers
    when = indonesian.date_long(c.issued_on)
    issued = f"{c.place}, {when}" if c.place else when
    count = max(1, len(signers))
    column = min(300.0, area.width / count)
    left = area.x + area.width - column * count if not page.upright else area.x
    if page.upright:
        left = area.middle - column * count / 2
    # Names stand on one line: the most that is written below one is kept free below all.
    below = max((len(_below(signer)) for signer in signers), default=0)
    for index in range(count):
        middle, width = left + column * (index + 0.5), column - 14
        y = area.y
        if index == count - 1:
            line = fitted(issued, page.sans, width=width, height=13, largest=10)
            sheet.block(line, x=middle, y=y, font=page.sans, colour="#3d4953", align="centre")
        if index < len(signers):
            spot = Area(middle - width / 2, y + 13, width, area.height - 13)
            _signer(page, signers[index], spot, below)


def _below(signer: dict[str, str]) -> list[str]:
    """Return what stands below the name of a signer."""
    number = signer.get("number", "")
    parts = [signer.get("rank", ""), f"NIP {number}" if number else ""]
    return [part for part in parts if part]


def _signer(page: Paper, signer: dict[str, str], spot: Area, below: int) -> None:
    sheet = page.sheet
    width, middle = spot.width, spot.middle
    position = fitted(signer.get("position", ""), page.sans, width=width, height=26, largest=9.5)
    sheet.block(position, x=middle, y=spot.y, font=page.sans, colour=TEXT, align="centre")
    name = fitted(
        signer.get("name", ""), page.sans_bold, width=width, height=24, largest=10, leading=1.15
    )
    y = spot.y + spot.height - 11 * below - name.height
    y = sheet.block(name, x=middle, y=y, font=page.sans_bold, colour=TEXT, align="centre")
    for text in _below(signer):
        line = fitted(text, page.sans, width=width, height=11, largest=8.5)
        sheet.block(line, x=middle, y=y, font=page.sans, colour=MUTED, align="centre")
        y += 11
