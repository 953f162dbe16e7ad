"""A walk past the register of regulations, its editing, and the work list of citations."""

from collections.abc import Callable, Iterator

from playwright.sync_api import Page, expect

from tests.browser.learner import Visitor
from tests.browser.product import Product
from tests.browser.watch import Window

OpenWindow = Callable[..., Window]
Stop = tuple[str, Page]
PASSWORD = "belajar-lintas-2026"
MANAGER, OTHER_MANAGER, LAN = "198207152006041001", "197911302004121001", "197602142001122001"


def _open(visitor: Visitor, address: str) -> Page:
    visitor.go(address)
    return visitor.page


def public_pages(open_window: OpenWindow, product: Product) -> Iterator[Stop]:
    """What anybody sees of the register, on the portal and on a tenant."""
    visitor = Visitor(open_window(), product)
    visitor.window.faults.allow(404)
    yield "regulasi", _open(visitor, "/regulasi/")
    yield "regulasi-kosong", _open(visitor, "/regulasi/?q=tidakada")
    yield "regulasi-satu", _open(visitor, "/regulasi/?q=pp+11+2017")
    yield "regulasi-penyewa", _open(visitor, product.tenant("kanreg10") + "/regulasi/pp-94-2021/")


def working_pages(open_window: OpenWindow, product: Product) -> Iterator[Stop]:
    """LAN revokes a regulation; a tenant sees banner and work list."""
    lan = Visitor(open_window(), product)
    lan.window.faults.allow(422)
    lan.sign_in(LAN, PASSWORD)
    yield "lan-regulasi", _open(lan, "/lan/regulasi/")
    revoke(lan, "UU 27/2022")
    yield "lan-regulasi-satu", lan.page
    lan.click("Catat", "button")
    expect(lan.page.locator(".field-error").first).to_be_visible()
    yield "lan-regulasi-galat", lan.page
    lan.page.get_by_role("link", name="Periksa atau hapus").first.click()
    yield "lan-hubungan", lan.page
    visitor = Visitor(open_window(), product)
    visitor.sign_in(MANAGER, PASSWORD)
    home = product.tenant("kanreg10")
    yield "materi-diperiksa", _open(visitor, home + "/topik/manajemen-talenta/")
    yield "rujukan", _open(visitor, home + "/kelola/rujukan/")
    yield "peraturan-lokal", _open(visitor, home + "/kelola/regulasi/")
    yield "peraturan-lokal-baru", _open(visitor, home + "/kelola/regulasi/baru/")


def revoke(lan: Visitor, target: str) -> None:
    """Let LAN add a regulation that revokes another."""
    lan.go("/lan/regulasi/baru/")
    page = lan.page
    page.get_by_label("Jenis").select_option("uu")
    page.get_by_label("Nomor").fill("3")
    page.get_by_label("Tahun").fill("2026")
    page.get_by_label("Tentang").fill("Contoh undang-undang pengganti")
    page.get_by_label("Status").select_option("in_force")
    lan.click("Simpan", "button")
    page.get_by_label("Peraturan ini").select_option("revokes")
    page.get_by_label("Peraturan", exact=True).fill(target)
    page.get_by_label("Sudah saya cocokkan dengan naskahnya").check()
    lan.click("Catat", "button")
    expect(page.get_by_text(f"mencabut {target}").first).to_be_visible()
