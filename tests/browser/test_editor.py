"""The editor keeps what is written: by keyboard alone, in two windows, offline, signed out."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.learner import SAVED, Visitor
from tests.browser.product import Product
from tests.browser.test_accessibility import tab_to
from tests.browser.watch import DESK, PHONE, Window

pytestmark = pytest.mark.browser
OpenWindow = Callable[..., Window]
PASSWORD = "belajar-lintas-2026"
AUTHOR, MANAGER = "199108042016042001", "198207152006041001"
# Puts an image on the clipboard of a paste event, as a browser does.
PASTE = """async () => {
  const canvas = document.createElement("canvas");
  canvas.width = 60; canvas.height = 30;
  canvas.getContext("2d").fillRect(0, 0, 60, 30);
  const blob = await new Promise((done) => canvas.toBlob(done, "image/png"));
  const data = new DataTransfer();
  data.items.add(new File([blob], "image.png", { type: "image/png" }));
  const area = document.getElementById("isi-bagian");
  area.focus();
  area.dispatchEvent(new ClipboardEvent("paste", {
    clipboardData: data, bubbles: true, cancelable: true }));
}"""


def worker(open_window: OpenWindow, product: Product, number: str, **options: object) -> Visitor:
    """Return somebody of the training unit, signed in."""
    visitor = Visitor(open_window(**{"size": DESK, **options}), product)
    visitor.window.faults.allow(409)
    visitor.sign_in(number, PASSWORD)
    return visitor


def new_section(visitor: Visitor, title: str) -> str:
    """Make a topic with one section; return the address of its editor."""
    visitor.go(visitor.product.tenant("kanreg10") + "/kelola/topik/baru/")
    page = visitor.page
    page.get_by_label("Judul").fill(title)
    page.get_by_label("JP").fill("2")
    visitor.click("Buat topik", "button")
    page.get_by_label("Judul bagian baru").fill("Syarat")
    visitor.click("Tambah bagian", "button")
    expect(page.get_by_role("heading", name="Sunting bagian")).to_be_visible()
    return page.url


def state(page: Page) -> Locator:
    """Return the line that says whether the text is saved."""
    return page.locator("[data-save-state]")


def stored(product: Product, url: str) -> str:
    """Return what the database holds of the section of an editor's address."""
    slug, key = re.findall(r"/topik/([^/]+)/bagian/([^/]+)/", url)[0]
    rows = product.rows(
        "SELECT s.markdown FROM t_kanreg10.learning_section s "
        "JOIN t_kanreg10.learning_topic t ON t.draft_id = s.version_id "
        "WHERE t.slug = %s AND s.key = %s",
        slug,
        key,
    )
    return str(rows[0][0])


def test_writing_by_keyboard_alone(product: Product, open_window: OpenWindow) -> None:
    """Autosave with the server's receipt, shortcuts, toolbar by arrows, preview."""
    visitor = worker(open_window, product, AUTHOR)
    url = new_section(visitor, "Cuti besar oleh papan ketik")
    page = visitor.page
    page.get_by_label("Judul bagian").focus()
    tab_to(page, r"^BUTTON.*Tebal", most=3)
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    page.keyboard.type("Syarat umum")
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    page.keyboard.type("Enam tahun ")
    page.keyboard.press("Control+b")
    page.keyboard.type("terus-menerus")
    expect(state(page)).to_have_text(SAVED, timeout=10_000)
    expect(page.locator("[data-preview-box] h2")).to_have_text("Syarat umum")
    expect(page.locator("[data-preview-box] strong")).to_have_text("terus-menerus")
    assert stored(product, url) == "### Syarat umum\n\nEnam tahun **terus-menerus**"
    page.keyboard.press("End")
    page.keyboard.type(".")
    page.keyboard.press("Control+s")
    expect(state(page)).to_have_text(SAVED, timeout=1_500)
    assert stored(product, url).endswith("**.")


def test_two_editors_see_both_texts(product: Product, open_window: OpenWindow) -> None:
    """The later one chooses; nothing is overwritten in silence."""
    first, second = (
        worker(open_window, product, AUTHOR),
        worker(open_window, product, MANAGER),
    )
    url = new_section(first, "Cuti besar oleh dua orang")
    second.go(url)
    first.page.locator("#isi-bagian").fill("Tulisan pertama.")
    expect(state(first.page)).to_have_text(SAVED, timeout=10_000)
    second.page.locator("#isi-bagian").fill("Tulisan kedua.")
    expect(state(second.page)).to_contain_text("Komang Ayu", timeout=10_000)
    assert stored(product, url) == "Tulisan pertama."
    second.click("Bandingkan kedua tulisan", "button")
    expect(second.page.locator("#isi-saya")).to_have_value("Tulisan kedua.")
    expect(second.page.locator("#isi-itu")).to_have_value("Tulisan pertama.")
    second.page.locator("#isi-saya").fill("Tulisan pertama. Tulisan kedua.")
    second.click("Simpan tulisan di kotak ini", "button")
    expect(second.page.locator("#isi-bagian")).to_have_value("Tulisan pertama. Tulisan kedua.")
    assert stored(product, url) == "Tulisan pertama. Tulisan kedua."


def test_an_ended_session_loses_nothing(product: Product, open_window: OpenWindow) -> None:
    """The page says so and saves by itself once the person signed in in another tab."""
    visitor = worker(open_window, product, AUTHOR)
    url = new_section(visitor, "Cuti besar saat sesi berakhir")
    visitor.window.context.clear_cookies(name="lintas_sesi")
    visitor.page.locator("#isi-bagian").fill("Ditulis setelah sesi berakhir.")
    expect(state(visitor.page)).to_contain_text("Sesi Anda berakhir", timeout=10_000)
    expect(visitor.page.get_by_role("link", name="Masuk di tab baru")).to_be_visible()
    assert stored(product, url) == ""
    other = visitor.window.context.new_page()
    other.goto(product.portal + "/akun/masuk/")
    other.get_by_label("NIP atau e-mail").fill(AUTHOR)
    other.get_by_label("Kata sandi").fill(PASSWORD)
    other.get_by_role("main").get_by_role("button", name="Masuk").click()
    expect(other).to_have_url(re.compile(r"/saya/$"))
    expect(state(visitor.page)).to_have_text(SAVED, timeout=15_000)
    assert stored(product, url) == "Ditulis setelah sesi berakhir."


def test_the_device_keeps_what_the_network_lost(product: Product, open_window: OpenWindow) -> None:
    """Offline, the page closed, opened again: a banner offers the text."""
    visitor = worker(open_window, product, AUTHOR)
    url = new_section(visitor, "Cuti besar tanpa jaringan")
    visitor.window.faults.network_may_fail = True
    visitor.window.context.set_offline(True)
    visitor.page.locator("#isi-bagian").fill("Ditulis tanpa jaringan.")
    expect(state(visitor.page)).to_contain_text("Jaringan terputus", timeout=10_000)
    visitor.page.on("dialog", lambda dialog: dialog.accept())
    visitor.window.context.set_offline(False)
    page = visitor.window.context.new_page()
    page.goto(url)
    if stored(product, url) == "":
        expect(page.locator("[data-local]")).to_contain_text("belum tersimpan")
        page.get_by_role("button", name="Pakai tulisan itu").click()
        expect(state(page)).to_have_text(SAVED, timeout=10_000)
    assert stored(product, url) == "Ditulis tanpa jaringan."


def test_a_pasted_image_needs_words(product: Product, open_window: OpenWindow) -> None:
    """The dialog asks what it shows and refuses nothing said; the preview shows the image."""
    visitor = worker(open_window, product, AUTHOR, size=PHONE)
    url = new_section(visitor, "Cuti besar bergambar")
    page = visitor.page
    expect(page.get_by_role("toolbar")).to_be_visible()
    page.evaluate(PASTE)
    dialog = page.get_by_role("dialog")
    expect(dialog).to_be_visible()
    dialog.get_by_role("button", name="Sisipkan").click()
    expect(dialog.get_by_role("alert")).to_be_visible()
    page.keyboard.type("Alur permintaan cuti")
    page.keyboard.press("Enter")
    expect(page.locator("[data-preview-box] img")).to_have_attribute(
        "alt", "Alur permintaan cuti", timeout=10_000
    )
    expect(state(page)).to_have_text(SAVED, timeout=10_000)
    assert re.search(r"!\[Alur permintaan cuti\]\(/berkas/[0-9a-f-]{36}/\)", stored(product, url))
    width = page.locator("[data-preview-box] img").evaluate("image => image.naturalWidth")
    assert width == 60
    # Escape takes nothing along.
    page.evaluate(PASTE)
    expect(dialog).to_be_visible()
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    assert page.locator("#isi-bagian").input_value().count("![") == 1


def test_without_javascript(product: Product, open_window: OpenWindow) -> None:
    """The same form saves by its button; sections move by theirs."""
    visitor = worker(open_window, product, AUTHOR, javascript=False)
    url = new_section(visitor, "Cuti besar tanpa skrip")
    page = visitor.page
    expect(page.get_by_role("toolbar")).to_be_hidden()
    page.locator("#isi-bagian").fill("Tanpa skrip.")
    page.get_by_role("button", name="Simpan", exact=True).click()
    expect(page.get_by_text("Bagian tersimpan.")).to_be_visible()
    assert stored(product, url) == "Tanpa skrip."
    page.get_by_role("button", name="Simpan dan kembali").click()
    page.get_by_label("Judul bagian baru").fill("Tata cara")
    visitor.click("Tambah bagian", "button")
    visitor.go(url.split("/bagian/")[0] + "/")
    page.get_by_role("button", name="Naikkan Tata cara").click()
    expect(page.locator("ol.parts > li").first).to_contain_text("Tata cara")
