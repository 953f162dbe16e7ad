"""A walk past the pages where topics and paths are written, and the paths' own pages."""

import io
from collections.abc import Callable, Iterator

from PIL import Image
from playwright.sync_api import expect

from tests.browser.learner import Visitor
from tests.browser.product import Product
from tests.browser.tour import BKN_UNIT, PASSWORD, SLUG, Stop
from tests.browser.watch import Window

OpenWindow = Callable[..., Window]


def public_paths(open_window: OpenWindow, product: Product) -> Iterator[Stop]:
    """What anybody sees of learning paths."""
    visitor = Visitor(open_window(), product)
    for name, address in (("jalur", "/jalur/"), ("topik", "/topik/")):
        visitor.go(product.tenant("kanreg10") + address)
        yield name, visitor.page
    visitor.click("Dasar hak dan kewajiban PNS")
    yield "jalur-satu", visitor.page
    visitor.go(product.tenant("wkmb") + "/jalur/")
    yield "jalur-kosong", visitor.page


def workshop_pages(open_window: OpenWindow, product: Product) -> Iterator[Stop]:
    """What a manager sees from the list of topics to a published version."""
    visitor = Visitor(open_window(), product)
    visitor.window.faults.allow(409, 422)
    visitor.sign_in(BKN_UNIT, PASSWORD)
    page, base = visitor.page, product.tenant("kanreg10") + "/kelola/topik/"
    visitor.go(base)
    yield "topik-daftar", page
    visitor.go(base + "impor/")
    yield "topik-impor", page
    visitor.go(base + "baru/")
    yield "topik-baru", page
    visitor.click("Buat topik", "button")
    expect(page.locator(".field-error").first).to_be_visible()
    yield "topik-baru-galat", page
    visitor.go(base + SLUG + "/")
    yield "topik-terbit", page
    visitor.click("Buat versi baru", "button")
    yield "topik-draf", page
    page.locator("ol.parts a").first.click()
    expect(page.locator("#isi-bagian")).to_be_visible()
    yield "bagian", page
    for name, address in (
        ("isian", "isian/"),
        ("berkas", "berkas/"),
        ("versi", "versi/2/"),
        ("lihat", "lihat/"),
    ):
        visitor.go(base + SLUG + "/" + address)
        yield name, page
    visitor.click("Baca dari awal")
    yield "lihat-bagian", page
    visitor.go(base + SLUG + "/berkas/")
    image = io.BytesIO()
    Image.new("RGB", (40, 20), "#0b5563").save(image, "PNG")
    page.locator("#berkas").set_input_files(
        {"name": "alur.png", "mimeType": "image/png", "buffer": image.getvalue()}
    )
    page.locator("#alt").fill("Alur permintaan cuti")
    visitor.click("Unggah", "button")
    expect(page.get_by_role("row", name="alur.png")).to_be_visible()
    yield "berkas-isi", page
    visitor.click("Hapus alur.png")
    yield "berkas-hapus", page
    visitor.go(base + SLUG + "/")
    visitor.click("Ajukan untuk ditelaah", "button")
    yield "topik-ditelaah", page
    visitor.click("Kembalikan dengan catatan", "button")
    expect(page.locator(".field-error").first).to_be_visible()
    yield "topik-tanpa-catatan", page
    for name, address in (("jalur-daftar", ""), ("jalur-baru", "baru/")):
        visitor.go(product.tenant("kanreg10") + "/kelola/jalur/" + address)
        yield name, page
