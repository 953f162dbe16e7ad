"""The foot of a certificate's first page: how to check it, and who signs."""

import segno

from shared_apps.recognition.drawing import words
from shared_apps.recognition.drawing.paper import MUTED, TEXT, Area, Paper
from toolkit import indonesian
from toolkit.pdf_canvas import fitted

NO_SIGNATURE = (
    "Dokumen ini tidak memuat tanda tangan elektronik. Keasliannya diperiksa dengan kode QR atau"
    " di alamat:"
)


def draw(page: Paper) -> None:
    """Draw check and signers: side by side, or one above the other on an upright page."""
    foot = page.foot
    if page.upright:
        _signers(page, Area(foot.x, foot.y, foot.width, 112))
        _check(page, Area(foot.x, foot.y + 124, foot.width, 84))
        return
    check = 320.0 if len(page.version.signers) < 2 else 236.0
    _check(page, Area(foot.x, foot.y, check, foot.height))
    left = foot.x + check + 24
    _signers(page, Area(left, foot.y, foot.x + foot.width - left, foot.height))


def _check(page: Paper, area: Area) -> None:
    """Draw the QR code with the code and the address to check it at."""
    c, sheet = page.certificate, page.sheet
    address = words.verification_url(c.code)
    size = 82.0
    top = area.y + (area.height - size) / 2
    _qr(page, address, area.x, top, size)
    x, width = area.x + size + 12, area.width - size - 12
    sheet.text(c.code or "CONTOH", x=x, y=top + 12, font=page.sans_bold, size=11, colour=TEXT)
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
