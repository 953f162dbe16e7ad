"""The further pages of a certificate: the curriculum with the JP of each subject."""

from shared_apps.recognition.drawing import words
from shared_apps.recognition.drawing.paper import MUTED, TEXT, Area, Paper
from toolkit import indonesian
from toolkit.pdf_canvas import Setting, fitted, width_of, wrap

HEAD = 20.0
SIZE, LEADING = 10.0, 1.3


def draw(page: Paper, *, sample: bool) -> None:
    """Draw the table, on as many pages as it needs; each repeats its header."""
    rows = page.certificate.curriculum
    area = page.rows
    padding = 6.0 if len(rows) <= 12 else 3.0
    y, end = _begin(page, area, first=True), area.y + area.height
    for index, row in enumerate(rows, start=1):
        lines = wrap(str(row["title"]), page.sans, SIZE, area.width * 0.77 - 16) or [""]
        setting = Setting(lines, SIZE, LEADING)
        height = setting.height + 2 * padding
        last = index == len(rows)
        if y + height + (HEAD + 6 if last else 0) > end:
            _close(page, sample=sample)
            y = _begin(page, area, first=False)
        _row(page, area, y, str(index), setting, indonesian.number(words.exact(row["jp"])), padding)
        y += height
    _sum(page, area, y)
    _close(page, sample=sample)


def _begin(page: Paper, area: Area, *, first: bool) -> float:
    """Begin a page with title and header; returns where the rows begin."""
    page.another()
    sheet, c = page.sheet, page.certificate
    y = area.y
    if first:
        sheet.text("Kurikulum", x=area.x, y=y + 18, font=page.serif, size=20, colour=page.ink)
        subtitle = fitted(
            f"{c.title} · {c.provider_name}", page.sans, width=area.width, height=40, largest=10,
            leading=1.3,
        )  # fmt: skip
        y = sheet.block(subtitle, x=area.x, y=y + 28, font=page.sans, colour=MUTED) + 10
    sheet.box(x=area.x, y=y, width=area.width, height=HEAD, fill=page.ink)
    for text, x, align in _columns(area, "No.", "Materi", "JP"):
        sheet.text(
            text, x=x, y=y + 13.5, font=page.sans_bold, size=8.5, colour="#ffffff", align=align
        )
    return y + HEAD


def _columns(area: Area, *texts: str) -> list[tuple[str, float, str]]:
    places = (
        (area.x + area.width * 0.04, "centre"),
        (area.x + area.width * 0.08 + 8, "left"),
        (area.x + area.width - 8, "right"),
    )
    return [(text, x, align) for text, (x, align) in zip(texts, places, strict=True)]


def _row(
    page: Paper, area: Area, y: float, number: str, setting: Setting, jp: str, padding: float
) -> None:
    sheet = page.sheet
    baseline = y + padding + SIZE * LEADING / 2 + SIZE * 0.35
    for text, x, align in _columns(area, number, "", jp):
        if text:
            sheet.text(text, x=x, y=baseline, font=page.sans, size=SIZE, colour=TEXT, align=align)
    sheet.block(
        setting, x=area.x + area.width * 0.08 + 8, y=y + padding, font=page.sans, colour=TEXT
    )
    below = y + setting.height + 2 * padding
    sheet.line([(area.x, below), (area.x + area.width, below)], colour="#d3d9de", width=0.5)


def _sum(page: Paper, area: Area, y: float) -> None:
    sheet = page.sheet
    sheet.line([(area.x, y), (area.x + area.width, y)], colour=page.ink, width=1.2)
    total = indonesian.number(words.exact(page.certificate.jp))
    for text, x, align in _columns(area, "", "Jumlah", total):
        if text:
            sheet.text(
                text, x=x, y=y + 16, font=page.sans_bold, size=SIZE, colour=TEXT, align=align
            )


def _close(page: Paper, *, sample: bool) -> None:
    """Write which certificate the page belongs to."""
    c, sheet, area = page.certificate, page.sheet, page.rows
    address = words.verification_url(c.code)
    text = f"Sertifikat {c.number} · {c.holder_name} · {address}"
    size = 8.0
    while width_of(text, page.sans, size) > area.width and size > 3:
        size -= 0.25
    sheet.text(
        text, x=area.middle, y=area.y + area.height + 22, font=page.sans, size=size, colour=MUTED,
        align="centre",
    )  # fmt: skip
    if sample:
        page.mark_sample()
