"""What a visitor does on the pages, with and without JavaScript."""

import re
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.product import Product
from tests.browser.watch import Window

SAVED = re.compile(r"^tersimpan \d\d\.\d\d\.\d\d$")
SUBMIT = "Kumpulkan"


@dataclass(frozen=True)
class Registrant:
    """Somebody who has no account yet; all of it is invented."""

    name: str
    number: str
    email: str
    agency: str
    password: str = "jalan-panjang-menuju-pagi"


class Visitor:
    """One person at one window."""

    def __init__(self, window: Window, product: Product, *, code: str = "kanreg10") -> None:
        """Take a window on a running product; the person learns at the tenant of this code."""
        self.window = window
        self.product = product
        self.code = code
        self.schema = f"t_{code}"

    @property
    def page(self) -> Page:
        """The window's page."""
        return self.window.page

    def go(self, address: str) -> None:
        """Open an address; one that starts with / is the portal's."""
        self.page.goto(self.product.portal + address if address.startswith("/") else address)

    def click(self, name: str | re.Pattern[str], role: str = "link") -> None:
        """Click what a screen reader calls by this name."""
        self.page.get_by_role(role, name=name).first.click()  # type: ignore[arg-type]

    # --- account -----------------------------------------------------------------------------

    def register(self, person: Registrant) -> None:
        """Register, coming from the portal's front page."""
        self.go("/")
        self.page.get_by_role("main").get_by_role("link", name="Daftar akun").click()
        self.page.get_by_label("NIP atau NI PPPK").fill(person.number)
        self.page.get_by_label("Nama lengkap").fill(person.name)
        self.page.get_by_label("Alamat e-mail").fill(person.email)
        self.page.get_by_label("Instansi", exact=True).fill(person.agency)
        self.page.get_by_label("Kata sandi", exact=True).fill(person.password)
        self.page.get_by_label("Ulangi kata sandi").fill(person.password)
        self.page.get_by_role("main").get_by_role("button", name="Daftar").click()
        expect(self.page).to_have_url(re.compile(r"/saya/$"))

    def sign_in(self, login: str, password: str, then: str = "/saya/") -> None:
        """Sign in on the portal and open `then` (see `go`)."""
        self.go("/akun/masuk/")
        self.page.get_by_label("NIP atau e-mail").fill(login)
        self.page.get_by_label("Kata sandi").fill(password)
        self.page.get_by_role("main").get_by_role("button", name="Masuk").click()
        expect(self.page).to_have_url(re.compile(r"/saya/$"))
        if then != "/saya/":
            self.go(then)

    # --- tests -------------------------------------------------------------------------------

    def sitting_id(self) -> str:
        """Return which sitting the open test page belongs to."""
        save = self.page.locator("#lembar").get_attribute("data-save") or ""
        return save.strip("/").split("/")[-1]

    def right_answers(self) -> dict[int, str]:
        """Read the keys of the open paper from the database: they never reach the browser."""
        rows = self.product.rows(
            f"SELECT position, key->>'right' FROM {self.schema}.sittings_paperitem "
            "WHERE sitting_id = %s",
            self.sitting_id(),
        )
        return dict(rows)

    def stored_answers(self, sitting_id: str) -> dict[int, str]:
        """Return what the database holds of a sitting: position to option."""
        rows = self.product.rows(
            f"SELECT position, answer FROM {self.schema}.sittings_paperitem "
            "WHERE sitting_id = %s AND answer <> ''",
            sitting_id,
        )
        return dict(rows)

    def choose(self, position: int, option: str) -> None:
        """Tick an option of a question."""
        self.page.locator(f"input[name='jawaban-{position}'][value='{option}']").check()

    def state_of(self, position: int) -> str:
        """Return the sentence that says whether an answer is saved."""
        return self.page.locator(f"#soal-{position} .save-state").inner_text()

    def expect_saved(self, position: int, *, within: float = 5) -> None:
        """Wait for the server's receipt of an answer: `tersimpan HH.MM.SS`, in green.

        `within` seconds; after an outage the page asks again after a pause that grows to 15 s.
        """
        state = self.page.locator(f"#soal-{position} .save-state")
        expect(state).to_have_text(SAVED, timeout=within * 1000)
        expect(state).to_have_attribute("data-state", "saved")

    def answer(self, right: int) -> None:
        """Answer the open paper, so many rightly and the rest wrongly."""
        for position, key in sorted(self.right_answers().items()):
            options = self.page.locator(f"input[name='jawaban-{position}']").all()
            values = [option.get_attribute("value") or "" for option in options]
            wrong = next(value for value in values if value != key)
            self.choose(position, key if position <= right else wrong)
            if self.window.javascript:
                self.expect_saved(position)
        if not self.window.javascript:
            self.click("Simpan", "button")
            expect(self.page.get_by_text("Jawaban tersimpan")).to_be_visible()

    def submit(self) -> None:
        """Hand the paper in and see the score."""
        self.click(SUBMIT, "button")
        expect(self.page).to_have_url(re.compile(r"/hasil/$"))
        expect(self.page.locator(".score")).to_be_visible()

    def take_test(self, right: int) -> None:
        """Start the test whose intro is open, answer it and hand it in."""
        self.click(re.compile("^Mulai (Pre|Post)-test"), "button")
        self.answer(right)
        self.submit()

    # --- topic -------------------------------------------------------------------------------

    def topic(self, slug: str, rest: str = "") -> str:
        """Return an address below a topic of the tenant."""
        return f"{self.product.tenant(self.code)}/topik/{slug}/{rest}"

    def read_all(self) -> int:
        """Tick off every section from the open one; return how many there were."""
        count = 0
        while "/baca/" in self.page.url:
            count += 1
            self.page.get_by_role("button", name=re.compile("^Selesai")).click()
        expect(self.page).to_have_url(re.compile(r"/post-test/$"))
        return count

    def reach_post_test(self, slug: str) -> None:
        """Do everything before the post-test and stop at its intro."""
        self.go(self.topic(slug))
        self.click("Mulai belajar", "button")
        self.click("Mulai Pre-test", "button")
        expect(self.page.locator("#lembar")).to_be_visible()
        # Handed in empty, which is the quickest way and asks whether that is meant.
        self.page.once("dialog", lambda dialog: dialog.accept())
        self.submit()
        self.click("Mulai membaca")
        expect(self.page).to_have_url(re.compile("/baca/"))
        self.read_all()

    def fill_survey(self, points: int = 4) -> None:
        """Answer all questions of the open survey and send it."""
        for question in self.page.locator("fieldset.question").all():
            question.locator(f"input[value='{points}']").check()
        self.click("Kirim survei", "button")
        expect(self.page).to_have_url(re.compile(r"/sertifikat/$"))

    def download(self, name: str | re.Pattern[str], folder: Path) -> Path:
        """Follow a link that answers with a file; return where it was saved."""
        with self.page.expect_download() as waiting:
            self.click(name)
        path = folder / waiting.value.suggested_filename
        waiting.value.save_as(path)
        return path
