"""A walk past the pages of the question bank, and a paper with every kind of question."""

import re
from collections.abc import Iterator

from playwright.sync_api import Page, expect

from tests.browser.learner import SAVED, Registrant, Visitor
from tests.browser.product import Product
from tests.browser.tour import BKN_UNIT, PASSWORD, OpenWindow, Stop

BLUEPRINT = "Contoh: semua jenis soal"
SLUG = "disiplin-pns"
LONG = "Saya mengundang keduanya, lalu pejabat yang berwenang memutuskan."


def unit(open_window: OpenWindow, product: Product, **options: object) -> Visitor:
    """Return somebody of the training unit, in the workspace."""
    visitor = Visitor(open_window(**options), product)
    visitor.window.faults.allow(422)
    visitor.sign_in(BKN_UNIT, PASSWORD)
    return visitor


def open_at(visitor: Visitor, path: str) -> Page:
    """Open a page of the workspace."""
    visitor.go(visitor.product.tenant("kanreg10") + "/kelola/" + path)
    return visitor.page


def attach(visitor: Visitor, slug: str) -> None:
    """Let a topic's pre-test follow the blueprint of the demo."""
    page = open_at(visitor, "soal/kisi-kisi/")
    page.get_by_role("link", name=BLUEPRINT).click()
    page.get_by_label("Topik").select_option(slug)
    page.get_by_label("Tes", exact=True).select_option("pre")
    page.get_by_role("button", name="Pakai untuk tes ini").click()
    expect(page.get_by_text("Kisi-kisi berlaku untuk tes")).to_be_visible()


def bank_pages(open_window: OpenWindow, product: Product) -> Iterator[Stop]:
    """The bank, its forms in good and bad states, blueprints, time, analysis."""
    visitor = unit(open_window, product)
    page = visitor.page
    yield "soal", open_at(visitor, "soal/")
    yield "soal-kosong", open_at(visitor, "soal/?kata=zzzzqqq")
    yield "soal-jenis", open_at(visitor, "soal/baru/")
    for kind in ("single", "multiple", "matching", "numerical", "essay"):
        yield f"soal-baru-{kind}", open_at(visitor, f"soal/baru/{kind}/")
    page.get_by_role("button", name="Simpan", exact=True).click()
    expect(page.get_by_text("Tulis pertanyaannya.").first).to_be_visible()
    yield "soal-galat", page
    open_at(visitor, "soal/?kata=contoh-2")
    page.get_by_role("link", name="contoh-2").click()
    yield "soal-satu", page
    page.get_by_role("link", name="Ubah", exact=True).click()
    expect(page.locator("[data-preview-box]")).to_be_visible()
    yield "soal-ubah", page
    yield "kategori", open_at(visitor, "soal/kategori/")
    page.get_by_role("link", name=re.compile("^Ubah")).first.click()
    yield "kategori-ubah", page
    yield "kisi-kisi", open_at(visitor, "soal/kisi-kisi/")
    page.get_by_role("link", name=BLUEPRINT).click()
    yield "kisi-kisi-satu", page
    yield "kisi-kisi-baru", open_at(visitor, "soal/kisi-kisi/baru/")
    yield "waktu", open_at(visitor, "soal/waktu/")
    yield "analisis", open_at(visitor, "soal/analisis/")
    page.get_by_role("main").locator("tbody a").first.click()
    yield "analisis-tes", page
    yield "esai-kosong", open_at(visitor, "esai/")


def answer_all(visitor: Visitor) -> None:
    """Answer the open paper of every kind, one way or another."""
    page = visitor.page
    for question in page.locator("fieldset.question").all():
        n = int(question.get_attribute("data-position") or 0)
        fields = question.locator(f"[name^='jawaban-{n}']")
        first = fields.first
        kind = first.evaluate("(e) => e.type")
        if kind == "radio":
            first.check()
        elif kind == "checkbox":
            first.check()
            fields.nth(1).check()
        elif kind == "select-one":
            for select in fields.all():
                select.select_option(index=1)
        elif kind == "textarea":
            first.fill(LONG)
        elif first.get_attribute("inputmode") == "decimal":
            first.fill("24,0")
        else:
            first.fill("nip")
        if visitor.window.javascript:
            first.blur()
            expect(question.locator(".save-state")).to_have_text(SAVED)


def start_paper(visitor: Visitor, person: Registrant, slug: str) -> None:
    """Register, enrol and open the paper of the pre-test."""
    visitor.register(person)
    visitor.go(visitor.topic(slug))
    visitor.click("Mulai belajar", "button")
    visitor.click("Mulai Pre-test", "button")
    expect(visitor.page.locator("#lembar")).to_be_visible()
