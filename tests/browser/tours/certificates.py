"""A walk past the pages of certificates, in the states that a training unit meets."""

import re
from collections.abc import Callable, Iterator

from playwright.sync_api import Page, expect

from tests.browser.learner import Visitor
from tests.browser.product import Product
from tests.browser.watch import Window
from toolkit import xlsx

OpenWindow = Callable[..., Window]
Stop = tuple[str, Page]
PASSWORD = "belajar-lintas-2026"
BKN_UNIT = "198207152006041001"
ROOT = "/kelola/sertifikat/"


def _open(visitor: Visitor, address: str) -> Page:
    visitor.go(address)
    return visitor.page


def _job_is_over(page: Page, product: Product) -> None:
    """Do the job that waits, as the worker of long jobs would, and see that it went well."""
    product.manage("db_worker", "--queue-name", "jobs", "--batch", "--no-startup-delay")
    # The page asks by itself and loads anew when the job is over.
    expect(page.locator("#pekerjaan[data-state=done]")).to_be_visible(timeout=20_000)


def issued_pages(open_window: OpenWindow, product: Product) -> Iterator[Stop]:
    """Issued certificates, one of them corrected and one revoked, and a whole class."""
    visitor = Visitor(open_window(), product)
    visitor.window.faults.allow(422)
    visitor.sign_in(BKN_UNIT, PASSWORD)
    page, root = visitor.page, product.tenant("kanreg10") + ROOT
    yield "sertifikat", _open(visitor, root)
    yield "sertifikat-tidak-cocok", _open(visitor, root + "?q=zzzz")
    visitor.go(root)
    page.locator("table.listing tbody a").nth(0).click()
    page.wait_for_load_state()
    yield "sertifikat-satu", page
    address = page.url
    yield "terbit-ulang", _open(visitor, address + "terbit-ulang/")
    page.get_by_role("button", name="Terbitkan ulang").click()
    expect(page.locator(".field-error").first).to_be_visible()
    yield "terbit-ulang-galat", page
    page.get_by_label("Nama", exact=True).fill("Nama Diperbaiki, S.H.")
    page.get_by_label("Alasan").fill("Gelar ditambahkan")
    page.get_by_role("button", name="Terbitkan ulang").click()
    expect(page.get_by_text("Versi 2", exact=True)).to_be_visible()
    yield "sertifikat-versi-2", page
    newest = page.url
    yield "sertifikat-diganti", _open(visitor, address)
    code = address.rstrip("/").rsplit("/", 1)[1]
    yield "periksa-diganti", _open(visitor, f"/v/{code}/")
    yield "cabut", _open(visitor, newest + "cabut/")
    page.get_by_label("Alasan").fill("Salah orang")
    page.get_by_role("button", name="Cabut sertifikat").click()
    expect(page.get_by_text("Salah orang").first).to_be_visible()
    yield "sertifikat-dicabut", page
    yield "massal", _open(visitor, root + "massal/")
    page.locator("#topik").select_option(index=1)
    page.get_by_role("button", name="Terapkan").click()
    expect(page.get_by_role("button", name="Unduh ZIP")).to_be_visible()
    yield "massal-terpilih", page
    page.get_by_role("button", name="Unduh ZIP").click()
    _job_is_over(page, product)
    yield "massal-unduhan", page


def template_pages(open_window: OpenWindow, product: Product) -> Iterator[Stop]:
    """Templates from the empty list to the archive."""
    visitor = Visitor(open_window(), product)
    visitor.window.faults.allow(422)
    visitor.sign_in(BKN_UNIT, PASSWORD)
    page, root = visitor.page, product.tenant("kanreg10") + ROOT
    yield "templat-kosong", _open(visitor, root + "templat/")
    yield "templat-baru", _open(visitor, root + "templat/baru/")
    page.get_by_label("Pola nomor").fill("{nomor:3}/{bulan_romawi}/{tahun}")
    expect(page.locator("output")).to_have_text("123/XI/2026")
    page.get_by_label("Bingkai: ragam kawung").check()
    page.get_by_label("Di bawah judul program").fill("di {rahasia}")
    page.get_by_role("button", name="Simpan templat").click()
    expect(page.locator(".field-error").first).to_be_visible()
    yield "templat-galat", page
    page.get_by_label("Di bawah judul program").fill("di {tempat}")
    page.get_by_label("Nama templat").fill("Resmi")
    page.get_by_role("button", name="Perbarui pratinjau").click()
    expect(page.locator(".cert-picture img")).to_have_count(4)
    yield "templat-pratinjau", page
    page.get_by_role("button", name="Simpan templat").click()
    expect(page.get_by_role("heading", name="Resmi")).to_be_visible()
    yield "templat-tersimpan", page
    visitor.go(root + "templat/")
    page.get_by_role("button", name="Jadikan bawaan").click()
    expect(page.locator("table .tag-ok")).to_be_visible()
    yield "templat-bawaan", page
    page.get_by_role("button", name="Arsipkan").click()
    expect(page.locator("details summary").last).to_be_visible()
    yield "templat-arsip", page


def earlier_pages(open_window: OpenWindow, product: Product) -> Iterator[Stop]:
    """Earlier certificates: uploaded, kept, verified by anybody, withdrawn."""
    visitor = Visitor(open_window(), product)
    visitor.window.faults.allow(422)
    visitor.sign_in(BKN_UNIT, PASSWORD)
    page, root = visitor.page, product.tenant("kanreg10") + ROOT
    yield "lama-kosong", _open(visitor, root + "lama/")
    yield "lama-unggah", _open(visitor, root + "lama/unggah/")
    header = ["Kode", "Nama", "Program", "JP", "Selesai"]
    rows = [["A-1/2019", "Nama Peserta", "Pelatihan Dasar", "20", "2019-03-31"],
            ["A-2/2019", "", "Pelatihan Dasar", "20", "2019-03-31"]]  # fmt: skip
    page.locator("input[type=file]").set_input_files(
        {"name": "lama.xlsx", "mimeType": xlsx.MEDIA_TYPE, "buffer": xlsx.workbook(header, rows)}
    )
    page.get_by_role("button", name="Periksa berkas").click()
    _job_is_over(page, product)
    yield "lama-diperiksa", page
    visitor.click("Simpan baris yang benar")
    expect(page.get_by_role("button", name="Simpan baris yang benar")).to_be_visible()
    yield "lama-simpan", page
    page.get_by_role("button", name="Simpan baris yang benar").click()
    _job_is_over(page, product)
    yield "lama", _open(visitor, root + "lama/")
    stranger = Visitor(open_window(), product)
    yield "periksa-lama", _open(stranger, "/v/?kode=A-1/2019")
    page.get_by_role("link", name=re.compile("^Tarik")).first.click()
    expect(page.get_by_role("button", name="Tarik")).to_be_visible()
    yield "lama-tarik", page
    page.get_by_label("Alasan").fill("Keliru")
    page.get_by_role("button", name="Tarik").click()
    expect(page.get_by_text("Ditarik").first).to_be_visible()
    yield "periksa-lama-ditarik", _open(stranger, "/v/A12019/")
