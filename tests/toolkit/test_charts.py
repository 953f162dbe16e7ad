"""Charts: well-formed SVG without styles or scripts, exact lengths, escaped texts."""

from xml.etree import ElementTree

from toolkit import charts
from toolkit.charts import Bar, Series

SVG = "{http://www.w3.org/2000/svg}"


def drawn(svg: str) -> ElementTree.Element:
    """Parse a chart and check what holds for every one."""
    root = ElementTree.fromstring(svg)
    assert root.get("role") == "img"
    names = {root.find(tag).get("id") for tag in ("title", "desc")}  # type: ignore[union-attr]
    assert set((root.get("aria-labelledby") or "").split()) == names
    for element in root.iter():
        assert "style" not in element.attrib and element.tag != "script"
    return root


def widths(root: ElementTree.Element, name: str) -> list[str | None]:
    return [e.get("width") for e in root.iter("rect") if name in (e.get("class") or "").split()]


def test_bars_are_as_long_as_their_values() -> None:
    rows = [Bar("<b>", 4, "4"), Bar("b", 1, "1", strong=True), Bar("c", 9, "9"), Bar("d", -1, "")]
    root = drawn(charts.bars("x", "Judul & co", "Uraian", rows, most=4))
    assert widths(root, "chart-bar") == ["82%", "20.5%", "82%", "0%"]
    assert widths(root, "chart-strong") == ["20.5%"]
    assert "<b>" in "".join(root.itertext())


def test_columns_begin_at_zero_and_skip_what_is_missing() -> None:
    series = [
        Series("Mulai", [0, 40, None], ["0", "40", ""]),
        Series("Selesai", [10, 20, 30], "abc"),
    ]
    root = drawn(charts.columns("x", "J", "U", ["Jan", "Feb", "Mar"], series))
    heights = [float(e.get("height") or 0) for e in root.iter("rect")]
    assert len(heights) == 5 and heights[0] == 0
    assert heights[1] == 2 * heights[3] and heights[1] > 100


def test_lines_leave_gaps_and_name_few_labels() -> None:
    labels = [str(n) for n in range(24)]
    values = [float(n) if n != 5 else None for n in range(24)]
    series = [Series("IKM", values, labels)]
    root = drawn(charts.lines("x", "J", "U", labels, series, least=0, most=100))
    assert len(list(root.iter("circle"))) == 23
    named = [e.text for e in root.iter("text") if e.get("text-anchor") == "middle"]
    assert named[-1] == "23" and len(named) <= 5


def test_nothing_to_draw() -> None:
    drawn(charts.columns("x", "J", "U", [], []))
    drawn(charts.bars("x", "J", "U", [Bar("a", 0, "0")], most=0))
    drawn(charts.lines("x", "J", "U", [], [], least=0, most=0))
