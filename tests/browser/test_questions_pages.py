"""Papers with every kind of question on a phone, with and without JavaScript; the bank by axe."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.learner import Registrant, Visitor
from tests.browser.product import Product
from tests.browser.test_accessibility import VENDOR, violations
from tests.browser.tours import questions as tour
from tests.browser.watch import PHONE, Window

pytestmark = pytest.mark.browser
OpenWindow = Callable[..., Window]


def axe() -> str:
    """Return axe-core."""
    return Path(VENDOR / "axe-core" / "axe.min.js").read_text(encoding="utf-8")


def test_axe_finds_nothing_in_the_bank(product: Product, open_window: OpenWindow) -> None:
    """Every page of the bank, on a phone and at a desk, light and dark."""
    found = [
        f"{name} ({page.url}) {text}"
        for name, page in tour.bank_pages(open_window, product)
        for text in violations(page, axe())
    ]
    assert found == [], "\n".join(found)


@pytest.mark.parametrize("javascript", [True, False])
def test_a_paper_with_every_kind(
    product: Product, open_window: OpenWindow, javascript: bool
) -> None:
    """Answered on a phone, handed in, waiting for the marker; marked, the result is there."""
    unit = tour.unit(open_window, product)
    tour.attach(unit, tour.SLUG)
    visitor = Visitor(open_window(size=PHONE, javascript=javascript), product)
    number = "19910101201503177" + ("1" if javascript else "2")
    person = Registrant("Wayan Tes", number, f"tes{number}@contoh.test", "Kemenkumham")
    tour.start_paper(visitor, person, tour.SLUG)
    page = visitor.page
    expect(page.locator("fieldset.question")).to_have_count(8)
    wide = page.evaluate("document.documentElement.scrollWidth")
    assert wide <= PHONE[0], wide
    tour.answer_all(visitor)
    if javascript:
        expect(page.locator("[data-count]")).to_have_text("8")
        expect(page.locator("[data-timer]").first).to_have_text(re.compile(r"^(29|30)\.\d\d$"))
        assert violations(page, axe()) == []
        page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
        page.reload()
        expect(page.locator("textarea")).to_have_value(tour.LONG)
        expect(page.locator("[data-count]")).to_have_text("8")
    else:
        visitor.click("Simpan", "button")
        expect(page.get_by_text("Jawaban tersimpan")).to_be_visible()
        expect(page.locator("textarea")).to_have_value(tour.LONG)
    visitor.click("Kumpulkan", "button")
    expect(page.get_by_role("heading", name="Menunggu penilaian")).to_be_visible()
    tour.open_at(unit, "esai/")
    unit.page.get_by_role("link", name=re.compile("^Peserta ")).first.click()
    if javascript:
        assert violations(unit.page, axe()) == []
    unit.page.get_by_label("Alur berpikir runtut").fill("3")
    unit.page.get_by_label("Dasar hukum tepat").fill("5")
    unit.page.get_by_role("button", name="Simpan, lalu berikutnya").click()
    expect(unit.page.get_by_text("Tidak ada esai yang menunggu")).to_be_visible()
    page.reload()
    expect(page.locator(".score")).to_be_visible()


def test_time_runs_out(product: Product, open_window: OpenWindow) -> None:
    """The page warns, hands in by itself at the end, and what was written is counted."""
    unit = tour.unit(open_window, product)
    tour.attach(unit, "kenaikan-pangkat")
    visitor = Visitor(open_window(size=PHONE), product)
    person = Registrant("Made Waktu", "199101012015031773", "waktu@contoh.test", "Kemenkumham")
    tour.start_paper(visitor, person, "kenaikan-pangkat")
    page = visitor.page
    product.rows(
        "UPDATE t_kanreg10.sittings_sitting SET deadline = now() + interval '12 seconds' "
        "WHERE id = %s RETURNING 1",
        visitor.sitting_id(),
    )
    page.reload()
    expect(page.locator("[data-time-warning]")).to_contain_text("Sisa waktu 1 menit.")
    box = page.locator("fieldset.question", has=page.locator("input[inputmode=text]"))
    box.locator("input[type=text]").fill("NIP")
    expect(page).to_have_url(re.compile("/hasil/$"), timeout=20_000)
    rows = product.rows(
        "SELECT answer FROM t_kanreg10.sittings_paperitem WHERE sitting_id = "
        "(SELECT id FROM t_kanreg10.sittings_sitting ORDER BY started_at DESC LIMIT 1) "
        "AND kind = 'short'"
    )
    assert [row[0] for row in rows] == ["NIP"]
