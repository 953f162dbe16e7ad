"""axe-core finds nothing on any page; a test can be taken by keyboard alone."""

import hashlib
import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser import tour
from tests.browser.learner import SAVED, Registrant, Visitor
from tests.browser.product import Product
from tests.browser.watch import DESK, PHONE, Window

pytestmark = pytest.mark.browser
VENDOR = Path(__file__).resolve().parent / "vendor"
LOOKS = [(size, scheme) for size in (PHONE, DESK) for scheme in ("light", "dark")]
OpenWindow = Callable[..., Window]
Tour = Callable[[OpenWindow, Product], Iterator[tour.Stop]]
RUN = """async () => {
  const found = await axe.run(document, { resultTypes: ["violations"] });
  return found.violations.map((v) =>
    `${v.id} (${v.impact}): ` + v.nodes.map((n) => `${n.target} ${n.html}`).join(" | "));
}"""


def test_vendored_axe_is_the_one_of_the_manifest() -> None:
    listed = {
        VENDOR / file["path"]: file["sha256"]
        for entry in json.loads((VENDOR / "manifest.json").read_text(encoding="utf-8"))
        for file in entry["files"]
    }
    found = {path for path in VENDOR.rglob("*") if path.is_file()} - {VENDOR / "manifest.json"}
    assert {path: hashlib.sha256(path.read_bytes()).hexdigest() for path in found} == listed


def violations(page: Page, axe: str) -> list[str]:
    """Run axe-core on the page in every look; return what it finds."""
    found = []
    page.wait_for_load_state()
    if not page.evaluate("Boolean(window.axe)"):
        page.evaluate(axe)
    for size, scheme in LOOKS:
        page.set_viewport_size({"width": size[0], "height": size[1]})
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")  # type: ignore[arg-type]
        found += [f"{size[0]} {scheme}: {text[:600]}" for text in page.evaluate(RUN)]
    return found


@pytest.mark.parametrize("walk", [tour.public_pages, tour.learner_pages, tour.staff_pages])
def test_axe_finds_no_violation(product: Product, open_window: OpenWindow, walk: Tour) -> None:
    """Every page, on a phone and at a desk, light and dark (Done-when 8)."""
    axe = (VENDOR / "axe-core" / "axe.min.js").read_text(encoding="utf-8")
    found = [
        f"{name} ({page.url}) {text}"
        for name, page in walk(open_window, product)
        for text in violations(page, axe)
    ]
    assert found == [], "\n".join(found)


def focused(page: Page) -> str:
    """Return a short description of the element that has the focus."""
    described: str = page.evaluate(
        """() => { const e = document.activeElement;
        return [e.tagName, e.name || "", e.value || "", e.textContent.trim()].join("|"); }"""
    )
    return described


def tab_to(page: Page, pattern: str, *, most: int = 60) -> None:
    """Press Tab until the focus is on an element whose description matches."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if re.search(pattern, focused(page)):
            return
    raise AssertionError(f"{pattern} was not reached; the focus is on {focused(page)}")


def test_a_test_by_keyboard_alone(product: Product, open_window: OpenWindow) -> None:
    """Answering, flagging, jumping by the palette and handing in need no mouse."""
    visitor = Visitor(open_window(size=DESK), product)
    visitor.register(
        Registrant("Nyoman Tirta", "199001012015031888", "nyoman888@contoh.test", "Kemenkumham")
    )
    page = visitor.page
    visitor.go(visitor.topic("kenaikan-pangkat"))
    page.keyboard.press("Tab")
    assert "Langsung ke isi" in focused(page)
    page.keyboard.press("Enter")
    tab_to(page, "Mulai belajar", most=3)
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/pre-test/$"))
    tab_to(page, "Mulai Pre-test")
    page.keyboard.press("Enter")
    expect(page.locator("#lembar")).to_be_visible()
    for position in range(1, 11):
        tab_to(page, rf"INPUT\|jawaban-{position}\|")
        # Space ticks the first option, an arrow goes on to the next one.
        page.keyboard.press("Space")
        page.keyboard.press("ArrowDown")
        expect(page.locator(f"#soal-{position} .save-state")).to_have_text(SAVED)
        box = page.locator(f"input[name='jawaban-{position}']").nth(1)
        expect(box).to_be_checked()
        outline = page.evaluate(
            "() => { const label = document.activeElement.closest('label');"
            " return [document.activeElement, label].map((e) => {"
            " const s = getComputedStyle(e); return s.outlineStyle + s.boxShadow; }); }"
        )
        assert any(text not in ("nonenone",) for text in outline), "the focus is not visible"
    tab_to(page, r"INPUT\|ragu-10")
    page.keyboard.press("Space")
    expect(page.locator(".palette a").nth(9)).to_have_attribute("data-flag", "")
    tab_to(page, r"^A\|\|\|3")
    page.keyboard.press("Enter")
    expect(page.locator("#soal-3")).to_be_in_viewport()
    # The palette leads the keyboard to the question as well.
    tab_to(page, r"INPUT\|jawaban-3\|", most=2)
    tab_to(page, "^BUTTON.*Kumpulkan", most=40)
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/hasil/$"))
