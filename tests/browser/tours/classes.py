"""The pages of classes: the workspace of provider and home unit, and what a learner sees."""

import datetime
import re
from collections.abc import Callable, Iterator

from playwright.sync_api import Page, expect

from tests.browser.learner import Visitor
from tests.browser.product import Product
from tests.browser.watch import Window

OpenWindow = Callable[..., Window]
Stop = tuple[str, Page]
PASSWORD = "belajar-lintas-2026"
MANAGER, HOME, LEARNER = "198207152006041001", "197911302004121001", "199306092018012001"
OWN, PROPOSED = "198512242010011001", "198803172011011001"
SLUG = "praktik-pensiun-2026"


def _open(visitor: Visitor, address: str) -> Page:
    visitor.go(address)
    return visitor.page


def _follow(visitor: Visitor, name: str | re.Pattern[str]) -> Page:
    """Follow a link and wait until its page is there: nothing else on it is waited for."""
    left = visitor.page.url
    visitor.click(name)
    expect(visitor.page).not_to_have_url(left)
    return visitor.page


def _moment(days: int, hour: int) -> str:
    day = datetime.datetime.now() + datetime.timedelta(days=days)
    return f"{day:%Y-%m-%d}T{hour:02d}:00"


def workspace_pages(open_window: OpenWindow, product: Product) -> Iterator[Stop]:
    """A manager makes a class from nothing, another agency proposes somebody, both look."""
    visitor = Visitor(open_window(), product)
    visitor.window.faults.allow(422)
    visitor.sign_in(MANAGER, PASSWORD)
    page = visitor.page
    base = product.tenant("kanreg10") + "/kelola/kelas/"
    yield "kelas-daftar", _open(visitor, base)
    visitor.click("Kelas baru")
    visitor.click("Simpan", "button")
    expect(page.locator(".field-error").first).to_be_visible()
    yield "kelas-galat", page
    page.get_by_label("Topik").select_option(label="Pemberhentian dengan Hormat dan Pensiun PNS")
    page.get_by_label("Nama kelas").fill("Praktik Pensiun")
    page.get_by_label("Angkatan").fill("2026")
    page.get_by_label("Memakai pre-test dan post-test").uncheck()
    page.get_by_label("Kapasitas").fill("20")
    page.get_by_label("Kuota usulan tiap instansi").fill("5")
    visitor.click("Simpan", "button")
    expect(page).to_have_url(re.compile(f"/kelola/kelas/{SLUG}/$"))
    yield "kelas-tanpa-sesi", page
    visitor.click("Tambah sesi")
    page.get_by_label("Judul sesi").fill("Studi kasus")
    page.get_by_label("Mulai").fill(_moment(0, 0))
    page.get_by_label("Selesai").fill(_moment(0, 23))
    page.get_by_label("atau nama pengajar luar 1").fill("Dr. Contoh")
    page.get_by_label("Jam mengajar 1 (JP)").fill("4")
    yield "kelas-sesi", page
    visitor.click("Simpan", "button")
    visitor.click("Buka pendaftaran", "button")
    expect(page.get_by_text("Pendaftaran kelas dibuka.")).to_be_visible()
    yield "kelas-dibuka", page
    yield "kelas-peserta-kosong", _open(visitor, f"{base}{SLUG}/peserta/")
    yield "kelas-tetapkan", _open(visitor, f"{base}{SLUG}/peserta/tetapkan/")
    yield from _proposed(open_window, product)
    _open(visitor, f"{base}{SLUG}/usulan/")
    page.get_by_label("Andi Saputra (demo)").check()
    yield "kelas-usulan", page
    visitor.click("Terima sebagai peserta", "button")
    expect(page.get_by_text("1 orang diterima")).to_be_visible()
    yield "kelas-peserta", _open(visitor, f"{base}{SLUG}/peserta/")
    _open(visitor, f"{base}{SLUG}/surat/")
    yield "surat-kosong", page
    page.get_by_label("Nomor surat").fill("800/12/2026")
    visitor.click("Terbitkan surat", "button")
    expect(page.get_by_text("Surat 800/12/2026 terbit")).to_be_visible()
    yield "surat", page
    _open(visitor, f"{base}{SLUG}/kehadiran/")
    yield "kehadiran", page
    yield "kehadiran-qr", _follow(visitor, re.compile("^Kode QR"))
    visitor.click("Buka daftar hadir")
    page.get_by_label("Andi Saputra (demo)").check()
    yield "daftar-hadir", page
    visitor.click("Simpan daftar hadir", "button")
    expect(page.get_by_text("1 ditambah")).to_be_visible()
    yield "jam-mengajar", _open(visitor, f"{base}jam-mengajar/")
    yield "kelas-batal", _open(visitor, f"{base}{SLUG}/batal/")


def _proposed(open_window: OpenWindow, product: Product) -> Iterator[Stop]:
    visitor = Visitor(open_window(), product)
    visitor.window.faults.allow(422)
    visitor.sign_in(HOME, PASSWORD)
    page = visitor.page
    base = product.tenant("rumahbelajar") + "/kelola/usulan/"
    yield "usulan-kosong", _open(visitor, base)
    yield "usulan-kelas", _follow(visitor, "Cari kelas")
    visitor.click("Praktik Pensiun (2026)")
    numbers = page.get_by_label("NIP atau NI PPPK")
    numbers.fill(OWN)
    visitor.click("Kirim usulan", "button")
    expect(page.get_by_text("1 nomor belum dapat diusulkan").first).to_be_visible()
    yield "usulan-galat", page
    expect(numbers).to_have_value(OWN)
    numbers.fill(PROPOSED)
    visitor.click("Kirim usulan", "button")
    expect(page.get_by_text("Menunggu jawaban")).to_be_visible()
    yield "usulan", page
    yield "usulan-daftar", _open(visitor, base)


def learner_pages(open_window: OpenWindow, product: Product) -> Iterator[Stop]:
    """Somebody finds a class, signs up, looks at the calendar and withdraws."""
    visitor = Visitor(open_window(), product)
    visitor.window.faults.allow(410)
    visitor.sign_in(LEARNER, PASSWORD)
    page = visitor.page
    home = product.tenant("kanreg10")
    yield "kalender-kosong", _open(visitor, "/kalender/")
    yield "kelas", _open(visitor, home + "/kelas/")
    yield "kelas-halaman", _follow(visitor, "Praktik Pensiun (2026)")
    visitor.click("Daftar kelas ini", "button")
    expect(page.get_by_text("Anda terdaftar di kelas ini.")).to_be_visible()
    yield "kelas-terdaftar", page
    yield "tatap-muka", _open(visitor, visitor.topic("pensiun-pns", "tatap-muka/"))
    _open(visitor, "/kalender/")
    visitor.click("Buat alamat kalender", "button")
    expect(page.get_by_label("Alamat kalender")).to_have_value(re.compile(r"\.ics$"))
    yield "kalender", page
    yield "hadir-kode-lama", _open(visitor, home + "/kelas/hadir/kode-lama/")
    _open(visitor, home + "/kelas/")
    visitor.click("Praktik Pensiun (2026)")
    yield "kelas-mundur", _follow(visitor, "Mundur dari kelas ini")
    visitor.click("Ya, saya mundur", "button")
    expect(page.get_by_role("button", name="Daftar kelas ini")).to_be_visible()
