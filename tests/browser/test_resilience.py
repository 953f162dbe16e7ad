"""A test survives what happens to phones and servers: no network, two tabs, kill -9."""

import itertools
import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Dialog, expect

from tests.browser.learner import Registrant, Visitor
from tests.browser.product import Product
from tests.browser.watch import PHONE, Window

pytestmark = pytest.mark.browser
SLUG = "disiplin-pns"
OpenWindow = Callable[..., Window]
_serials = itertools.count(101)


@pytest.fixture
def person() -> Registrant:
    """Somebody new."""
    serial = next(_serials)
    return Registrant(
        name=f"Wayan Sukerta {serial}",
        number=f"199105062017011{serial:03d}",
        email=f"wayan{serial}@contoh.test",
        agency="Kemenkumham",
    )


@pytest.fixture
def learner(product: Product, open_window: OpenWindow, person: Registrant) -> Visitor:
    """The person on a phone, at the intro of the post-test."""
    visitor = Visitor(open_window(size=PHONE), product)
    visitor.register(person)
    visitor.reach_post_test(SLUG)
    visitor.click("Mulai Post-test", "button")
    expect(visitor.page.locator(".palette a")).to_have_count(10)
    return visitor


def option(visitor: Visitor, position: int, index: int) -> str:
    """Return the value of one option of a question."""
    chosen = visitor.page.locator(f"input[name='jawaban-{position}']").nth(index)
    return chosen.get_attribute("value") or ""


def test_answers_wait_for_the_network(learner: Visitor) -> None:
    """Without network an answer says so; back online it is saved without a further click."""
    sitting = learner.sitting_id()
    learner.choose(1, option(learner, 1, 0))
    learner.expect_saved(1)
    learner.window.faults.network_may_fail = True
    learner.window.context.set_offline(True)
    first, second = option(learner, 2, 1), option(learner, 2, 2)
    learner.choose(2, first)
    learner.choose(3, option(learner, 3, 1))
    for position in (2, 3):
        state = learner.page.locator(f"#soal-{position} .save-state")
        expect(state).to_have_attribute("data-state", "offline")
        expect(state).to_contain_text("belum tersimpan")
    learner.choose(2, second)
    assert set(learner.stored_answers(sitting)) == {1}
    said: list[str] = []

    def hear(dialog: Dialog) -> None:
        said.append(dialog.message)
        dialog.accept()

    # Handing in now would end on the browser's error page: the page says so and stays.
    learner.page.once("dialog", hear)
    learner.click("Kumpulkan", "button")
    assert "Jaringan sedang putus" in said[0]
    assert learner.page.url.endswith("/post-test/")
    learner.window.context.set_offline(False)
    learner.expect_saved(2)
    learner.expect_saved(3)
    assert learner.stored_answers(sitting)[2] == second
    assert set(learner.stored_answers(sitting)) == {1, 2, 3}


def test_resumes_on_another_device(
    learner: Visitor, product: Product, open_window: OpenWindow, person: Registrant
) -> None:
    """A second device shows the same paper with the answers, and leads to the first empty one."""
    chosen = {position: option(learner, position, position % 4) for position in (1, 2, 3)}
    for position, value in chosen.items():
        learner.choose(position, value)
        learner.expect_saved(position)
    other = Visitor(open_window(), product)
    other.sign_in(person.email, person.password)
    other.page.get_by_role("main").get_by_role("link", name=re.compile("Lanjutkan")).first.click()
    expect(other.page).to_have_url(re.compile("/post-test/$"))
    assert other.sitting_id() == learner.sitting_id()
    for position, value in chosen.items():
        box = other.page.locator(f"input[name='jawaban-{position}'][value='{value}']")
        expect(box).to_be_checked()
        expect(other.page.locator(f"#soal-{position} .save-state")).to_contain_text("tersimpan")
    other.click("Lanjutkan dari soal 4")
    expect(other.page.locator("#soal-4")).to_be_in_viewport()


def test_two_tabs(learner: Visitor) -> None:
    """A tab that was overtaken shows what is stored; handing in from both gives one result."""
    newer = learner.window.context.new_page()
    newer.goto(learner.page.url)
    mine, theirs = option(learner, 1, 0), option(learner, 1, 1)
    newer.locator(f"input[name='jawaban-1'][value='{theirs}']").check()
    expect(newer.locator("#soal-1 .save-state")).to_have_attribute("data-state", "saved")
    learner.window.faults.allow(409)
    # A click and not `choose`: the tick may be taken back before that could see it.
    learner.page.locator(f"input[name='jawaban-1'][value='{mine}']").click()
    state = learner.page.locator("#soal-1 .save-state")
    expect(state).to_have_attribute("data-state", "error")
    expect(learner.page.locator(f"input[name='jawaban-1'][value='{theirs}']")).to_be_checked()
    # The choice is the person's: once more, now against what is stored.
    learner.choose(1, mine)
    learner.expect_saved(1)
    assert learner.stored_answers(learner.sitting_id())[1] == mine
    sitting = learner.sitting_id()

    def agree(dialog: Dialog) -> None:
        dialog.accept()

    for page in (learner.page, newer):
        page.on("dialog", agree)
        page.get_by_role("button", name="Kumpulkan").click()
        expect(page).to_have_url(re.compile("/hasil/$"))
    rows = learner.product.rows(
        "SELECT state, count(*) FROM t_kanreg10.sittings_sitting WHERE id = %s GROUP BY state",
        sitting,
    )
    assert rows == [("submitted", 1)]
    attempts = learner.product.rows(
        "SELECT count(*) FROM t_kanreg10.sittings_sitting s JOIN t_kanreg10.sittings_sitting t "
        "USING (member_id, subject_uuid, purpose) WHERE t.id = %s",
        sitting,
    )
    assert attempts == [(1,)]


def test_signed_out_in_between(learner: Visitor, person: Registrant) -> None:
    """When the session ends, an answer says so and is sent after signing in in another tab."""
    sitting = learner.sitting_id()
    learner.window.faults.allow(403)
    learner.window.context.clear_cookies(name="lintas_sesi")
    learner.choose(1, option(learner, 1, 0))
    state = learner.page.locator("#soal-1 .save-state")
    expect(state).to_contain_text("masuk lagi")
    assert learner.stored_answers(sitting) == {}
    tab = learner.window.context.new_page()
    tab.goto(learner.product.portal + "/akun/masuk/")
    tab.get_by_label("NIP atau e-mail").fill(person.number)
    tab.get_by_label("Kata sandi").fill(person.password)
    tab.get_by_role("main").get_by_role("button", name="Masuk").click()
    expect(tab).to_have_url(re.compile("/saya/$"))
    learner.expect_saved(1)
    assert set(learner.stored_answers(sitting)) == {1}


def test_no_green_answer_is_lost_by_kill_9(learner: Visitor, product: Product) -> None:
    """All of gunicorn is killed while answers are on their way; what was green is stored."""
    sitting = learner.sitting_id()
    learner.window.faults.network_may_fail = True
    learner.window.faults.allow(502, 503)
    chosen: dict[int, str] = {}
    for position in range(1, 11):
        chosen[position] = option(learner, position, position % 3)
        learner.choose(position, chosen[position])
        if position in (4, 7):
            # No waiting: the kill falls into the saving.
            product.kill()
            green = [n for n in chosen if learner.state_of(n).startswith("tersimpan")]
            stored = learner.stored_answers(sitting)
            assert {n: stored.get(n) for n in green} == {n: chosen[n] for n in green}
            product.start()
    for position in chosen:
        learner.expect_saved(position)
    assert learner.stored_answers(sitting) == chosen
    learner.submit()
