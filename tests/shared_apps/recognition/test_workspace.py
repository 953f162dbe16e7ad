"""The pages under /kelola/sertifikat/: own certificates, refusals at the field, few queries."""

import io
import re
import uuid
import zlib
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from shared_apps.access import services as access
from shared_apps.recognition.models import Certificate, CertificateTemplate, Rendition
from tenants.schemas import in_tenant
from tests.pages import words_of

Give = Callable[..., Any]
ROOT = "/kelola/sertifikat/"


@pytest.fixture(autouse=True)
def _media(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def boss(make_account: Any, tenant_a: Any) -> Any:
    """Who runs the training unit of tenant A."""
    account = make_account(name="Made Pengelola", agency="bkn", state="confirmed")
    access.grant_role(account=account, role="manager", tenant=tenant_a, by=None)
    return account


@pytest.fixture
def client(client_for: Any, tenant_a: Any, boss: Any) -> Any:
    return client_for(tenant_a, boss)


def png(**size: int) -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", (size.get("width", 60), size.get("height", 40)), "#7a1f2b").save(buffer, "PNG")
    return buffer.getvalue()


def entries(**changes: Any) -> dict[str, Any]:
    """Return a filled-in form of a template."""
    values: dict[str, Any] = {
        "name": "Baku",
        "design": "frame",
        "orientation": "landscape",
        "heading": "SERTIFIKAT",
        "opening": "diberikan kepada",
        "statement": "atas keberhasilannya menyelesaikan {program}",
        "closing": "",
        "accreditation": "",
        "place": "Denpasar",
        "signer_1_name": "Pejabat Contoh",
        "signer_1_position": "Kepala",
        "number_pattern": "{nomor:4}/{kode_unit}/{tahun}",
        "number_reset": "yearly",
        "show_score": "on",
        "show_curriculum": "on",
        "aksi": "simpan",
    }
    return values | changes


def test_the_list(
    client: Any, give: Give, make_account: Any, tenant_a: Any, tenant_b: Any,
    django_assert_max_num_queries: Any,
) -> None:  # fmt: skip
    mine = [give(make_account(name=f"Peserta {n}"), tenant_a) for n in range(3)]
    foreign = give(make_account(name="Orang Lain"), tenant_b)
    client.get(ROOT)
    with django_assert_max_num_queries(8):
        page = words_of(client.get(ROOT))
    assert all(row.number in page for row in mine) and foreign.number not in page
    for query, shown in (
        ("q=Peserta+1", {1}),
        (f"q={mine[2].code}", {2}),
        (f"topik={mine[0].uuid}", {0}),
        ("tahun=2026", {0, 1, 2}),
        ("tahun=1999", {0, 1, 2}),
        ("status=dicabut", set()),
        ("topik=';--", {0, 1, 2}),
    ):
        text = words_of(client.get(f"{ROOT}?{query}"))
        assert {n for n, row in enumerate(mine) if row.number in text} == shown, query
    assert client.get(f"{ROOT}?format=xlsx").status_code == 200
    csv = client.get(f"{ROOT}?format=csv").content.decode()
    assert mine[0].code in csv and "Orang Lain" not in csv


def test_only_ones_own(client: Any, give: Give, make_account: Any, tenant_b: Any) -> None:
    foreign = give(make_account(), tenant_b)
    for path in ("", "unduh/", "cabut/", "terbit-ulang/"):
        assert client.get(f"{ROOT}terbit/{foreign.code}/{path}").status_code == 404
    for path in ("cabut/", "terbit-ulang/"):
        answer = client.post(f"{ROOT}terbit/{foreign.code}/{path}", {"reason": "x"})
        assert answer.status_code == 404
    foreign.refresh_from_db()
    assert foreign.revoked_at is None
    assert client.get(f"{ROOT}lama/{uuid.uuid4()}/tarik/").status_code == 404
    assert client.get(f"{ROOT}lama/simpan/{uuid.uuid4()}/").status_code == 404
    assert client.get(f"{ROOT}templat/{uuid.uuid4()}/").status_code == 404
    assert client.post(f"{ROOT}templat/{uuid.uuid4()}/arsip/").status_code == 404


def test_one_certificate(
    client: Any, give: Give, make_account: Any, tenant_a: Any, django_assert_max_num_queries: Any
) -> None:
    found = give(make_account(name="Ayu <b>Lestari</b>"), tenant_a)
    address = f"{ROOT}terbit/{found.code}/"
    client.get(address)
    with django_assert_max_num_queries(8):
        page = client.get(address)
    assert b"data:image/webp;base64," in page.content and b"<b>Lestari" not in page.content
    pdf = client.get(address + "unduh/")
    assert pdf.content.startswith(b"%PDF") and Rendition.objects.get(certificate=found)
    assert Rendition.objects.get().sha256 in words_of(client.get(address))


def test_revoking(client: Any, give: Give, make_account: Any, tenant_a: Any) -> None:
    found = give(make_account(), tenant_a)
    address = f"{ROOT}terbit/{found.code}/"
    assert "2 JP-nya dibatalkan" in words_of(client.get(address + "cabut/"))
    empty = client.post(address + "cabut/", {"reason": "  "})
    assert empty.status_code == 422 and "Tulis alasannya." in words_of(empty)
    done = client.post(address + "cabut/", {"reason": "Salah orang"}, follow=True)
    assert "Dicabut" in words_of(done) and "Salah orang" in words_of(done)
    # A second press, and everything that a revoked one cannot do any more.
    for path, method in (("cabut/", "post"), ("terbit-ulang/", "get"), ("unduh/", "get")):
        again = getattr(client, method)(address + path, {"reason": "Lagi"}, follow=True)
        assert "sudah dicabut" in words_of(again)
    found.refresh_from_db()
    assert found.revoked_reason == "Salah orang"


def test_issuing_again(client: Any, give: Give, make_account: Any, tenant_a: Any) -> None:
    found = give(make_account(name="Ayu Lestari"), tenant_a)
    address = f"{ROOT}terbit/{found.code}/terbit-ulang/"
    assert 'value="Ayu Lestari"' in client.get(address).content.decode()
    values = {
        "holder_name": "Ayu Lestari, S.H.",
        "holder_agency": found.holder_agency,
        "title": found.title,
        "jp": "2,00",
        "reason": "Gelar",
    }
    wrong = client.post(address, values | {"jp": "nol"})
    assert wrong.status_code == 422 and "Ayu Lestari, S.H." in wrong.content.decode()
    for _twice in range(2):
        done = client.post(address, values, follow=True)
        assert f"{found.number}-R1" in words_of(done)
    assert Certificate.objects.filter(account=found.account_id).count() == 2


def test_a_template_from_form_to_certificate(
    client: Any, give: Give, make_account: Any, tenant_a: Any
) -> None:
    new = client.get(f"{ROOT}templat/baru/")
    assert new.content.count(b"data:image/webp;base64,") == 4
    preview = client.post(f"{ROOT}templat/baru/", entries(aksi="pratinjau"))
    assert preview.status_code == 200 and not CertificateTemplate.objects.exists()
    assert b"0123/KANREG10/2026" in preview.content
    saved = client.post(f"{ROOT}templat/baru/", entries())
    template = CertificateTemplate.objects.get()
    assert saved["Location"] == f"{ROOT}templat/{template.pk}/"
    assert b"Baku" in client.get(saved["Location"]).content
    client.post(f"{ROOT}templat/{template.pk}/bawaan/")
    found = give(make_account(), tenant_a)
    assert found.template_version.template == template
    assert re.fullmatch(r"\d{4}/KANREG10/2026", found.number)
    changed = client.post(
        f"{ROOT}templat/{template.pk}/", entries(heading="PIAGAM", versi="1"), follow=True
    )
    assert "Versi 2" in words_of(changed)
    stale = client.post(f"{ROOT}templat/{template.pk}/", entries(heading="LAIN", versi="1"))
    assert stale.status_code == 422 and "diubah orang lain" in words_of(stale)
    assert b'value="LAIN"' in stale.content
    listed = words_of(client.get(f"{ROOT}templat/"))
    assert "Baku bawaan" in listed
    client.post(f"{ROOT}templat/{template.pk}/arsip/")
    assert "rancangan bawaan sistem" in words_of(client.get(f"{ROOT}templat/"))
    assert client.get(f"{ROOT}templat/{template.pk}/bawaan/").status_code == 405
    assert client.post(f"{ROOT}templat/{template.pk}/hapus/").status_code == 404


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"statement": "{rahasia}"}, "{rahasia} tidak dikenal"),
        ({"closing": "{{ settings.SECRET_KEY }}"}, "tidak dikenal"),
        ({"heading": "{% load %}"}, "tidak dikenal"),
        ({"number_pattern": "{tahun}"}, "{nomor} tepat satu kali"),
        ({"number_pattern": "{nomor}"}, "harus memuat {tahun}"),
        ({"signer_1_name": "", "signer_1_position": ""}, "satu sampai tiga penanda tangan"),
        ({"name": ""}, "tidak boleh kosong"),
        ({"heading": "x" * 41}, "40"),
        ({"design": "svg"}, "Pilihan itu tidak tersedia"),
    ],
)
def test_mistakes_at_the_field(client: Any, changes: dict[str, str], sentence: str) -> None:
    answer = client.post(f"{ROOT}templat/baru/", entries(**changes))
    assert answer.status_code == 422 and sentence in words_of(answer), words_of(answer)
    assert not CertificateTemplate.objects.exists()
    assert b"Pejabat Contoh" in answer.content or "signer_1_name" in changes


def _bomb() -> bytes:
    """Return a PNG that says it is 60,000 pixels wide and high."""
    head = (60_000).to_bytes(4, "big") * 2 + b"\x08\x02\x00\x00\x00"
    found = b"\x89PNG\r\n\x1a\n"
    for kind, data in ((b"IHDR", head), (b"IDAT", zlib.compress(b"\0" * 1000)), (b"IEND", b"")):
        crc = zlib.crc32(kind + data).to_bytes(4, "big")
        found += len(data).to_bytes(4, "big") + kind + data + crc
    return found


@pytest.mark.parametrize(
    ("name", "data", "sentence"),
    [
        ("logo.svg", b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>", "bukan gambar"),
        ("logo.png", b"%PDF-1.7 not an image", "bukan gambar"),
        ("logo.gif", b"GIF89a\x01\x00\x01\x00\x00\x00\x00;", "bukan gambar"),
        ("logo.png", _bomb(), "terlalu besar"),
        ("logo.png", png()[:60], "rusak"),
        ("logo.png", b"\0" * (5 * 1024 * 1024 + 1), "lebih besar dari 5 MB"),
    ],
    ids=["svg", "pdf", "gif", "bomb", "cut", "huge"],
)
@pytest.mark.parametrize("field", ["logo_1", "background"])
def test_hostile_pictures(
    client: Any, field: str, name: str, data: bytes, sentence: str, tmp_path: Any
) -> None:
    upload = SimpleUploadedFile(name, data, "image/png")
    answer = client.post(f"{ROOT}templat/baru/", entries(**{field: upload}))
    assert answer.status_code == 422 and sentence in words_of(answer), words_of(answer)
    assert not CertificateTemplate.objects.exists() and not list(tmp_path.rglob("*.png"))


def test_pictures_are_carried_along(client: Any, tmp_path: Any) -> None:
    """A picture once uploaded survives a mistake elsewhere in the form, and the preview."""
    upload = SimpleUploadedFile("l.png", png(), "image/png")
    page = client.post(f"{ROOT}templat/baru/", entries(logo_1=upload, name="")).content.decode()
    kept = re.search(r'name="logo_1_kept"\s+value="([0-9a-f]{64})"', page)
    assert kept is not None
    # Kept by content, encoded anew: not the bytes that came.
    (stored,) = tmp_path.rglob("*.png")
    assert stored.stem == kept[1] and stored.read_bytes() != png()
    client.post(f"{ROOT}templat/baru/", entries(logo_1_kept=kept[1]))
    version = CertificateTemplate.objects.get().versions.get()
    assert version.logos == [kept[1]]
    client.post(
        f"{ROOT}templat/{version.template_id}/",
        entries(logo_1_kept=kept[1], logo_1_drop="1", versi="1"),
    )
    assert version.template.versions.get(number=2).logos == []
    forged = client.post(f"{ROOT}templat/baru/", entries(name="X", logo_1_kept="../../x"))
    assert forged.status_code == 422


def test_a_whole_class(client: Any, give: Give, make_account: Any, tenant_a: Any) -> None:
    assert "Belum ada sertifikat" in words_of(client.get(f"{ROOT}massal/"))
    source = uuid.uuid4()
    for batch in ("Angkatan I", "Angkatan II"):
        give(make_account(), tenant_a, source=source, batch=batch)
    page = words_of(client.get(f"{ROOT}massal/?topik={source}"))
    assert "2 sertifikat berlaku" in page and "Angkatan II" in page
    one = f"{ROOT}massal/?topik={source}&angkatan=Angkatan+I"
    assert "1 sertifikat berlaku" in words_of(client.get(one))
    assert "/kelola/pekerjaan/" in client.post(one, {"aksi": "zip"})["Location"]
    empty = client.post(one, {"aksi": "terbit-ulang", "kunci": str(uuid.uuid4())})
    assert empty.status_code == 422 and "Tulis alasannya." in words_of(empty)
    key = str(uuid.uuid4())
    jobs = {
        client.post(one, {"aksi": "terbit-ulang", "kunci": key, "reason": "Nama"})["Location"]
        for _twice in range(2)
    }
    assert len(jobs) == 1


def test_uploading_earlier_ones(client: Any, tenant_a: Any) -> None:
    assert "Belum ada sertifikat lama" in words_of(client.get(f"{ROOT}lama/"))
    assert client.get(f"{ROOT}lama/templat/").content[:2] == b"PK"
    empty = client.post(f"{ROOT}lama/unggah/", {})
    assert empty.status_code == 422 and "Pilih berkas" in words_of(empty)
    data = b"kode;nama;program;selesai\nA-1;Ayu;Dasar;2019-03-31\n"
    upload = SimpleUploadedFile("lama.csv", data, "text/csv")
    job_page = client.post(f"{ROOT}lama/unggah/", {"berkas": upload})["Location"]
    from shared_apps.jobs.tasks import run_job

    job_id = job_page.rstrip("/").rsplit("/", 1)[1]
    with in_tenant(tenant_a):
        run_job.call(job_id)
    assert "Simpan baris yang benar" in words_of(client.get(job_page))
    confirm = f"{ROOT}lama/simpan/{job_id}/"
    assert "1 sertifikat baru." in words_of(client.get(confirm))
    kept = client.post(confirm)["Location"]
    assert client.post(confirm)["Location"] == kept
    run_job.call(kept.rstrip("/").rsplit("/", 1)[1])
    page = client.get(f"{ROOT}lama/")
    assert "A-1" in words_of(page) and "/v/A1/" in page.content.decode()
    found = re.search(rf"{ROOT}lama/([0-9a-f-]+)/tarik/", page.content.decode())
    assert found is not None
    gone = client.post(found[0], {"reason": "Keliru"}, follow=True)
    assert "Ditarik" in words_of(gone)
