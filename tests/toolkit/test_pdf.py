"""The PDF renderer reads nothing but fonts of its folder and images inside the document."""

from pathlib import Path

import pytest

from shared_apps.recognition.documents import ASSETS
from toolkit import pdf

CSS = (
    '@font-face { font-family: "F"; src: url(fonts/LintasSans-Regular.ttf); } body {font-family: F}'
)


def test_draws_with_the_font() -> None:
    data = pdf.render("<p>Halo</p>", css=CSS, assets=ASSETS)
    assert data.startswith(b"%PDF") and b"LintasSans-Regular" in data


@pytest.mark.parametrize(
    "html",
    [
        '<img src="http://127.0.0.1:1/a.png">',
        '<img src="file:///etc/hostname">',
        '<img src="../documents.py">',
        '<img src="certificate.css">',
        '<img src="data:image/svg+xml,<svg/>">',
        '<link rel="stylesheet" href="certificate.css">',
    ],
)
def test_other_resources_are_refused(html: str) -> None:
    with pytest.raises(pdf.ForbiddenResource):
        pdf.render(f"<p>x</p>{html}", css=CSS, assets=ASSETS)


def test_missing_font_is_refused() -> None:
    """Else the text would silently appear in Helvetica."""
    css = '@font-face { font-family: "F"; src: url(fonts/Missing.ttf); }'
    with pytest.raises(pdf.ForbiddenResource):
        pdf.render("<p>x</p>", css=css, assets=ASSETS)


def test_size_fits_the_width() -> None:
    font: Path = ASSETS / "fonts" / "LintasSerif-Bold.ttf"
    short = pdf.fitting_size("Ayu", font=font, width=690, largest=30, smallest=12)
    long = pdf.fitting_size("W" * 60, font=font, width=690, largest=30, smallest=8)
    assert short == 30 and 8 <= long < 15


def test_an_accent_at_the_beginning_of_a_text_does_not_melt_with_its_tag(tmp_path: Path) -> None:
    """U+0338 and `>` make ≯: the text would become attributes of the tag, and vanish."""
    from toolkit.pdf import _composed

    html = '<p class="name">\u0301\u0338 style=color:red A\u0301</p><b>\u0338</b>'
    composed = _composed(html)
    assert composed.count(">") == html.count(">")
    assert composed.startswith('<p class="name">') and "Á" in composed
