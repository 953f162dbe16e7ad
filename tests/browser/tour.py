"""A walk past every page of the product, in the states that people meet."""

import re
from collections.abc import Callable, Iterator

from playwright.sync_api import Page, expect

from tests.browser.learner import Registrant, Visitor
from tests.browser.product import Product
from tests.browser.watch import Window

OpenWindow = Callable[..., Window]
Stop = tuple[str, Page]
PASSWORD = "belajar-lintas-2026"
LEARNER, LAN, UNIT = "198803172011011001", "197602142001122001", "197911302004121001"
BKN_UNIT = "198207152006041001"
SLUG = "cuti-pns"
NEWCOMER = Registrant(
    name="Ketut Ariani, S.Sos.",
    number="199210112018032777",
    email="ketut777@contoh.test",
    agency="Kemenkumham",
)


def _at(visitor: Visitor, address: str) -> Page:
    """Wait for the page whose address matches."""
    expect(visitor.page).to_have_url(re.compile(address))
    visitor.page.wait_for_load_state()
    return visitor.page


def _open(visitor: Visitor, address: str) -> Page:
    visitor.go(address)
    return visitor.page


def public_pages(open_window: OpenWindow, product: Product) -> Iterator[Stop]:
    """What anybody sees."""
    visitor = Visitor(open_window(), product)
    visitor.window.faults.allow(404, 422)
    tenant = product.tenant("kanreg10")
    for name, address in (
        ("beranda", "/"),
        ("katalog", "/katalog/"),
        ("katalog-cari", "/katalog/?q=disiplin"),
        ("katalog-kosong", "/katalog/?q=zzzzqqq"),
        ("penyelenggara", "/i/kanreg10/"),
        ("masuk", "/akun/masuk/"),
        ("sandi-lupa", "/akun/sandi/lupa/"),
        ("periksa", "/v/"),
        ("periksa-tidak-dikenal", "/v/ABCDEFGHJKLM/"),
        ("tidak-ada", "/tidak-ada/"),
        ("penyewa-beranda", tenant + "/"),
        ("penyewa-topik", tenant + "/topik/"),
        ("topik-tamu", visitor.topic(SLUG)),
        ("penyewa-tidak-ada", tenant + "/tidak-ada/"),
    ):
        yield name, _open(visitor, address)
    main = visitor.page.get_by_role("main")
    visitor.go("/akun/masuk/")
    visitor.page.get_by_label("NIP atau e-mail").fill("199003122015042001")
    visitor.page.get_by_label("Kata sandi").fill("salah-sekali-ini")
    main.get_by_role("button", name="Masuk").click()
    expect(main.get_by_role("alert")).to_be_visible()
    yield "masuk-galat", _at(visitor, "/akun/masuk/")
    yield "daftar", _open(visitor, "/akun/daftar/")
    visitor.page.get_by_label("NIP atau NI PPPK").fill("123")
    visitor.page.get_by_label("Instansi", exact=True).fill("Badung")
    main.get_by_role("button", name="Daftar").click()
    expect(visitor.page.locator(".field-error").first).to_be_visible()
    yield "daftar-galat", _at(visitor, "/akun/daftar/")


def learner_pages(open_window: OpenWindow, product: Product) -> Iterator[Stop]:
    """What somebody new sees on the way to a certificate, with one failed post-test."""
    visitor = Visitor(open_window(), product)
    visitor.window.faults.allow(422)
    page = visitor.page
    visitor.register(NEWCOMER)
    yield "saya-kosong", _at(visitor, "/saya/")
    yield "akun", _open(visitor, "/akun/")
    yield "akun-identitas", _open(visitor, "/akun/identitas/")
    yield "topik", _open(visitor, visitor.topic(SLUG))
    visitor.click("Mulai belajar", "button")
    yield "pre-test-mulai", _at(visitor, "/pre-test/")
    visitor.click("Mulai Pre-test", "button")
    expect(page.locator("#lembar")).to_be_visible()
    visitor.answer(right=4)
    page.locator("#soal-2").get_by_label("Ragu-ragu").check()
    visitor.expect_saved(2)
    yield "pre-test", page
    visitor.submit()
    yield "pre-test-hasil", _at(visitor, "/pre-test/hasil/")
    visitor.click("Mulai membaca")
    yield "bagian", _at(visitor, "/baca/")
    visitor.read_all()
    yield "post-test-mulai", _at(visitor, "/post-test/")
    yield "saya-lanjut", _open(visitor, "/saya/")
    yield "beranda-masuk", _open(visitor, "/")
    visitor.go(visitor.topic(SLUG, "post-test/"))
    visitor.take_test(right=5)
    yield "post-test-gagal", _at(visitor, "/post-test/hasil/")
    visitor.go(visitor.topic(SLUG, "post-test/"))
    yield "post-test-ulang", page
    if page.get_by_role("button", name="Mulai Post-test").count() == 0:
        product.rows(
            "UPDATE t_kanreg10.learning_enrolment SET failed_at = failed_at - interval '30 days' "
            "WHERE failed_at IS NOT NULL RETURNING 1"
        )
        page.reload()
    visitor.take_test(right=9)
    yield "post-test-lulus", _at(visitor, "/post-test/hasil/")
    visitor.click("Isi survei")
    yield "survei", _at(visitor, "/survei/")
    page.locator("fieldset.question").first.locator("input").nth(2).check()
    visitor.click("Kirim survei", "button")
    expect(page.get_by_role("alert")).to_be_visible()
    yield "survei-galat", page
    visitor.fill_survey()
    yield "sertifikat", _at(visitor, "/sertifikat/")
    code = page.get_by_role("link", name=re.compile(r"^[0-9A-Z-]{6,}$")).first.inner_text()
    yield "saya", _open(visitor, "/saya/")
    yield "topik-selesai", _open(visitor, visitor.topic(SLUG))
    stranger = Visitor(open_window(), product)
    yield "periksa-kode", _open(stranger, f"/v/{code}/")
    stranger.page.locator("input[type=file]").set_input_files(
        {"name": "lain.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.4 lain"}
    )
    expect(stranger.page.get_by_text("Berkas ini bukan dari kami")).to_be_visible()
    yield "periksa-berkas", stranger.page


def staff_pages(open_window: OpenWindow, product: Product) -> Iterator[Stop]:
    """What LAN, two training units and a person with a year of learning see."""
    lan = Visitor(open_window(), product)
    lan.sign_in(LAN, PASSWORD)
    yield "lan", _open(lan, "/lan/")
    yield "lan-kosong", _open(lan, "/lan/?q=zzzz")
    unit = Visitor(open_window(), product)
    unit.sign_in(UNIT, PASSWORD)
    home = product.tenant("rumahbelajar")
    yield "kelola-rumahbelajar", _open(unit, home + "/kelola/")
    yield "identitas", _open(unit, home + "/kelola/identitas/")
    unit.click(re.compile("^Tolak"))
    yield "identitas-tolak", _at(unit, "/tolak/")
    bkn = Visitor(open_window(), product)
    bkn.sign_in(BKN_UNIT, PASSWORD)
    workspace = product.tenant("kanreg10") + "/kelola/"
    yield "kelola", _open(bkn, workspace)
    yield "peserta", _open(bkn, workspace + f"peserta/?topik={SLUG}")
    yield "peserta-kosong", _open(bkn, workspace + "peserta/?tahap=post_test")
    yield "identitas-kosong", _open(bkn, workspace + "identitas/?status=menunggu")
    person = Visitor(open_window(), product)
    person.sign_in(LEARNER, PASSWORD)
    yield "saya-penuh", _at(person, "/saya/")
