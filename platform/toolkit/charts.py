"""Charts as SVG, drawn on the server: no script, no inline style, colours by CSS classes.

Positions are percentages and texts are pixels, so that a chart is readable on a phone and on a
wide screen alike. Every chart has a title and a sentence for screen readers; its page shows the
same figures in a table.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

Text = str | Promise
ROW = 48
HEIGHT = 200
TOP, BOTTOM, LEFT = 16, 28, 8.0
#: Width of the longest bar; its value stands to the right.
FULL = 82


@dataclass(frozen=True)
class Bar:
    """One bar: what it is of, how long it is, and its value as people read it."""

    label: Text
    value: float
    text: str
    strong: bool = False


@dataclass(frozen=True)
class Series:
    """Values by position; None leaves a gap."""

    label: Text
    values: Sequence[float | None]
    texts: Sequence[str]


def bars(
    key: str, title: Text, description: Text, rows: Sequence[Bar], *, most: float
) -> SafeString:
    """Draw bars from left to right, each under its label; `most` is as long as bars get.

    `key` is unique in the page. `strong` bars are drawn as those to look at.
    """
    drawn = format_html_join(
        "",
        '<text class="chart-label" x="0" y="{}">{}</text>'
        '<text class="chart-value" x="100%" y="{}" text-anchor="end">{}</text>'
        '<rect class="chart-track" x="0" y="{}" width="82%" height="12" rx="3"/>'
        '<rect class="{}" x="0" y="{}" width="{}%" height="12" rx="3"/>',
        (
            (
                n * ROW + 16, row.label, n * ROW + 38, row.text, n * ROW + 27,
                "chart-bar chart-strong" if row.strong else "chart-bar", n * ROW + 27,
                _number(max(0.0, min(1.0, row.value / most if most else 0)) * FULL),
            )
            for n, row in enumerate(rows)
        ),
    )  # fmt: skip
    return _svg(key, title, description, len(rows) * ROW, drawn)


def columns(
    key: str, title: Text, description: Text, labels: Sequence[str], series: Sequence[Series]
) -> SafeString:
    """Draw upright bars, one of each series beside the other at every label; from zero."""
    most = _ceiling([value for one in series for value in one.values if value is not None])
    slot = (100 - LEFT) / max(1, len(labels))
    width = slot * 0.8 / max(1, len(series))
    drawn = format_html_join(
        "",
        '<rect class="chart-series-{}" x="{}%" y="{}" width="{}%" height="{}">'
        "<title>{}</title></rect>",
        (
            (
                number + 1,
                _number(LEFT + slot * (place + 0.1) + width * number),
                _number(_y(value, 0, most)),
                _number(width * 0.94),
                _number(_y(0, 0, most) - _y(value, 0, most)),
                f"{labels[place]} · {one.label}: {one.texts[place]}",
            )
            for number, one in enumerate(series)
            for place, value in enumerate(one.values)
            if value is not None
        ),
    )
    return _svg(key, title, description, HEIGHT, _grid(0, most) + _foot(labels) + drawn)


def lines(
    key: str,
    title: Text,
    description: Text,
    labels: Sequence[str],
    series: Sequence[Series],
    *,
    least: float,
    most: float,
    steps: int = 4,
) -> SafeString:
    """Draw one line for each series between two bounds; a gap where a value is missing."""
    slot = (100 - LEFT) / max(1, len(labels))
    drawn = SafeString("")
    for number, one in enumerate(series, start=1):
        points = [
            (LEFT + slot * (place + 0.5), _y(value, least, most), one.texts[place], labels[place])
            for place, value in enumerate(one.values)
            if value is not None
        ]
        drawn += format_html_join(
            "",
            '<line class="chart-line-{}" x1="{}%" y1="{}" x2="{}%" y2="{}"/>',
            (
                (number, _number(a[0]), _number(a[1]), _number(b[0]), _number(b[1]))
                for a, b in zip(points, points[1:], strict=False)
            ),
        )
        drawn += format_html_join(
            "",
            '<circle class="chart-point-{}" cx="{}%" cy="{}" r="4"><title>{}</title></circle>',
            (
                (number, _number(x), _number(y), f"{label} · {one.label}: {text}")
                for x, y, text, label in points
            ),
        )
    return _svg(key, title, description, HEIGHT, _grid(least, most, steps) + _foot(labels) + drawn)


def _svg(key: str, title: Text, description: Text, height: int, drawn: SafeString) -> SafeString:
    return format_html(
        '<svg class="chart" role="img" aria-labelledby="{0}-judul {0}-uraian" width="100%"'
        ' height="{1}"><title id="{0}-judul">{2}</title><desc id="{0}-uraian">{3}</desc>{4}</svg>',
        key, height, title, description, drawn,
    )  # fmt: skip


def _y(value: float, least: float, most: float) -> float:
    share = (value - least) / (most - least) if most > least else 0
    return HEIGHT - BOTTOM - max(0.0, min(1.0, share)) * (HEIGHT - BOTTOM - TOP)


def _grid(least: float, most: float, parts: int = 4) -> SafeString:
    steps = [least + (most - least) * part / parts for part in range(parts + 1)]
    return format_html_join(
        "",
        '<line class="chart-grid" x1="{}%" y1="{}" x2="100%" y2="{}"/>'
        '<text class="chart-axis" x="{}%" y="{}" text-anchor="end">{}</text>',
        (
            (
                _number(LEFT), _number(_y(step, least, most)), _number(_y(step, least, most)),
                _number(LEFT - 1), _number(_y(step, least, most) + 4), f"{step:g}",
            )
            for step in steps
        ),
    )  # fmt: skip


def _foot(labels: Sequence[str]) -> SafeString:
    """Name the positions, as many as stand side by side on a phone."""
    slot = (100 - LEFT) / max(1, len(labels))
    every = -(-len(labels) // 5)
    return format_html_join(
        "",
        '<text class="chart-axis" x="{}%" y="{}" text-anchor="middle">{}</text>',
        (
            (_number(LEFT + slot * (place + 0.5)), HEIGHT - 8, label)
            for place, label in enumerate(labels)
            if (len(labels) - 1 - place) % every == 0
        ),
    )


def _ceiling(values: Sequence[float]) -> float:
    """Return a round number at or above all values that four steps divide well."""
    most = max(values, default=0)
    size = 1
    while True:
        for step in (4, 8, 12, 20, 40):
            if most <= step * size:
                return step * size
        size *= 10


def _number(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")
