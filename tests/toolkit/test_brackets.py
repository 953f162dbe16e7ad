"""Links in double square brackets."""

import pytest

from toolkit.brackets import BracketLink
from toolkit.markdown import bracketed, render


def known(target: str) -> BracketLink | None:
    return BracketLink("/cuti/", "Cuti PNS") if target == "Cuti" else None


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("[[Cuti]]", '<p><a href="/cuti/" rel="noopener">Cuti PNS</a></p>'),
        ("[[ Cuti | cuti ini ]]", '<p><a href="/cuti/" rel="noopener">cuti ini</a></p>'),
        ("[[Lain]]", '<p><span class="no-target">Lain</span></p>'),
        ("[[Lain|<b>x</b>]]", '<p><span class="no-target">&lt;b&gt;x&lt;/b&gt;</span></p>'),
        ("`[[Cuti]]`", "<p><code>[[Cuti]]</code></p>"),
        ("[[]] [[Cuti", "<p>[[]] [[Cuti</p>"),
        ("[a](/b/)", '<p><a href="/b/" rel="noopener">a</a></p>'),
    ],
)
def test_targets_become_links(text: str, html: str) -> None:
    assert render(text, brackets=known).strip() == html


def test_without_a_resolver_text_stays() -> None:
    assert render("[[Cuti]]").strip() == "<p>[[Cuti]]</p>"


def test_targets_of_a_text() -> None:
    text = "Lihat [[A]] dan [[B|c]].\n\n- [[A]]\n\n```\n[[D]]\n```\n"
    assert bracketed(text) == ["A", "B", "A"]


def test_hostile_nesting_is_quick_and_plain() -> None:
    assert "[[" in render("[[" * 5000, brackets=known)
    link = render("[[x|javascript:alert(1)]]", brackets=lambda _: BracketLink("javascript:x", "x"))
    assert "href" not in link
