"""A walk past importing and exporting questions, by a training unit."""

from collections.abc import Callable, Iterator

from playwright.sync_api import Page, expect

from tests.browser.learner import Visitor
from tests.browser.product import Product
from tests.browser.tour import BKN_UNIT, PASSWORD
from tests.browser.watch import Window

OpenWindow = Callable[..., Window]
Stop = tuple[str, Page]
GIFT = """$CATEGORY: Contoh impor/Cuti

::impor-01::Berapa lama **cuti tahunan** PNS? {
=12 hari kerja#Tepat.
~6 hari kerja
~24 hari kerja
####PP 11/2017 menyebut 12 hari kerja.
}

::impor-02::Jodohkan cuti dengan lamanya. {
=Cuti tahunan -> 12 hari kerja
=Cuti besar -> 3 bulan
= -> 1 tahun
}

::impor-03::Nilai pi? {#3,14}

::impor-04::Ceritakan pengalaman Anda melayani. {}

Bacalah teks berikut untuk tiga soal di atas.
"""


def work(product: Product) -> None:
    """Do the jobs that wait, as the worker of long jobs would."""
    product.manage("db_worker", "--queue-name", "jobs", "--batch", "--no-startup-delay")


def file_pages(open_window: OpenWindow, product: Product) -> Iterator[Stop]:
    """From an empty form to questions in the bank, and out again."""
    visitor = Visitor(open_window(), product)
    visitor.window.faults.allow(422)
    visitor.sign_in(BKN_UNIT, PASSWORD)
    page = visitor.page
    home = product.tenant("kanreg10") + "/kelola/soal"
    visitor.go(f"{home}/impor/")
    yield "impor-soal", page
    visitor.click("Periksa berkas", "button")
    expect(page.get_by_text("Pilih berkas atau tempel teksnya.").first).to_be_visible()
    yield "impor-soal-galat", page
    page.get_by_label("Berkas", exact=False).first.set_input_files(
        files=[{"name": "cuti.gift", "mimeType": "text/plain", "buffer": GIFT.encode()}]
    )
    visitor.click("Periksa berkas", "button")
    yield "impor-soal-menunggu", page
    work(product)
    page.reload()
    expect(page.get_by_role("link", name="Lihat hasil pemeriksaan")).to_be_visible()
    yield "impor-soal-pekerjaan", page
    visitor.click("Lihat hasil pemeriksaan")
    expect(page.get_by_role("button", name="Impor 3 soal yang baik")).to_be_visible()
    yield "impor-soal-hasil", page
    visitor.click("impor-02")
    yield "impor-soal-pratinjau", page
    visitor.click("Berikutnya")
    yield "impor-soal-pratinjau-salah", page
    page.go_back()
    page.go_back()
    page.get_by_role("button", name="Impor 3 soal yang baik").click()
    work(product)
    page.reload()
    expect(page.get_by_role("link", name="Lihat hasil impor")).to_be_visible()
    visitor.click("Lihat hasil impor")
    expect(page.get_by_text("Sudah diimpor")).to_be_visible()
    yield "impor-soal-selesai", page
    visitor.go(f"{home}/ekspor/")
    yield "ekspor-soal", page
    page.get_by_label("Moodle XML", exact=False).check()
    visitor.click("Buat berkas", "button")
    work(product)
    page.reload()
    expect(page.get_by_role("link", name="soal.xml")).to_be_visible()
    yield "ekspor-soal-selesai", page
