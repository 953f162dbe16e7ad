"""The staff list, its units and an import, in the states that a training unit meets."""

from collections.abc import Callable, Iterator
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.learner import Visitor
from tests.browser.product import Product
from tests.browser.watch import Window
from tests.tenant_apps.members import staff_file

OpenWindow = Callable[..., Window]
Stop = tuple[str, Page]
PASSWORD = "belajar-lintas-2026"
MANAGER, LEARNER = "198207152006041001", "198512242010011001"
EMPTY_MANAGER = "198005212005012001"
#: One person changes, one is new with a new unit, one row is wrong.
ROWS = (
    {"number": LEARNER, "name": "Fajar Nugroho (demo)", "unit": "KR10.MUT", "grade": "III/d"},
    {
        "number": "199001012015042903",
        "name": "Contoh Baru (demo)",
        "unit": "KR10.BARU",
        "unit_name": "Bidang Baru (demo)",
        "unit_parent": "KR10",
        "grade": "III/a",
    },
    {"number": "12345", "name": "Salah Nomor (demo)"},
)


def _work(product: Product) -> None:
    """Do the jobs that wait, as the worker of long jobs would."""
    product.manage("db_worker", "--queue-name", "jobs", "--batch", "--no-startup-delay")


def empty_staff_pages(open_window: OpenWindow, product: Product) -> Iterator[Stop]:
    """What a manager sees before any staff was entered."""
    visitor = Visitor(open_window(), product)
    visitor.sign_in(EMPTY_MANAGER, PASSWORD)
    home = product.tenant("wkmb") + "/kelola/pegawai/"
    for name, path in (("pegawai-kosong", ""), ("unit-kosong", "unit/"), ("impor", "impor/")):
        visitor.go(home + path)
        yield name, visitor.page


def staff_pages(open_window: OpenWindow, product: Product, folder: Path) -> Iterator[Stop]:
    """The staff list of the demo, a person, a unit, and an import from upload to result."""
    visitor = Visitor(open_window(), product)
    visitor.sign_in(MANAGER, PASSWORD)
    page = visitor.page
    main = page.get_by_role("main")
    home = product.tenant("kanreg10") + "/kelola/pegawai/"
    visitor.go(home)
    yield "pegawai", page
    visitor.go(home + "?q=zzzz")
    yield "pegawai-tidak-cocok", page
    visitor.go(home + "?q=fajar")
    main.get_by_role("link", name="Fajar Nugroho").click()
    expect(page.get_by_role("heading", name="Riwayat")).to_be_visible()
    yield "seorang-pegawai", page
    main.get_by_role("link", name="Ubah data").click()
    page.get_by_label("NIP atasan langsung").fill("77")
    main.get_by_role("button", name="Simpan").click()
    expect(page.locator(".field-error").first).to_be_visible()
    yield "pegawai-galat", page
    visitor.go(home + "unit/")
    yield "unit", page
    main.get_by_role("link", name="Kantor Regional X").click()
    expect(page.get_by_role("heading", name="Unit di bawahnya")).to_be_visible()
    yield "satu-unit", page
    main.get_by_role("link", name="Ubah atau pindahkan").click()
    yield "unit-ubah", page
    visitor.go(home + "impor/")
    fields = ("number", "name", "unit", "unit_name", "unit_parent", "grade")
    file = staff_file.save(folder / "pegawai.xlsx", ROWS, fields)
    page.locator("input[type=file]").set_input_files(str(file))
    main.get_by_role("button", name="Periksa berkas").click()
    _work(product)
    expect(main.get_by_role("link", name="Lihat perubahannya")).to_be_visible(timeout=30_000)
    main.get_by_role("link", name="Lihat perubahannya").click()
    expect(page.get_by_role("heading", name="Isi perubahan")).to_be_visible()
    yield "impor-perubahan", page
    main.locator("form[action$='/terapkan/'] button").click()
    _work(product)
    expect(main.get_by_text("Data pegawai sudah diterapkan.")).to_be_visible(timeout=30_000)
    yield "impor-diterapkan", page
    visitor.go(home + "?q=contoh baru")
    expect(main.get_by_role("link", name="Contoh Baru")).to_be_visible()
    visitor.go(product.tenant("kanreg10") + "/kelola/identitas/")
    yield "identitas-cocok", page
