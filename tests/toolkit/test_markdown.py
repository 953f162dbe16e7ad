"""Markdown becomes safe HTML: no script gets through, no inline style, tables by classes."""

import re

import pytest

from toolkit import markdown

ATTACKS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg onload=alert(1)><use href=#a></svg>",
    "[klik](javascript:alert(1))",
    "[klik](JaVaScRiPt&#58;alert(1))",
    "[klik](vbscript:x)",
    "[klik](data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==)",
    "![x](javascript:alert(1))",
    '[klik](https://a.test "x\\" onmouseover=\\"alert(1)")',
    "<a href='https://a.test' style='position:fixed' onclick=alert(1)>x</a>",
    "<iframe src=https://a.test></iframe><object data=x></object><embed src=x>",
    "<form action=/x><input name=a></form><style>*{display:none}</style>",
    "<math><mi xlink:href='javascript:alert(1)'>x</mi></math>",
    "<!--[if IE]><script>alert(1)</script><![endif]-->",
    "```\n<script>alert(1)</script>\n```",
    "`<script>alert(1)</script>`",
    "<details open ontoggle=alert(1)>x</details>",
    "[^a]\n\n[^a]: <script>alert(1)</script>",
    "| <script>x</script> |\n| --- |\n| ![a](x onerror=y) |",
]


@pytest.mark.parametrize("attack", ATTACKS)
def test_no_script_gets_through(attack: str) -> None:
    for html in (markdown.render(attack), markdown.render_inline(attack)):
        tags = re.findall(r"<[a-zA-Z/!][^>]*>", html)
        for tag in tags:
            name = re.match(r"</?([a-z0-9]+)", tag)
            assert name and name[1] in markdown.TAGS, tag
            # Quoted values may say anything; what counts is the names of attributes.
            bare = re.sub(r'"[^"]*"', '""', tag)
            assert not re.search(r"\s(on\w+|style|formaction|srcdoc)\s*=", bare), tag
            assert not re.search(r'(href|src)="\s*(javascript|vbscript|data):', tag, re.I), tag


def test_tables_are_aligned_by_classes() -> None:
    html = markdown.render("| a | b | c | d |\n| :-- | --: | :-: | --- |\n| 1 | 2 | 3 | 4 |")
    assert '<th class="ta-left">a</th>' in html
    assert '<td class="ta-right">2</td>' in html
    assert '<td class="ta-center">3</td>' in html
    assert "<td>4</td>" in html
    assert "style" not in html
    assert html.startswith('<div class="table-responsive" tabindex="0"><table class="table">')


def test_headings_leave_the_page_its_own() -> None:
    html = markdown.render("# A\n\n## B\n\n### C\n\n###### D")
    assert re.findall(r"<h(\d)", html) == ["2", "2", "2", "4"]


def test_links_are_safe_and_kept() -> None:
    html = markdown.render("[a](https://a.test/?x=1&y=2) <https://b.test>")
    assert 'href="https://a.test/?x=1&amp;y=2"' in html and html.count('rel="noopener"') == 2


def test_images_are_led_to_where_they_are_served() -> None:
    html = markdown.render("![Alur](alur.png)", image_url=lambda name: f"/berkas/{name}")
    assert '<img src="/berkas/alur.png" alt="Alur" loading="lazy">' in html


def test_footnotes_of_two_texts_do_not_meet() -> None:
    first, second = (markdown.render("a[^1]\n\n[^1]: b", prefix=name) for name in ("satu", "dua"))
    ids = [set(re.findall(r'id="([^"]+)"', html)) for html in (first, second)]
    assert ids[0] and not ids[0] & ids[1]


def test_inline_text_has_no_blocks() -> None:
    assert markdown.render_inline("**a** _b_ `c` [d](https://a.test)") == (
        "<strong>a</strong> <em>b</em> <code>c</code> d"
    )


def test_plain_words() -> None:
    text = "# Cuti **besar**\n\n![gambar](a.png) [PP 11/2017](https://x.y)"
    assert markdown.plain_words(text) == [
        "Cuti", "besar", "gambar", "PP", "11/2017",
    ]  # fmt: skip
