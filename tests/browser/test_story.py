"""The whole story in a browser: registration, learning, certificate, LAN, verification."""

import base64
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import expect
from pypdf import PdfReader

from tests.browser.learner import Registrant, Visitor
from tests.browser.product import Product
from tests.browser.watch import DESK, PHONE, Window

pytestmark = pytest.mark.browser
PASSWORD = "belajar-lintas-2026"
LAN, UNIT = "197602142001122001", "197911302004121001"
AGENCY = "Kementerian Hukum dan Hak Asasi Manusia"
SLUG = "cuti-pns"
OpenWindow = Callable[..., Window]
# Puts a file on the element as a drag from the file manager does.
DROP = """(box, [name, data]) => {
  const bytes = Uint8Array.from(atob(data), (letter) => letter.charCodeAt(0));
  const dragged = new DataTransfer();
  dragged.items.add(new File([bytes], name, { type: "application/pdf" }));
  const how = { dataTransfer: dragged, bubbles: true, cancelable: true };
  box.dispatchEvent(new DragEvent("drop", how));
}"""


def fits(visitor: Visitor, address: str) -> None:
    """Wait for the page whose address ends so; check that it needs no scrolling sideways."""
    expect(visitor.page).to_have_url(re.compile(rf"{address}$"))
    visitor.page.wait_for_load_state()
    wide = visitor.page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    assert wide <= 0, f"{visitor.page.url} is {wide} px too wide"


class Figures(dict[str, tuple[int, int]]):
    """LAN's row of the agency: column to (confirmed, declared)."""

    @classmethod
    def read(cls, lan: Visitor) -> "Figures":
        """Read the row from LAN's page."""
        lan.go("/lan/")
        row = lan.page.get_by_role("row").filter(has=lan.page.get_by_role("rowheader", name=AGENCY))
        found = cls()
        for cell in row.locator("td").all():
            numbers = [int(n) for n in re.findall(r"\d+", cell.inner_text())]
            label = cell.get_attribute("data-label") or ""
            if numbers:
                found[label] = (numbers[0], numbers[1] if len(numbers) > 1 else 0)
        return found

    def gained(self, before: "Figures", label: str) -> tuple[int, int]:
        """Return what was added in a column: confirmed and declared."""
        return self[label][0] - before[label][0], self[label][1] - before[label][1]


def find_topic(learner: Visitor) -> None:
    """Search the shared catalogue from the front page and open the topic at its provider."""
    learner.go("/")
    fits(learner, "/")
    learner.page.get_by_role("searchbox").fill("hak cuti PNS")
    learner.page.get_by_role("button", name="Cari").click()
    fits(learner, r"/katalog/\?q=.*")
    learner.page.get_by_role("main").get_by_role("link", name=re.compile("^Cuti")).first.click()
    fits(learner, learner.topic(SLUG))


def pre_test(learner: Visitor) -> None:
    """Take the pre-test with three right answers, flagging one as doubtful on the way."""
    page = learner.page
    learner.click("Mulai belajar", "button")
    learner.click("Mulai Pre-test", "button")
    palette = page.locator(".palette a")
    expect(palette).to_have_count(10)
    assert {link.get_attribute("data-state") for link in palette.all()} == {"empty"}
    fits(learner, "/pre-test/")
    learner.answer(right=3)
    page.locator("#soal-4").get_by_label("Ragu-ragu").check()
    if learner.window.javascript:
        learner.expect_saved(4)
    else:
        learner.click("Simpan", "button")
    expect(palette.nth(3)).to_have_attribute("data-flag", "")
    assert {link.get_attribute("data-state") for link in palette.all()} == {"answered"}
    learner.submit()
    assert page.locator(".score").inner_text().startswith("30")
    fits(learner, "/pre-test/hasil/")


def learn(learner: Visitor) -> None:
    """Read every section, pass the post-test and send the survey."""
    page = learner.page
    learner.click("Mulai membaca")
    fits(learner, r"/baca/[a-z0-9-]+/")
    first = page.url
    learner.click("Selesai dan lanjutkan", "button")
    expect(page).not_to_have_url(first)
    left = page.url
    # Away and back: "my learning" leads to the section where the reader stopped.
    learner.go("/saya/")
    page.get_by_role("main").get_by_role("link", name=re.compile("^Lanjutkan")).first.click()
    expect(page).to_have_url(left)
    assert learner.read_all() >= 4
    learner.take_test(right=8)
    assert page.locator(".score").inner_text().startswith("80")
    expect(page.get_by_text("+50")).to_be_visible()
    fits(learner, "/post-test/hasil/")
    learner.click("Isi survei")
    fits(learner, "/survei/")
    learner.fill_survey()
    fits(learner, "/sertifikat/")


def check_certificate(learner: Visitor, person: Registrant, folder: Path) -> tuple[Path, str]:
    """Download the certificate and read it; return the file and its code."""
    code = learner.page.get_by_role("link", name=re.compile(r"^[0-9A-Z]{4,}")).first.inner_text()
    path = learner.download(re.compile("Unduh sertifikat"), folder)
    reader = PdfReader(path)
    assert len(reader.pages) == 2
    first, second = (re.sub(r"\s+", " ", page.extract_text()) for page in reader.pages)
    for text in (person.name, AGENCY, "2 (dua) JP", code):
        assert text in first, text
    assert "Jumlah" in second or "Kurikulum" in second or "KURIKULUM" in second
    assert path.stat().st_size < 120_000
    return path, code


def confirm(unit: Visitor, person: Registrant) -> None:
    """Let the agency's training unit confirm the person, coming from what waits for it."""
    unit.sign_in(UNIT, PASSWORD, then=unit.product.tenant("rumahbelajar") + "/kelola/")
    unit.click("Identitas menunggu keputusan")
    fits(unit, "/kelola/identitas/")
    row = unit.page.get_by_role("row").filter(has_text=person.name)
    row.get_by_role("button", name=re.compile("^Konfirmasi")).click()
    expect(unit.page.get_by_role("status").first).to_be_visible()
    expect(unit.page.get_by_role("row").filter(has_text=person.name)).to_have_count(0)


def verify(anyone: Visitor, code: str, person: Registrant, path: Path) -> None:
    """Look the certificate up as a stranger; compare the file, and one with a changed byte."""
    page = anyone.page
    anyone.go("/v/")
    page.get_by_role("textbox").fill(code)
    anyone.click(re.compile("Periksa"), "button")
    expect(page.get_by_role("heading", name="Berlaku")).to_be_visible()
    expect(page.get_by_text(person.name)).to_be_visible()
    assert person.number not in page.content()
    fits(anyone, f"/v/{code}/")
    changed = bytearray(path.read_bytes())
    changed[len(changed) // 2] ^= 1
    for data, answer in (
        (path.read_bytes(), "Berkas ini asli"),
        (bytes(changed), "Berkas ini bukan dari kami"),
    ):
        if anyone.window.javascript:
            encoded = base64.b64encode(data).decode()
            with page.expect_navigation():
                page.locator(".dropzone").evaluate(DROP, [path.name, encoded])
        else:
            page.locator("input[type=file]").set_input_files(
                {"name": path.name, "mimeType": "application/pdf", "buffer": data}
            )
            anyone.click("Periksa berkas", "button")
        expect(page.get_by_role("heading", name=answer)).to_be_visible()
    anyone.window.faults.allow(404)
    anyone.go("/v/XXXXXXXXXXXX/")
    expect(page.get_by_role("textbox")).to_be_visible()


@pytest.mark.parametrize(
    ("serial", "size", "javascript"),
    [(11, PHONE, True), (12, DESK, True), (13, PHONE, False), (14, DESK, False)],
    ids=["360px", "1280px", "360px-no-script", "1280px-no-script"],
)
def test_an_asn_learns_elsewhere_and_the_hours_count_at_home(
    product: Product,
    open_window: OpenWindow,
    tmp_path: Path,
    serial: int,
    size: tuple[int, int],
    javascript: bool,
) -> None:
    """Issue 2, Done-when 2: Kemenkumham's person learns at BKN, LAN sees it, anyone verifies it."""

    def visitor() -> Visitor:
        return Visitor(open_window(size=size, javascript=javascript), product)

    person = Registrant(
        name=f"Élisa Nuraini Sutedja, S.H., M.Kn. {serial}",
        number=f"199204182018032{serial:03d}",
        email=f"elisa{serial}@contoh.test",
        agency="Kemenkumham",
    )
    lan, learner = visitor(), visitor()
    lan.sign_in(LAN, PASSWORD)
    before = Figures.read(lan)
    learner.register(person)
    expect(learner.page.get_by_text("Identitas Anda belum dikonfirmasi")).to_be_visible()
    fits(learner, "/saya/")
    find_topic(learner)
    pre_test(learner)
    learn(learner)
    path, code = check_certificate(learner, person, tmp_path)

    learner.go("/saya/")
    fits(learner, "/saya/")
    expect(learner.page.locator(".jp-ring text").first).to_have_text("2")
    expect(learner.page.get_by_role("link", name=re.compile("Unduh PDF"))).to_have_count(1)

    declared = Figures.read(lan)
    fits(lan, "/lan/")
    assert declared.gained(before, "Sertifikat terbit") == (0, 1)
    assert declared.gained(before, "JP") == (0, 2)
    confirm(visitor(), person)
    confirmed = Figures.read(lan)
    assert confirmed.gained(before, "Sertifikat terbit") == (1, 0)
    assert confirmed.gained(before, "JP") == (2, 0)
    learner.go("/saya/")
    expect(learner.page.get_by_text("Identitas Anda belum dikonfirmasi")).to_have_count(0)
    verify(visitor(), code, person, path)
