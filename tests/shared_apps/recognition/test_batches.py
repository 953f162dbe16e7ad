"""A whole class: issuing, issuing again and bundling as jobs that may be killed and repeated."""

import datetime
import hashlib
import io
import uuid
import zipfile
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pypdf
import pytest

from shared_apps.access.services import grant_role
from shared_apps.audit.models import Event
from shared_apps.jobs.models import Job
from shared_apps.jobs.tasks import run_job
from shared_apps.recognition.models import Certificate, LedgerEntry, Rendition
from shared_apps.recognition.services import batches
from shared_apps.recognition.services.batches import Order, Selection
from tenants.schemas import in_tenant

Give = Callable[..., Any]
NOW = datetime.datetime(2026, 11, 22, 3, 42, tzinfo=datetime.UTC)


@pytest.fixture
def boss(make_account: Any, tenant_a: Any, tenant_b: Any) -> Any:
    account = make_account(name="Pengelola")
    for tenant in (tenant_a, tenant_b):
        grant_role(account=account, tenant=tenant, role="manager", by=None)
    return account


@pytest.fixture(autouse=True)
def _media(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path


def order(account_id: uuid.UUID, source: uuid.UUID, **changes: Any) -> Order:
    values: dict[str, Any] = {
        "account_id": account_id,
        "kind": "topic",
        "uuid": source,
        "form": "C3",
        "title": "Kelas Pelayanan",
        "jp_claimed": Decimal("2.00"),
        "started_on": NOW.date(),
        "completed_at": NOW,
        "batch": "Angkatan I",
    }
    return Order(**(values | changes))


def run(job: Job) -> Job:
    run_job.call(str(job.pk))
    job.refresh_from_db()
    return job


def test_each_row_for_itself(make_account: Any, tenant_a: Any, boss: Any) -> None:
    people, source = [make_account(name=f"Peserta {n}") for n in range(3)], uuid.uuid4()
    orders = [order(person.pk, source) for person in people]
    orders[1] = order(people[1].pk, source, jp_claimed=Decimal(0))
    orders.append(order(uuid.uuid4(), source))
    with in_tenant(tenant_a):
        job = batches.issue_later(orders=orders, title="Terbitkan", key="kelas-1", by=boss)
        assert batches.issue_later(orders=orders, title="Lagi", key="kelas-1", by=boss) == job
    done = run(job)
    assert (done.state, done.done) == ("done", 4)
    assert done.summary[0].startswith("2 ") and done.summary[1].startswith("2 ")
    assert done.output_path.exists()
    assert Certificate.objects.filter(uuid=source).count() == 2
    # The same orders again change nothing.
    with in_tenant(tenant_a):
        refused = batches.issue_many(orders=orders, by=boss)
    assert set(refused) == {1, 3} and Certificate.objects.filter(uuid=source).count() == 2
    assert LedgerEntry.objects.filter(uuid=source).count() == 2


def test_a_killed_job_goes_on(
    make_account: Any, tenant_a: Any, boss: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    people, source = [make_account() for _n in range(4)], uuid.uuid4()
    with in_tenant(tenant_a):
        job = batches.issue_later(
            orders=[order(person.pk, source) for person in people], title="T", key="", by=boss
        )
    real, calls = batches.award, []

    def dies(**values: Any) -> Any:
        calls.append(values)
        if len(calls) == 3:
            raise RuntimeError("the machine went away")
        return real(**values)

    monkeypatch.setattr(batches, "award", dies)
    assert run(job).state == "queued" and job.checkpoint["next"] == 2
    assert Certificate.objects.filter(uuid=source).count() == 2
    assert run(job).state == "done"
    assert Certificate.objects.filter(uuid=source).count() == 4 and len(calls) == 5


def test_all_again(give: Give, make_account: Any, tenant_a: Any, boss: Any) -> None:
    source = uuid.uuid4()
    people = [make_account(name=f"Peserta {n}") for n in range(3)]
    old = [give(person, tenant_a, source=source, at=NOW) for person in people]
    other = give(people[0], tenant_a, at=NOW)
    type(people[0]).objects.filter(pk=people[0].pk).update(name="Nama Baru, S.H.")
    with in_tenant(tenant_a):
        job = batches.reissue_later(
            selection=Selection(source=str(source)),
            reason="Penanda tangan diganti",
            template_id=None,
            by=boss,
            key="sekali",
        )
        assert Selection(source=str(source)).rows().count() == 3
    assert run(job).state == "done" and job.done == 3
    valid = Certificate.objects.filter(uuid=source, revoked_at__isnull=True)
    assert {row.version for row in valid} == {2} and valid.count() == 3
    assert valid.filter(holder_name="Nama Baru, S.H.").count() == 1
    assert LedgerEntry.objects.filter(uuid=source).count() == 3
    other.refresh_from_db()
    assert other.revoked_at is None
    # Taken up again after the end of its work, it makes no third version.
    Job.objects.filter(pk=job.pk).update(state="queued")
    run(job)
    assert valid.count() == 3 and not valid.filter(version=3).exists()
    assert all(Certificate.objects.get(pk=row.pk).revoked_at for row in old)


def test_zip_holds_files_that_verify(
    give: Give, make_account: Any, tenant_a: Any, boss: Any, portal_client: Any
) -> None:
    source = uuid.uuid4()
    found = [give(make_account(), tenant_a, source=source) for _n in range(2)]
    with in_tenant(tenant_a):
        job = batches.bundle_later(selection=Selection(source=str(source)), merged=False, by=boss)
    assert run(job).state == "done"
    with zipfile.ZipFile(job.output_path) as archive:
        names = archive.namelist()
        data = [archive.read(name) for name in names]
    assert len(set(names)) == 2 and all(name.endswith(".pdf") for name in names)
    hashes = {hashlib.sha256(each).hexdigest() for each in data}
    renditions = Rendition.objects.filter(certificate__in=found)
    assert {row.sha256 for row in renditions} == hashes
    assert Event.objects.get(verb="certificate.bundled", ref=str(job.pk)).data == {"count": 2}
    # Once more: the same files, no new renditions.
    with in_tenant(tenant_a):
        run(batches.bundle_later(selection=Selection(source=str(source)), merged=False, by=boss))
    assert renditions.count() == 2


def test_merged(give: Give, make_account: Any, tenant_a: Any, boss: Any) -> None:
    source = uuid.uuid4()
    for _n in range(3):
        give(make_account(), tenant_a, source=source)
    with in_tenant(tenant_a):
        job = batches.bundle_later(selection=Selection(source=str(source)), merged=True, by=boss)
        empty = batches.bundle_later(
            selection=Selection(source=str(uuid.uuid4())), merged=True, by=boss
        )
    assert run(job).state == "done"
    assert len(pypdf.PdfReader(io.BytesIO(job.output_path.read_bytes())).pages) == 6
    assert run(empty).state == "failed" and "Tidak ada sertifikat" in empty.summary[0]
