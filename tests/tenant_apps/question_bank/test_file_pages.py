"""Importing and exporting files of questions from the workspace, without JavaScript."""

import base64
import io
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from tenants.schemas import in_tenant

pytestmark = pytest.mark.django_db
IMPORT = "/kelola/soal/impor/"
GIFT = """$CATEGORY: Cuti

::cuti-01::Berapa hari? {=12 ~6 ~24}

::cuti-02::Berapa pi? {#3,14}

::cuti-03::Ceritakan. {}

Keterangan tanpa jawaban.
"""


@pytest.fixture(autouse=True)
def _folder(tmp_path: Any, settings: Any) -> None:
    """Files in a folder of the test."""
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def run() -> Callable[[Any], Any]:
    """Run a job that a response leads to, and return it."""

    def run_job(response: Any) -> Any:
        from shared_apps.jobs.models import Job
        from shared_apps.jobs.tasks import run_job as task

        assert response.status_code == 302, response.content.decode()[:2000]
        job_id = response["Location"].rstrip("/").rpartition("/")[2]
        task.call(job_id)
        return Job.objects.get(pk=job_id)

    return run_job


def posted(name: str, content: bytes, **more: str) -> dict[str, Any]:
    """Return the form with a file."""
    return {"file": SimpleUploadedFile(name, content), "place": "berkas", **more}


def bank(tenant: Any) -> dict[str, tuple[str, int]]:
    """Return the bank's questions: code to category and version."""
    from tenant_apps.question_bank.models import Question

    with in_tenant(tenant):
        rows = Question.objects.select_related("category").filter(category__code__regex="^.{32}$")
        return {row.code: (row.category.name, row.version) for row in rows}


def test_check_then_import_then_the_same_again(
    office: Client, tenant_a: Any, run: Callable[[Any], Any]
) -> None:
    """Nothing is stored by the check; the good ones by the import; the second changes nothing."""
    job = run(office.post(IMPORT, posted("cuti.gift", GIFT.encode())))
    assert job.state == "done" and "3 soal terbaca; 2" in job.summary[0]
    assert bank(tenant_a) == {}
    page = office.get(job.next_path).content.decode()
    assert "Impor 2 soal yang baik" in page and "Tulis angka 3,14 dengan titik: 3.14." in page
    assert "description" in page and "Soal baru" in page
    assert job.output_name == "cuti-kesalahan.gift"
    back = b"".join(office.get(f"/kelola/pekerjaan/{job.pk}/berkas/").streaming_content).decode()
    assert back.index("// kesalahan:") < back.index("::cuti-02::")
    done = run(office.post(f"{job.next_path}terapkan/"))
    assert done.summary == ["2 soal baru."]
    assert bank(tenant_a) == {"cuti-01": ("Cuti", 1), "cuti-03": ("Cuti", 1)}
    assert office.post(f"{job.next_path}terapkan/")["Location"].endswith(f"{done.pk}/")
    again = run(office.post(IMPORT, posted("cuti.gift", GIFT.encode())))
    assert "Tetap sama" in office.get(again.next_path).content.decode()
    assert run(office.post(f"{again.next_path}terapkan/")).summary == ["2 soal tetap sama."]
    changed = GIFT.replace("~24", "~48")
    again = run(office.post(IMPORT, posted("cuti.gift", changed.encode())))
    summary = run(office.post(f"{again.next_path}terapkan/")).summary
    assert summary == ["1 soal dengan versi baru.", "1 soal tetap sama."]
    assert bank(tenant_a)["cuti-01"] == ("Cuti", 2)
    with in_tenant(tenant_a):
        from shared_apps.audit.models import Event

        assert Event.objects.filter(verb="questions.imported").count() == 3


def test_pasted_text_and_a_target_category(
    office: Client, tenant_a: Any, run: Callable[[Any], Any]
) -> None:
    """Aiken from the box goes to the category that was written, made on the way."""
    text = "Apa?\r\nA. satu\r\nB. dua\r\nANSWER: B\r\n"
    job = run(office.post(IMPORT, {"text": text, "place": "semua", "category": "Baru / Anak"}))
    run(office.post(f"{job.next_path}terapkan/"))
    assert list(bank(tenant_a).values()) == [("Anak", 1)]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({"place": "berkas"}, "Pilih berkas atau tempel"),
        ({"text": "S? {=a ~b}", "place": "semua"}, "Tulis kategori tujuan"),
        ({"text": "S? {=a ~b}", "file": True, "place": "berkas"}, "jangan keduanya"),
        ({"file": b"", "place": "berkas"}, "kosong"),
    ],
)
def test_the_form_refuses_at_the_field(office: Client, data: dict[str, Any], words: str) -> None:
    """What was typed stays."""
    if "file" in data:
        content = b"x" if data["file"] is True else data["file"]
        data = {**data, "file": SimpleUploadedFile("a.gift", content)}
    answer = office.post(IMPORT, data)
    page = answer.content.decode()
    assert answer.status_code == 422 and words in page
    assert "text" not in data or data["text"].replace("=a", "") or data["text"] in page


def test_a_file_that_cannot_be_read(office: Client, run: Callable[[Any], Any]) -> None:
    """The job says why; the import's page sends back to the upload."""
    job = run(office.post(IMPORT, posted("x.xml", b"<!DOCTYPE a><quiz/>")))
    assert job.state == "failed" and "DOCTYPE" in job.summary[0]
    listing = office.get(IMPORT).content.decode()
    assert "Tidak terbaca" in listing


def test_questions_without_a_category_say_so(office: Client, run: Callable[[Any], Any]) -> None:
    """Without a category in the file and in the form nothing can be stored."""
    job = run(office.post(IMPORT, posted("x.gift", b"::a::S? {=a ~b}")))
    assert "Pilih kategori tujuan" in office.get(job.next_path).content.decode()
    answer = office.post(f"{job.next_path}terapkan/", follow=True).content.decode()
    assert "Tidak ada soal yang dapat diimpor" in answer


def _xml_with_image() -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", (4, 4), "teal").save(buffer, "PNG")
    png = base64.b64encode(buffer.getvalue()).decode()
    return (
        "<quiz><question type='category'><category><text>$course$/top/Bagan</text></category>"
        "</question><question type='multichoice'><name><text>g-1</text></name>"
        "<questiontext format='html'><text><![CDATA[<p>Lihat "
        "<img src='@@PLUGINFILE@@/a.png' alt='bagan'></p>]]></text>"
        f"<file name='a.png' path='/' encoding='base64'>{png}</file></questiontext>"
        "<answer fraction='100'><text>ya</text></answer><answer fraction='0'><text>tidak</text>"
        "</answer></question><question type='cloze'><name><text>c</text></name></question></quiz>"
    ).encode()


def test_images_are_shown_before_and_kept_after(
    office: Client, tenant_a: Any, run: Callable[[Any], Any]
) -> None:
    """The preview shows the image; a sheet of the same question keeps the stored one."""
    job = run(office.post(IMPORT, posted("g.xml", _xml_with_image())))
    page = office.get(job.next_path).content.decode()
    assert "cloze" in page and f"{job.next_path}1/" in page
    shown = office.get(f"{job.next_path}1/").content.decode()
    assert f"{job.next_path}1/gambar/1/" in shown
    image = office.get(f"{job.next_path}1/gambar/1/")
    assert image["Content-Type"] == "image/png" and image.content[:4] == b"\x89PNG"
    assert office.get(f"{job.next_path}1/gambar/2/").status_code == 404
    assert office.get(f"{job.next_path}9/").status_code == 404
    run(office.post(f"{job.next_path}terapkan/"))
    assert bank(tenant_a) == {"g-1": ("Bagan", 1)}
    sheet = b"kode;kategori;soal;a;b;kunci\ng-1;Bagan;Lihat ![bagan](a.png);ya;tidak;A\n"
    again = run(office.post(IMPORT, posted("g.csv", sheet)))
    assert run(office.post(f"{again.next_path}terapkan/")).summary == ["1 soal tetap sama."]
    lost = run(office.post(IMPORT, posted("g.csv", sheet.replace(b"a.png", b"b.png"))))
    assert "belum tersimpan" in office.get(lost.next_path).content.decode()


@pytest.mark.parametrize("form", ["sheet", "gift", "moodle_xml"])
def test_an_export_imports_to_the_same_questions(
    office: Client, tenant_a: Any, run: Callable[[Any], Any], form: str
) -> None:
    """All kinds through the whole way: bank, file, bank; nothing is a new version."""
    from tenant_apps.question_bank.formats import sheet_write

    job = run(office.post(IMPORT, posted("templat.xlsx", sheet_write.template())))
    assert run(office.post(f"{job.next_path}terapkan/")).summary == ["8 soal baru."]
    with in_tenant(tenant_a):
        from tenant_apps.question_bank.models import Category

        example = str(Category.objects.get(name="Contoh").pk)
    out = run(office.post("/kelola/soal/ekspor/", {"form": form, "category": example}))
    assert "8 soal ditulis." in out.summary[0]
    content = b"".join(office.get(f"/kelola/pekerjaan/{out.pk}/berkas/").streaming_content)
    back = run(office.post(IMPORT, posted(out.output_name, content)))
    assert run(office.post(f"{back.next_path}terapkan/")).summary == ["8 soal tetap sama."]


def test_the_template_and_an_empty_export(office: Client) -> None:
    """A sheet comes; an export of nothing is refused in the form."""
    assert office.get(f"{IMPORT}templat.xlsx").content[:2] == b"PK"
    answer = office.post("/kelola/soal/ekspor/", {"form": "gift", "tag": "tidak-ada"})
    assert answer.status_code == 422 and "Tidak ada soal yang cocok" in answer.content.decode()


def test_a_killed_import_goes_on_without_doubles(
    office: Client, tenant_a: Any, run: Callable[[Any], Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The second run starts after the last batch; a repeated batch changes nothing."""
    from shared_apps.jobs.models import Job
    from shared_apps.jobs.tasks import run_job
    from tenant_apps.question_bank.services import imports

    monkeypatch.setattr(imports, "BATCH", 2)
    many = "\n\n".join(f"::s-{n}::Soal {n}? {{=a ~b}}" for n in range(7))
    job = run(office.post(IMPORT, posted("m.gift", many.encode(), category="Banyak")))
    save, calls = imports.save_item, []

    def dies_at_the_fifth(**given: Any) -> Any:
        calls.append(given["item"].code)
        if len(calls) == 5:
            raise RuntimeError("killed")
        return save(**given)

    monkeypatch.setattr(imports, "save_item", dies_at_the_fifth)
    started = office.post(f"{job.next_path}terapkan/")
    failed = run(started)
    assert failed.state == "queued" and failed.checkpoint["done"] == 4
    run_job.call(str(failed.pk))
    done = Job.objects.get(pk=failed.pk)
    assert done.summary == ["7 soal baru."] and done.done == 7
    assert len(bank(tenant_a)) == 7 and all(version == 1 for _c, version in bank(tenant_a).values())


def test_the_list_costs_the_same_queries_for_any_length(
    office: Client, run: Callable[[Any], Any], django_assert_max_num_queries: Any
) -> None:
    """No query for each row."""
    many = "\n\n".join(f"::s-{n}::Soal {n}? {{=a ~b}}" for n in range(60))
    job = run(office.post(IMPORT, posted("m.gift", many.encode(), category="Banyak")))
    with django_assert_max_num_queries(14):
        office.get(job.next_path)
