"""Lists as files: at once while short, as a job when long; only for who may have them."""

import os
import time
from collections.abc import Callable
from typing import Any

import pytest

from shared_apps.access.models import RoleAssignment
from shared_apps.jobs import exports, leftovers, tasks
from shared_apps.jobs.models import Job
from tests.tenant_apps.reports.conftest import many
from tests.toolkit.test_xlsx import rows_of

URL = "/kelola/peserta/"
Makes = Callable[..., Any]


@pytest.fixture
def long_list(tenant_a: Any, topic: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """A list of 40 that counts as long."""
    monkeypatch.setattr(exports, "MOST_AT_ONCE", 30)
    many(tenant_a, topic, 40)


def job_of(response: Any) -> Job:
    assert response.status_code == 302
    return Job.objects.get(pk=response["Location"].split("/")[-2])


@pytest.mark.parametrize("ending", ["xlsx", "csv"])
def test_a_long_list_becomes_a_job_with_the_same_rows(
    long_list: None,
    client_for: Makes,
    tenant_a: Any,
    worker: Makes,
    ending: str,
) -> None:
    client = client_for(tenant_a, worker("manager"))
    job = job_of(client.get(URL, {"format": ending, "q": "Peserta", "urut": "mulai"}))
    assert (job.title, job.kind) == ("Ekspor: Peserta", "export")
    assert job_of(client.get(URL, {"format": ending, "q": "Peserta", "urut": "mulai"})) == job
    assert job_of(client.get(URL, {"format": ending})) != job
    tasks.run_job.call(str(job.pk))
    job.refresh_from_db()
    assert (job.state, job.done, job.total, job.summary) == (
        "done", 40, 40, ["Berkas berisi 40 baris."],
    )  # fmt: skip
    file = client.get(f"/kelola/pekerjaan/{job.pk}/berkas/")
    content = b"".join(file.streaming_content)
    assert f"peserta.{ending}" in file["Content-Disposition"]
    if ending == "xlsx":
        names = [row[0] for row in rows_of(content)[1:]]
    else:
        names = [line.split(",")[0] for line in content.decode("utf-8-sig").splitlines()[1:]]
    assert sorted(names) == [f"Peserta {n:05}" for n in range(40)]
    again = job_of(client.get(URL, {"format": ending, "q": "Peserta", "urut": "mulai"}))
    assert again != job, "a finished export is made anew"


def test_a_short_list_comes_at_once(
    client_for: Makes,
    tenant_a: Any,
    worker: Makes,
    topic: Any,
) -> None:
    many(tenant_a, topic, 3)
    response = client_for(tenant_a, worker("manager")).get(URL, {"format": "xlsx"})
    assert len(rows_of(response.content)) == 4 and not Job.objects.exists()


def test_whose_right_is_gone_gets_nothing(
    long_list: None,
    client_for: Makes,
    tenant_a: Any,
    worker: Makes,
) -> None:
    account = worker("manager")
    job = job_of(client_for(tenant_a, account).get(URL, {"format": "csv"}))
    RoleAssignment.objects.filter(account=account).delete()
    tasks.run_job.call(str(job.pk))
    job.refresh_from_db()
    assert job.state == "failed" and not job.output_path.exists()


def test_old_files_are_swept(
    long_list: None,
    client_for: Makes,
    tenant_a: Any,
    worker: Makes,
) -> None:
    client = client_for(tenant_a, worker("manager"))
    kept, gone, waiting = (
        job_of(client.get(URL, {"format": "csv", "urut": order}))
        for order in ("mulai", "-mulai", "topik")
    )
    for left in kept.output_path.parent.glob("*"):
        left.unlink()
    for job in (kept, gone):
        tasks.run_job.call(str(job.pk))
    folder = kept.output_path.parent
    (folder / "tmpabc").write_text("part of a workbook")
    fresh = folder / "tmpnew"
    fresh.write_text("being written")
    waiting.input_path.write_text("an upload that its job still needs")
    old = time.time() - 8 * 86_400
    for path in folder.iterdir():
        if path != fresh:
            os.utime(path, (old, old))
    Job.objects.filter(pk=gone.pk).update(
        finished_at="2026-01-01T00:00:00Z", created_at="2026-01-01T00:00:00Z"
    )
    assert leftovers.sweep() == 2
    assert set(folder.iterdir()) >= {kept.output_path, waiting.input_path, fresh}
    page = client.get(f"/kelola/pekerjaan/{gone.pk}/").content.decode()
    assert "Berkas hasil dihapus setelah 7 hari" in page and "berkas/" not in page
    assert client.get(f"/kelola/pekerjaan/{gone.pk}/berkas/").status_code == 404
    for path in (fresh, waiting.input_path, kept.output_path):
        path.unlink()
