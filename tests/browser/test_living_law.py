"""LAN revokes a regulation: banner and work list at two tenants, settled in one click."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.learner import Visitor
from tests.browser.product import Product
from tests.browser.tours.law import LAN, MANAGER, OTHER_MANAGER, PASSWORD, revoke
from tests.browser.watch import DESK, PHONE, Window

pytestmark = pytest.mark.browser
OpenWindow = Callable[..., Window]
BANNER = "Materi ini sedang diperiksa"
PLACES = (
    ("kanreg10", MANAGER, "manajemen-talenta"),
    ("rumahbelajar", OTHER_MANAGER, "pelindungan-data-pribadi"),
)


def test_a_revocation_reaches_two_tenants(product: Product, open_window: OpenWindow) -> None:
    """Readers are warned at once; one click of each training unit ends it there alone."""
    reader = Visitor(open_window(size=PHONE, javascript=False), product)
    for code, _number, slug in PLACES:
        reader.go(f"{product.tenant(code)}/topik/{slug}/")
        expect(reader.page.get_by_text(BANNER)).to_have_count(0)
    lan = Visitor(open_window(size=DESK), product)
    lan.sign_in(LAN, PASSWORD)
    revoke(lan, "UU 27/2022")
    for code, number, slug in PLACES:
        topic = f"{product.tenant(code)}/topik/{slug}/"
        reader.go(topic)
        expect(reader.page.get_by_text(BANNER)).to_be_visible()
        worker = Visitor(open_window(size=DESK), product)
        worker.sign_in(number, PASSWORD, then=f"{product.tenant(code)}/kelola/rujukan/")
        row = worker.page.locator("tr", has=worker.page.locator(f"a[href='/topik/{slug}/']"))
        expect(row.get_by_text("Dicabut")).to_be_visible()
        row.get_by_role("button", name="Masih sesuai").click()
        expect(worker.page.get_by_text("dinyatakan masih sesuai")).to_be_visible()
        reader.go(topic)
        expect(reader.page.get_by_text(BANNER)).to_have_count(0)


def test_citing_while_typing(product: Product, open_window: OpenWindow) -> None:
    """Two brackets open the list; arrows and Enter put a regulation in; the preview links it."""
    author = Visitor(open_window(size=DESK), product)
    author.sign_in(MANAGER, PASSWORD, then=product.tenant("kanreg10") + "/kelola/topik/baru/")
    page = author.page
    page.get_by_label("Judul").fill("Rujukan peraturan")
    page.get_by_label("JP").fill("2")
    author.click("Buat topik", "button")
    page.get_by_label("Judul bagian baru").fill("Dasar")
    author.click("Tambah bagian", "button")
    text = page.locator("#isi-bagian")
    text.press_sequentially("Lihat [[pp 11 2017")
    expect(page.get_by_role("option")).to_have_count(1)
    text.press("ArrowDown")
    text.press("Enter")
    expect(text).to_have_value("Lihat [[PP 11/2017]]")
    link = page.locator("[data-preview-box]").get_by_role("link", name="PP 11/2017")
    expect(link).to_have_attribute("href", "/regulasi/pp-11-2017/")
