"""axe-core finds nothing on the pages of certificates, which also work without JavaScript."""

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import expect

from tests.browser.learner import Visitor
from tests.browser.product import Product
from tests.browser.test_accessibility import VENDOR, violations
from tests.browser.tours import certificates as tour
from tests.browser.watch import Window

pytestmark = pytest.mark.browser
OpenWindow = Callable[..., Window]
Tour = Callable[[OpenWindow, Product], Iterator[tour.Stop]]


@pytest.mark.parametrize("walk", [tour.issued_pages, tour.template_pages, tour.earlier_pages])
def test_axe_finds_no_violation(product: Product, open_window: OpenWindow, walk: Tour) -> None:
    axe = (VENDOR / "axe-core" / "axe.min.js").read_text(encoding="utf-8")
    found = []
    for name, page in walk(open_window, product):
        found += [f"{name} ({page.url}) {text}" for text in violations(page, axe)]
        page.set_viewport_size({"width": 360, "height": 740})
        if page.evaluate("document.documentElement.scrollWidth") > 360:
            found.append(f"{name}: wider than a phone")
    assert found == [], "\n".join(found)


def test_a_template_without_javascript(product: Product, open_window: OpenWindow) -> None:
    visitor = Visitor(open_window(javascript=False), product)
    visitor.sign_in(tour.BKN_UNIT, tour.PASSWORD)
    page = visitor.page
    visitor.go(product.tenant("kanreg10") + tour.ROOT + "templat/baru/")
    page.get_by_label("Nama templat").fill("Tanpa skrip")
    page.get_by_label("Pola nomor").fill("{nomor:2}/{tahun}")
    page.get_by_role("button", name="Perbarui pratinjau").click()
    expect(page.locator("output")).to_have_text("123/2026")
    page.get_by_role("button", name="Simpan templat").click()
    expect(page).to_have_url(re.compile(r"/templat/[0-9a-f-]{36}/"))
