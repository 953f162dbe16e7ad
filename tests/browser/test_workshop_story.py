"""A new training unit, from nothing to a certificate; a full class; another agency's people."""

import io
import json
import re
import threading
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from deploy.bench.browser import Browser
from tests.browser.learner import SAVED, Visitor
from tests.browser.product import BASE_DOMAIN, Product
from tests.browser.watch import PHONE, Window
from toolkit import xlsx

pytestmark = pytest.mark.browser
OpenWindow = Callable[..., Window]
PASSWORD = "belajar-lintas-2026"
BKN_UNIT, KUMHAM_UNIT = "198207152006041001", "197911302004121001"
CODE, SCHEMA, MANAGER, LEARNER = "pusdiklat", "t_pusdiklat", 0, 1
SLUG = "tertib-arsip-digital"

# Makes synthetic people of one agency with declared identities, in the product's own process.
MAKE_PEOPLE = """
import json
from shared_apps.accounts.models import Account, Identity
from tenants.models import Agency
agency = Agency.objects.get(code={agency!r})
people = []
for n in range({count}):
    birth = "19{{:02d}}{{:02d}}15".format(70 + n % 25, 1 + n % 12)
    number = birth + "{tmt}{{}}{{:03d}}".format(1 + n % 2, 1 + n)
    account = Account(name="Pegawai Uji " + chr(65 + n // 26) + chr(97 + n % 26),
                      email="{agency}%d@contoh.test" % n, home_agency=agency)
    account.set_password({password!r}) if n < 2 else account.set_unusable_password()
    account.save()
    Identity.objects.create(account=account, number=number, kind="pns", agency=agency,
                            state={state!r})
    people.append([number, account.name, str(account.pk)])
print("PEOPLE " + json.dumps(people))
"""


@dataclass(frozen=True)
class Person:
    """Somebody synthetic."""

    number: str
    name: str
    account_id: str


def make_people(
    product: Product, agency: str, count: int, *, tmt: str, state: str = "declared"
) -> list[Person]:
    """Add people to the product; the first two can sign in with PASSWORD."""
    code = MAKE_PEOPLE.format(agency=agency, count=count, tmt=tmt, password=PASSWORD, state=state)
    out = product.manage("shell", "--verbosity", "0", "-c", code)
    line = next(line for line in out.splitlines() if line.startswith("PEOPLE "))
    return [Person(*row) for row in json.loads(line.removeprefix("PEOPLE "))]


def work(page: Page, product: Product) -> None:
    """Do the job whose page is open, as the worker of long jobs would."""
    product.manage("db_worker", "--queue-name", "jobs", "--batch", "--no-startup-delay")
    expect(page.locator("#pekerjaan[data-state=done]")).to_be_visible(timeout=20_000)


def sheet(name: str, header: list[str], rows: list[list[str]]) -> dict[str, object]:
    """Return an XLSX for a file field."""
    return {"name": name, "mimeType": xlsx.MEDIA_TYPE, "buffer": xlsx.workbook(header, rows)}


def picture() -> dict[str, object]:
    """Return a PNG for a file field."""
    buffer = io.BytesIO()
    Image.new("RGB", (320, 180), "#0b5563").save(buffer, "PNG")
    return {"name": "alur.png", "mimeType": "image/png", "buffer": buffer.getvalue()}


def gift(count: int) -> str:
    """Return questions in GIFT; each right answer is said to be so."""
    return "\n\n".join(
        f"::ARS-{n:02d}::Pernyataan mana yang tepat tentang arsip nomor {n}? {{\n"
        f"=Arsip {n} disimpan menurut jadwal retensi\n~Arsip {n} boleh dibuang kapan saja\n"
        f"~Arsip {n} milik pribadi\n####Lihat bagian Daur hidup arsip.\n}}"
        for n in range(1, count + 1)
    )


def signed_in(
    open_window: OpenWindow, product: Product, number: str, code: str = "kanreg10", **size: object
) -> Visitor:
    """Return a visitor who has signed in."""
    visitor = Visitor(open_window(**size), product, code=code)
    visitor.window.faults.allow(422)
    visitor.sign_in(number, PASSWORD)
    return visitor


@pytest.fixture(scope="module")
def people(product: Product) -> list[Person]:
    """A new tenant of BMKG, and 28 people of that agency; the first runs it."""
    product.manage(
        "open_tenant", CODE, "Pusdiklat Cuaca", "--agency", "bmkg", "--domain",
        f"{CODE}.{BASE_DOMAIN}",
    )  # fmt: skip
    made = make_people(product, "bmkg", 28, tmt="201801")
    product.manage("grant_role", made[MANAGER].number, "manager", CODE)
    return made


def write_sections(visitor: Visitor) -> None:
    """Two sections, one of them with an image that says what it shows."""
    page = visitor.page
    page.get_by_label("Judul bagian baru").fill("Daur hidup arsip")
    visitor.click("Tambah bagian", "button")
    page.locator("#isi-bagian").fill("Arsip lahir, dipakai, **disusutkan**, lalu disimpan.\n\n")
    page.locator("[data-picker]").set_input_files(picture())
    dialog = page.get_by_role("dialog")
    expect(dialog).to_be_visible()
    page.keyboard.type("Daur hidup arsip dari lahir sampai disimpan")
    page.keyboard.press("Enter")
    expect(page.locator("[data-preview-box] img")).to_be_visible(timeout=10_000)
    expect(page.locator("[data-save-state]")).to_have_text(SAVED, timeout=10_000)
    page.get_by_role("button", name="Simpan dan kembali").click()
    page.get_by_label("Judul bagian baru").fill("Tanggung jawab pegawai")
    visitor.click("Tambah bagian", "button")
    page.locator("#isi-bagian").fill("Setiap pegawai menata arsip pekerjaannya.")
    expect(page.locator("[data-save-state]")).to_have_text(SAVED, timeout=10_000)
    page.get_by_role("button", name="Simpan dan kembali").click()


def import_questions(visitor: Visitor, tenant: str) -> None:
    """Twenty questions in GIFT: checked row by row, then taken into the topic's category."""
    page = visitor.page
    visitor.click("Buka soal topik ini")
    visitor.click("Impor")
    page.get_by_label("Berkas", exact=False).first.set_input_files(
        {"name": "arsip.gift", "mimeType": "text/plain", "buffer": gift(20).encode()}
    )
    page.locator("input[name=category]").fill("Tertib arsip digital")
    visitor.click("Periksa berkas", "button")
    work(page, visitor.product)
    visitor.click("Lihat hasil pemeriksaan")
    page.get_by_role("button", name="Impor 20 soal yang baik").click()
    work(page, visitor.product)
    visitor.click("Lihat hasil impor")
    expect(page.get_by_text("Sudah diimpor")).to_be_visible()


def make_template(visitor: Visitor, tenant: str) -> None:
    """A certificate of its own, and the default of the tenant."""
    page = visitor.page
    visitor.go(f"{tenant}/kelola/sertifikat/templat/baru/")
    page.get_by_label("Nama templat").fill("Resmi")
    page.get_by_label("Pola nomor").fill("{nomor:3}/PDK/{tahun}")
    signer = page.get_by_role("group", name="Penanda tangan 1")
    signer.get_by_label("Nama").fill("Kepala Pusdiklat Contoh")
    signer.get_by_label("Jabatan").fill("Kepala Pusat Pendidikan dan Pelatihan")
    page.get_by_role("button", name="Simpan templat").click()
    expect(page.get_by_role("heading", name="Resmi")).to_be_visible()
    visitor.go(f"{tenant}/kelola/sertifikat/templat/")
    page.get_by_role("button", name="Jadikan bawaan").click()
    expect(page.locator("table .tag-ok")).to_be_visible()


def import_staff(visitor: Visitor, tenant: str, people: list[Person]) -> None:
    """The staff list confirms who declared themselves; one of the staff has no account."""
    page = visitor.page
    rows = [[person.number, person.name, "PUS", "Pusdiklat", "pns"] for person in people]
    rows.append(["198001012008011999", "Pegawai Tanpa Akun", "PUS", "Pusdiklat", "pns"])
    visitor.go(f"{tenant}/kelola/pegawai/impor/")
    page.locator("input[type=file]").set_input_files(
        sheet("pegawai.xlsx", ["NIP", "Nama", "Kode unit", "Nama unit", "Status"], rows)  # type: ignore[arg-type]
    )
    page.get_by_role("button", name=re.compile("Periksa")).click()
    work(page, visitor.product)
    page.locator("#pekerjaan a.btn-primary").click()
    page.get_by_role("button", name="Terapkan perubahan ini").click()
    work(page, visitor.product)


def open_course(visitor: Visitor, tenant: str, title: str) -> str:
    """An offering of the topic to which people are assigned; return its address."""
    page = visitor.page
    visitor.go(f"{tenant}/kelola/kelas/baru/")
    page.locator("select[name=topic]").select_option(label=title)
    page.get_by_label("Nama kelas").fill("Tertib arsip 2026")
    page.locator("select[name=mode]").select_option(label="E-learning berjangka")
    page.locator("select[name=form]").select_option(label="E-learning")
    page.locator("select[name=enrolment]").select_option(label="Hanya ditetapkan penyelenggara")
    page.locator("input[name=starts_at]").fill("2026-01-05T08:00")
    page.locator("input[name=ends_at]").fill("2030-12-20T16:00")
    page.get_by_role("button", name="Simpan").click()
    page.get_by_role("button", name="Buka pendaftaran").click()
    expect(page.get_by_text("Pendaftaran dibuka").first).to_be_visible()
    return page.url


def test_from_nothing_to_a_certificate(
    product: Product, open_window: OpenWindow, people: list[Person]
) -> None:
    """Topic, images, 20 questions, certificate; 30 assigned with three bad rows; one is done."""
    unit = signed_in(open_window, product, people[MANAGER].number)
    tenant, page = product.tenant(CODE), unit.page
    unit.go(f"{tenant}/kelola/topik/baru/")
    page.get_by_label("Judul").fill("Tertib arsip digital")
    page.get_by_label("JP").fill("2")
    unit.click("Buat topik", "button")
    write_sections(unit)
    unit.go(f"{tenant}/kelola/topik/{SLUG}/isian/")
    page.get_by_label("Ringkasan isi").fill("Menata arsip kerja dari lahir sampai disimpan.")
    page.get_by_label("Tujuan belajar").fill("Menyebut daur hidup arsip")
    page.get_by_role("button", name="Simpan").first.click()
    unit.go(f"{tenant}/kelola/topik/{SLUG}/")
    import_questions(unit, tenant)
    make_template(unit, tenant)
    unit.go(f"{tenant}/kelola/topik/{SLUG}/")
    unit.click("Terbitkan versi 1", "button")
    expect(page.get_by_text("versi 1 terbit").first).to_be_visible()
    import_staff(unit, tenant, people)
    course = open_course(unit, tenant, "Tertib arsip digital")
    assign_thirty(unit, course, people)
    learner = signed_in(open_window, product, people[LEARNER].number, CODE, size=PHONE)
    learn(learner, tenant)
    unit.go(f"{tenant}/kelola/peserta/?q=Pegawai")
    expect(page.get_by_text(people[LEARNER].name).first).to_be_visible()


def assign_thirty(visitor: Visitor, course: str, people: list[Person]) -> None:
    """27 rows are seated; the file comes back with a sentence at each of the three others.

    Not the manager: nobody confirms their own identity, not even by importing the staff list.
    """
    page, product = visitor.page, visitor.product
    bad = ["19800101200801", "199912312022011999", "198001012008011999"]
    numbers = [*bad[:1], *(person.number for person in people[1:]), *bad[1:]]
    visitor.go(course + "peserta/tetapkan/")
    page.locator("input[name=berkas-file]").set_input_files(
        sheet("peserta.xlsx", ["NIP"], [[number] for number in numbers])  # type: ignore[arg-type]
    )
    page.get_by_role("button", name="Tetapkan dari berkas").click()
    work(page, product)
    with page.expect_download() as waiting:
        page.get_by_role("link", name=re.compile(r"\.xlsx")).click()
    faults = returned_faults(waiting.value.path())
    assert len(faults) == 3, faults
    seated = product.rows(f"SELECT count(*) FROM {SCHEMA}.learning_seat WHERE state = 'seated'")
    assert seated == [(27,)]


def returned_faults(path: object) -> list[str]:
    """Return the sentences of the column of errors."""
    from python_calamine import CalamineWorkbook

    header, *rows = CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python()
    place = header.index("kesalahan")
    return [f"{row[0]}: {row[place]}" for row in rows if row[place]]


def learn(visitor: Visitor, tenant: str) -> None:
    """From the notice of the seat to the certificate, on a phone."""
    page = visitor.page
    visitor.go("/saya/pemberitahuan/")
    expect(page.get_by_text("Tertib arsip 2026").first).to_be_visible()
    visitor.go(f"{tenant}/topik/{SLUG}/")
    page.get_by_role("link", name=re.compile("^(Lanjutkan|Mulai)")).first.click()
    visitor.take_test(right=0)
    visitor.click("Mulai membaca")
    visitor.read_all()
    visitor.take_test(right=20)
    visitor.click("Isi survei")
    visitor.fill_survey()
    expect(page.get_by_text("001/PDK/").first).to_be_visible()


def test_a_class_of_twenty_with_twenty_five_at_once(
    product: Product, open_window: OpenWindow
) -> None:
    """Twenty are seated, five wait in their order, whoever was quicker."""
    unit = signed_in(open_window, product, BKN_UNIT)
    slug = open_class(unit, product, "Kelas penuh", capacity=20, quota=0)
    out = product.manage("shell", "--verbosity", "0", "-c", MAKE_SESSIONS)
    line = next(line for line in out.splitlines() if line.startswith("SESSIONS "))
    sessions = json.loads(line.removeprefix("SESSIONS "))
    barrier, faults = threading.Barrier(len(sessions)), list[str]()

    def sign_up(session: dict[str, object]) -> None:
        browser = Browser(product.port, f"kanreg10.{BASE_DOMAIN}")
        browser.cookies = dict(session["cookies"])  # type: ignore[call-overload]
        try:
            barrier.wait()
            token = str(session["token"])
            browser.ask(
                f"/kelas/{slug}/daftar/", {"csrfmiddlewaretoken": token}, status=302, token=token
            )
        except Exception as error:
            faults.append(repr(error))
        finally:
            browser.close()

    threads = [threading.Thread(target=sign_up, args=[session]) for session in sessions]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []
    unit.go(f"{product.tenant('kanreg10')}/kelola/kelas/{slug}/peserta/")
    expect(unit.page.get_by_text("20 tempat terisi, 5 menunggu giliran")).to_be_visible()
    places = product.rows(
        "SELECT s.number FROM t_kanreg10.learning_seat s "
        "JOIN t_kanreg10.learning_offering o ON o.id = s.offering_id "
        "WHERE o.slug = %s AND s.state = 'waiting' ORDER BY s.number",
        slug,
    )
    assert [number for (number,) in places] == [1, 2, 3, 4, 5]


MAKE_SESSIONS = """
import json, random
from deploy.bench.people import make_person
from tenants.models import Agency
chance = random.Random(20)
agency = Agency.objects.get(code="kemenkumham")
print("SESSIONS " + json.dumps([make_person(agency.pk, chance)[1] for _ in range(25)]))
"""


def open_class(visitor: Visitor, product: Product, title: str, *, capacity: int, quota: int) -> str:
    """Open a classical class of BKN for everybody; return its slug."""
    page, tenant = visitor.page, product.tenant("kanreg10")
    visitor.go(f"{tenant}/kelola/kelas/baru/")
    page.locator("select[name=topic]").select_option(label="Disiplin Pegawai Negeri Sipil")
    page.get_by_label("Nama kelas").fill(title)
    page.locator("select[name=mode]").select_option(label="Klasikal")
    page.locator("select[name=form]").select_option(label="Pelatihan teknis")
    page.get_by_label("Kapasitas").fill(str(capacity))
    page.get_by_label("Kuota usulan tiap instansi").fill(str(quota))
    page.locator("select[name=visibility]").select_option(label="Semua ASN")
    page.get_by_role("button", name="Simpan").click()
    visitor.click("Tambah sesi")
    page.get_by_label("Judul sesi").fill("Hari pertama")
    page.locator("input[name=starts_at]").fill("2030-12-10T08:00")
    page.locator("input[name=ends_at]").fill("2030-12-10T16:00")
    page.get_by_role("button", name="Simpan").click()
    page.get_by_role("button", name="Buka pendaftaran").click()
    expect(page.get_by_text("Pendaftaran dibuka").first).to_be_visible()
    return page.url.rstrip("/").rsplit("/", 1)[1]


def test_five_people_proposed_for_anothers_class(product: Product, open_window: OpenWindow) -> None:
    """Kemenkumham proposes five, BKN takes four and returns one with a note; both sides see it."""
    bkn = signed_in(open_window, product, BKN_UNIT)
    slug = open_class(bkn, product, "Kelas usulan", capacity=30, quota=5)
    people = make_people(product, "kemenkumham", 6, tmt="201902", state="confirmed")
    home = signed_in(open_window, product, KUMHAM_UNIT)
    page, tenant = home.page, product.tenant("rumahbelajar")
    home.go(f"{tenant}/kelola/usulan/kelas/")
    home.click(re.compile("Kelas usulan"))
    page.get_by_label("NIP atau NI PPPK").fill("\n".join(person.number for person in people))
    home.click("Kirim usulan", "button")
    expect(page.locator(".field-error").first).to_contain_text("5")
    numbers = "\n".join(person.number for person in people[:5])
    page.get_by_label("NIP atau NI PPPK").fill(numbers)
    home.click("Kirim usulan", "button")
    expect(page.get_by_text(people[0].name).first).to_be_visible()
    proposal = page.url
    answers = f"{product.tenant('kanreg10')}/kelola/kelas/{slug}/usulan/"
    bkn.go(answers)
    boxes = bkn.page.locator("table input[type=checkbox]")
    expect(boxes).to_have_count(5)
    for number in range(4):
        boxes.nth(number).check()
    bkn.click("Terima sebagai peserta", "button")
    bkn.go(answers)
    bkn.page.locator("table input[type=checkbox]").last.check()
    bkn.page.get_by_label("Catatan").fill("Belum memenuhi syarat masa kerja.")
    bkn.click("Kembalikan dengan catatan", "button")
    home.go(proposal)
    expect(page.get_by_role("cell", name="Belum memenuhi syarat masa kerja.")).to_be_visible()
    seated = product.rows(
        "SELECT count(*) FROM t_kanreg10.learning_seat s "
        "JOIN t_kanreg10.learning_offering o ON o.id = s.offering_id "
        "WHERE o.slug = %s AND s.state = 'seated' AND s.source = 'proposed'",
        slug,
    )
    assert seated == [(4,)]
