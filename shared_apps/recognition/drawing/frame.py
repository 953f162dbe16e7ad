"""The frame "Bingkai": a band of kawung, the round batik pattern of Java, with a fine rosette."""

import math
from typing import Any

from shared_apps.recognition.drawing import colours
from toolkit.pdf_canvas import Sheet

EDGE, BAND = 18.0, 22.0


def kawung(sheet: Sheet, *, ink: str, accent: str, ground: str, rosette: bool) -> None:
    """Draw ground, band, corners and inner lines; `rosette` adds the one behind the text."""
    width, height = sheet.width, sheet.height
    sheet.box(x=0, y=0, width=width, height=height, fill=ground)
    inside = EDGE + BAND
    sheet.box(x=EDGE, y=EDGE, width=width - 2 * EDGE, height=height - 2 * EDGE, fill=ink)
    sheet.box(x=inside, y=inside, width=width - 2 * inside, height=height - 2 * inside, fill=ground)
    if rosette:
        _rosette(sheet, colours.mixed(ink, ground, 0.10))
    _band(sheet, ink=ink, light=colours.mixed(accent, "#ffffff", 0.42))
    for edge, line, colour in (
        (EDGE - 3.5, 0.7, ink),
        (EDGE, 1.0, accent),
        (inside, 1.4, accent),
        (inside + 4.5, 0.5, ink),
    ):
        sheet.box(
            x=edge, y=edge, width=width - 2 * edge, height=height - 2 * edge,
            stroke=colour, line=line,
        )  # fmt: skip
    for x in (EDGE, width - EDGE - BAND):
        for y in (EDGE, height - EDGE - BAND):
            _corner(sheet, x, y, ink=ink, accent=accent)


def _petals(canvas: Any, size: float, *, light: str, ink: str) -> None:
    """Draw one motif around the origin: four petals towards the corners, each with its vein."""
    for quarter in range(4):
        _petal(canvas, size, 45 + 90 * quarter, light=light, ink=ink)


def _petal(canvas: Any, size: float, angle: float, *, light: str, ink: str) -> None:
    long, wide = size * 0.60, size * 0.30
    canvas.saveState()
    canvas.rotate(angle)
    canvas.setFillColor(light)
    canvas.ellipse(size * 0.07, -wide / 2, size * 0.07 + long, wide / 2, 0, 1)
    canvas.setFillColor(ink)
    canvas.ellipse(size * 0.26, -0.45, size * 0.48, 0.45, 0, 1)
    canvas.restoreState()


def _band(sheet: Sheet, *, ink: str, light: str) -> None:
    canvas = sheet.canvas
    if not canvas.hasForm("kawung"):
        canvas.beginForm("kawung", -BAND, -BAND, BAND, BAND)
        _petals(canvas, BAND, light=light, ink=ink)
        canvas.endForm()
    middle = EDGE + BAND / 2
    for length, other, upright in (
        (sheet.width, sheet.height, False),
        (sheet.height, sheet.width, True),
    ):
        free = length - 2 * (EDGE + BAND)
        count = round(free / BAND)
        step = free / count
        for index in range(count):
            along = EDGE + BAND + step * (index + 0.5)
            for across in (middle, other - middle):
                x, y = (across, along) if upright else (along, across)
                canvas.saveState()
                canvas.translate(round(x, 2), round(sheet.height - y, 2))
                canvas.doForm("kawung")
                canvas.restoreState()


def _corner(sheet: Sheet, x: float, y: float, *, ink: str, accent: str) -> None:
    """Draw a square with a flower of eight petals."""
    size = BAND + 8
    x, y = x - 4, y - 4
    sheet.box(x=x, y=y, width=size, height=size, fill=ink, stroke=accent, line=1.4)
    canvas = sheet.canvas
    canvas.saveState()
    canvas.translate(round(x + size / 2, 2), round(sheet.height - y - size / 2, 2))
    for eighth in range(8):
        canvas.saveState()
        canvas.rotate(45 * eighth)
        canvas.setFillColor(accent if eighth % 2 else colours.mixed(accent, "#ffffff", 0.45))
        canvas.ellipse(2.2, -1.9, 11.2, 1.9, 0, 1)
        canvas.restoreState()
    canvas.setFillColor("#ffffff")
    canvas.circle(0, 0, 1.7, 0, 1)
    canvas.restoreState()


def _rosette(sheet: Sheet, colour: str) -> None:
    """Draw interlaced waves around the middle of the page, as on security paper."""
    middle_x, middle_y = sheet.width / 2, sheet.height * 0.47
    radius = min(sheet.width, sheet.height) * 0.31
    for turn in range(6):
        shift = turn * math.pi / 3
        points = []
        for step in range(241):
            angle = step * math.tau / 240
            far = radius * (0.80 + 0.20 * math.sin(12 * angle + shift))
            points.append((middle_x + far * math.cos(angle), middle_y + far * math.sin(angle)))
        sheet.line(points, colour=colour, width=0.35)


def divider(sheet: Sheet, *, x: float, y: float, width: float, colour: str, rich: bool) -> None:
    """Draw a short line in the middle of the page; a rich one carries a diamond."""
    if not rich:
        sheet.line([(x - width / 2, y), (x + width / 2, y)], colour=colour, width=1.4)
        return
    for side in (-1, 1):
        sheet.line([(x + side * 9, y), (x + side * width, y)], colour=colour, width=0.8)
    canvas = sheet.canvas
    canvas.setFillColor(colour)
    path = canvas.beginPath()
    flipped = sheet.height - y
    path.moveTo(round(x - 4.5, 2), round(flipped, 2))
    for right, up in ((0, 4.5), (4.5, 0), (0, -4.5)):
        path.lineTo(round(x + right, 2), round(flipped + up, 2))
    path.close()
    canvas.drawPath(path, stroke=0, fill=1)
