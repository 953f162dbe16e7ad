"""The pages of the tenant itself, of the inbox, and what is public of a tenant."""

from collections.abc import Callable, Iterator

from playwright.sync_api import Page, expect

from tests.browser.learner import Visitor
from tests.browser.product import Product
from tests.browser.watch import Window

OpenWindow = Callable[..., Window]
Stop = tuple[str, Page]
PASSWORD = "belajar-lintas-2026"
COLLEAGUE = "198512242010011001"
MANAGER, OTHER_MANAGER = "198207152006041001", "197911302004121001"


def _open(visitor: Visitor, address: str) -> Page:
    visitor.go(address)
    return visitor.page


def empty_pages(open_window: OpenWindow, product: Product) -> Iterator[Stop]:
    """What a manager sees before anything was done."""
    visitor = Visitor(open_window(), product)
    visitor.sign_in(OTHER_MANAGER, PASSWORD)
    home = product.tenant("rumahbelajar")
    yield "pemberitahuan-kosong", _open(visitor, "/saya/pemberitahuan/")
    yield "struktur-kosong", _open(visitor, home + "/kelola/struktur/")
    yield "pengumuman-kosong", _open(visitor, home + "/kelola/pengumuman/")
    yield "tentang-kosong", _open(visitor, home + "/tentang/")


def administration_pages(open_window: OpenWindow, product: Product) -> Iterator[Stop]:
    """What a manager sees while looking after the tenant."""
    visitor = Visitor(open_window(), product)
    visitor.window.faults.allow(422)
    visitor.sign_in(MANAGER, PASSWORD)
    page = visitor.page
    home = product.tenant("kanreg10")
    yield "pemberitahuan-awal", _open(visitor, "/saya/pemberitahuan/")
    yield "pemberitahuan-setelan", _open(visitor, "/saya/pemberitahuan/setelan/")
    yield "peran", _open(visitor, home + "/kelola/peran/")
    visitor.click("Beri peran")
    page.get_by_label("NIP atau e-mail").fill("199001012015042999")
    page.get_by_label("Penelaah").check()
    visitor.click("Lanjut", "button")
    expect(page.locator(".field-error").first).to_be_visible()
    yield "peran-galat", page
    page.get_by_label("NIP atau e-mail").fill(COLLEAGUE)
    visitor.click("Lanjut", "button")
    expect(page.get_by_role("heading", name="Sudah benar?")).to_be_visible()
    yield "peran-periksa", page
    visitor.click("Beri peran", "button")
    expect(page.get_by_text("sekarang memegang peran Penelaah")).to_be_visible()
    yield "peran-diberi", page
    page.get_by_role("link", name="Cabut").last.click()
    yield "peran-cabut", page
    yield "pemberitahuan", _open(visitor, "/saya/pemberitahuan/")
    yield "profil", _open(visitor, home + "/kelola/profil/")
    yield "tampilan", _open(visitor, home + "/kelola/profil/tampilan/")
    page.get_by_label("Warna").fill("#ffe600")
    visitor.click("Pratinjau", "button")
    expect(page.get_by_text("Warna akan disimpan sebagai")).to_be_visible()
    yield "tampilan-pratinjau", page
    yield "struktur-awal", _open(visitor, home + "/kelola/struktur/")
    visitor.click("Tambah kedudukan")
    page.get_by_label("Nama", exact=False).first.fill("Contoh Pengarah")
    yield "struktur-isian", page
    visitor.click("Simpan", "button")
    yield "struktur", page
    yield "pengumuman-awal", _open(visitor, home + "/kelola/pengumuman/")
    visitor.click("Tulis pengumuman")
    page.get_by_label("Judul").fill("Jadwal pelatihan Desember")
    page.get_by_label("Isi").fill("Pendaftaran dibuka **1 Desember**.")
    page.get_by_label("Semua orang, di beranda").check()
    yield "pengumuman-isian", page
    visitor.click("Simpan", "button")
    expect(page.get_by_label("Salin ke grup mana pun")).to_be_visible()
    yield "pengumuman-satu", page
    visitor.click("Lihat sebagai pembaca")
    yield "pengumuman-halaman", page
    yield "pengumuman", _open(visitor, home + "/kelola/pengumuman/")
    yield "jejak", _open(visitor, home + "/kelola/jejak/")
    yield "jejak-kosong", _open(visitor, home + "/kelola/jejak/?orang=tidak.ada%40contoh.test")
    yield "penyusun", _open(visitor, home + "/kelola/topik/cuti-pns/penulis/")
    yield "tentang", _open(visitor, home + "/tentang/")
    yield "penyewa-beranda-pengumuman", _open(visitor, home + "/")
    yield "penyelenggara", _open(visitor, "/i/kanreg10/")
