"""Certificates from before Lintas: uploaded row by row, found by any way of writing their code."""

import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from shared_apps.access.services import grant_role
from shared_apps.audit.models import Event
from shared_apps.jobs.models import Job
from shared_apps.jobs.tasks import run_job
from shared_apps.recognition import codes, selectors
from shared_apps.recognition.errors import LegacyRefused
from shared_apps.recognition.models import LedgerEntry, LegacyCertificate
from shared_apps.recognition.services import legacy, legacy_jobs
from tenants.schemas import in_tenant
from toolkit import sheets, xlsx

HEADER = ["Kode", "Nomor", "Nama", "NIP", "Program", "JP", "Mulai", "Selesai", "Penanda tangan"]
GOOD = ["ABC-2019/001", "893.3/001/2019", "Ayu Lestari", "198503152010012003", "Pelatihan Dasar",
        "20", "2019-03-18", "31/03/2019", "Kepala Badan"]  # fmt: skip


@pytest.fixture(autouse=True)
def _media(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def boss(make_account: Any, tenant_a: Any, tenant_b: Any) -> Any:
    account = make_account(name="Pengelola")
    for tenant in (tenant_a, tenant_b):
        grant_role(account=account, tenant=tenant, role="manager", by=None)
    return account


def row(**changes: str) -> list[str]:
    """Return a good row with some cells changed, by their header."""
    return [changes.get(title, cell) for title, cell in zip(HEADER, GOOD, strict=True)]


def uploaded(rows: list[list[str]], name: str = "lama.xlsx") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, xlsx.workbook(HEADER, rows))


def run(job: Job) -> Job:
    run_job.call(str(job.pk))
    job.refresh_from_db()
    return job


def keep(tenant: Any, boss: Any, rows: list[list[str]], *, update: bool = False) -> Job:
    """Upload, check and keep rows."""
    with in_tenant(tenant):
        checked = run(legacy_jobs.upload_later(upload=uploaded(rows), update=update, by=boss))
        assert checked.state == "done", checked.summary
        return run(legacy_jobs.keep_later(checked=checked, by=boss))


def test_first_only_checked(tenant_a: Any, boss: Any) -> None:
    bad = [
        row(Kode=""),
        row(Kode="!!!"),
        row(Kode="B-2", NIP="123"),
        row(Kode="B-3", JP="dua"),
        row(Kode="B-4", JP="-1"),
        row(Kode="B-5", Selesai="31/02/2019"),
        row(Kode="B-6", Selesai=""),
        row(Kode="B-7", Mulai="2019-05-01"),
        row(Kode="B-8", Nama="x" * 121),
        row(Kode="abc-2019/001"),
        row(Kode="B-9", Selesai="2999-01-01"),
        row(Kode="B-10", JP="2.005"),
    ]
    with in_tenant(tenant_a):
        job = run(legacy_jobs.upload_later(upload=uploaded([GOOD, *bad]), update=False, by=boss))
    assert job.state == "done" and not LegacyCertificate.objects.exists()
    assert job.summary == ["1 sertifikat baru.", f"{len(bad)} baris salah; sebabnya ada di kolom"
                           " kesalahan."]  # fmt: skip
    assert job.next_path == f"/kelola/sertifikat/lama/simpan/{job.pk}/"
    back = sheets.read(job.output_path, legacy.COLUMNS, most_rows=50)
    assert back.header[-1] == "kesalahan" and len(back.rows) == len(bad) + 1
    faults = [each.cells[-1] for each in back.rows]
    assert faults[0] == "" and all(faults[1:]) and faults[10] == "Kode sama dengan baris 2."


def test_kept_once(tenant_a: Any, boss: Any) -> None:
    job = keep(tenant_a, boss, [GOOD, row(Kode="", Nama="Tanpa kode")])
    assert job.summary == [
        "1 sertifikat baru.",
        "1 baris salah; sebabnya ada di kolom kesalahan.",
    ]
    found = LegacyCertificate.objects.get()
    assert (found.code, found.code_key) == ("ABC-2019/001", "ABC2019001")
    assert (found.jp, found.completed_on) == (Decimal("20.00"), datetime.date(2019, 3, 31))
    assert found.provider_name == tenant_a.name and found.added_by == boss
    again = keep(tenant_a, boss, [GOOD])
    assert again.summary == ["0 sertifikat baru.", "1 sudah tercatat."]
    assert LegacyCertificate.objects.get() == found and not LedgerEntry.objects.filter(
        title="Pelatihan Dasar"
    )
    assert Event.objects.filter(verb="earlier_certificate.uploaded").count() == 2
    with in_tenant(tenant_a):
        checked = Job.objects.filter(params__dry=True).latest("created_at")
        twice = [legacy_jobs.keep_later(checked=checked, by=boss) for _n in range(2)]
    assert twice[0] == twice[1]


def test_other_data_only_when_asked(tenant_a: Any, boss: Any) -> None:
    keep(tenant_a, boss, [GOOD])
    refused = keep(tenant_a, boss, [row(Nama="Nama Lain")])
    assert "1 baris salah" in refused.summary[1]
    assert LegacyCertificate.objects.get().holder_name == "Ayu Lestari"
    changed = keep(tenant_a, boss, [row(Nama="Nama Lain", Nomor="9/9")], update=True)
    assert "1 diperbarui." in changed.summary
    found = LegacyCertificate.objects.get()
    assert (found.holder_name, found.number_key) == ("Nama Lain", "99")


def test_a_killed_job_goes_on(tenant_a: Any, boss: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(legacy, "BATCH", 2)
    rows = [row(Kode=f"K-{n}") for n in range(5)] + [row(Kode="K-1", Nama="Dua kali")]
    with in_tenant(tenant_a):
        checked = run(legacy_jobs.upload_later(upload=uploaded(rows), update=False, by=boss))
        job = legacy_jobs.keep_later(checked=checked, by=boss)
    real, calls = legacy.store, []

    def dies(*args: Any, **values: Any) -> None:
        calls.append(1)
        if len(calls) == 2:
            raise RuntimeError("the machine went away")
        real(*args, **values)

    monkeypatch.setattr(legacy, "store", dies)
    assert run(job).state == "queued" and LegacyCertificate.objects.count() == 2
    assert run(job).state == "done" and LegacyCertificate.objects.count() == 5
    assert job.summary[0] == "5 sertifikat baru." and "1 baris salah" in job.summary[-1]


@pytest.mark.parametrize(
    "data", [b"", b"<svg/>", b"PK\x03\x04junk", b"%PDF-1.4", "Kode;Nama\n".encode("utf-16")]
)
def test_files_that_are_no_table(data: bytes, tenant_a: Any, boss: Any) -> None:
    with in_tenant(tenant_a):
        job = run(
            legacy_jobs.upload_later(
                upload=SimpleUploadedFile("x.xlsx", data), update=False, by=boss
            )
        )
    assert job.state == "failed" and job.summary[0] and not LegacyCertificate.objects.exists()


@pytest.mark.parametrize(
    "typed",
    ["ABC-2019/001", "abc 2019 001", "ＡＢＣ2019001", "893.3/001/2019", "8933 001 2019"],
)
def test_verifies(typed: str, tenant_a: Any, boss: Any, portal_client: Any) -> None:
    keep(tenant_a, boss, [GOOD])
    asked = portal_client.get("/v/", {"kode": typed})
    assert asked.status_code == 302
    page = portal_client.get(asked["Location"], follow=True)
    text = page.content.decode()
    assert page.status_code == 200
    for part in (
        "Diterbitkan sebelum Lintas, data dari penyelenggara",
        "Ayu Lestari",
        "1985••••••••••••03",
        "Pelatihan Dasar",
        "20 (dua puluh) JP",
        "18–31 Maret 2019",
        "Kepala Badan",
        tenant_a.name,
    ):
        assert part in text, part
    assert "198503152010012003" not in text and page["X-Robots-Tag"] == "noindex"


def test_one_code_of_several_providers(
    tenant_a: Any, tenant_b: Any, boss: Any, portal_client: Any, give: Any, make_account: Any
) -> None:
    ours = give(make_account(name="Pemilik Baru"), tenant_a)
    keep(tenant_a, boss, [row(Kode=ours.code, Nama="Pemilik Lama A")])
    keep(tenant_b, boss, [row(Kode=ours.code.replace("-", ""), Nama="Pemilik Lama B")])
    page = portal_client.get(f"/v/{ours.code}/").content.decode()
    assert "Lebih dari satu sertifikat memakai kode ini" in page
    assert "diterbitkan di Lintas" in page and page.count("diterbitkan sebelum Lintas") == 2
    ours_page = portal_client.get(f"/v/{ours.code}/?pilih=lintas").content.decode()
    assert "Pemilik Baru" in ours_page and "Berlaku" in ours_page
    for found in selectors.earlier_certificates(ours.code):
        text = portal_client.get(f"/v/{ours.code}/?pilih={found.pk}").content.decode()
        assert found.holder_name in text and "Pemilik Baru" not in text
    for nonsense in ("x", "../..", "'"):
        text = portal_client.get(f"/v/{ours.code}/", {"pilih": nonsense}).content.decode()
        assert "Lebih dari satu" in text


def test_hostile_texts(tenant_a: Any, boss: Any, portal_client: Any) -> None:
    bad = "<script>alert(1)</script>"
    keep(tenant_a, boss, [row(Kode="X<1>", Nama=bad, Program=bad)])
    text = portal_client.get("/v/X1/").content.decode()
    assert bad not in text and "&lt;script&gt;" in text


def test_withdrawn(tenant_a: Any, tenant_b: Any, boss: Any, portal_client: Any) -> None:
    keep(tenant_a, boss, [GOOD])
    found = LegacyCertificate.objects.get()
    for tenant, reason in ((tenant_b, "Alasan"), (tenant_a, " ")):
        with pytest.raises(LegacyRefused):
            legacy.withdraw(certificate_id=found.pk, tenant=tenant, reason=reason, by=boss)
    for _twice in range(2):
        legacy.withdraw(certificate_id=found.pk, tenant=tenant_a, reason="Keliru", by=boss)
    text = portal_client.get("/v/ABC2019001/").content.decode()
    assert "Ditarik: sertifikat ini tidak berlaku lagi" in text and "Keliru" in text
    assert Event.objects.filter(verb="earlier_certificate.withdrawn").count() == 1


def test_fold() -> None:
    assert codes.fold(" b-12/a\u00a0") == "B12A"
    assert codes.fold("//--") == "" and len(codes.fold("x" * 500)) == 120
