"""Ten thousand people assigned by a file as one job, killed with -9 on the way and taken up again.

Real processes on a database of its own: a worker is killed in the middle of a batch, the next one
goes on. Time and peak memory of the last run are printed.
"""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.browser.product import ROOT, Product

pytestmark = [
    pytest.mark.prove,
    pytest.mark.skipif(os.environ.get("PROVE") != "1", reason="a long proof: make prove"),
]
ROWS = int(os.environ.get("ROWS") or 10_000)
# Makes staff with accounts, a class, and the job; prints the job's id.
PREPARE = """
import uuid
from django.core.files.uploadedfile import SimpleUploadedFile
from shared_apps.accounts.models import Account, Identity
from shared_apps.accounts.selectors import account_by_email
from tenant_apps.learning.models import Offering, Topic
from tenant_apps.learning.services import assignment
from tenant_apps.learning.services.offerings import announce
from tenants.models import Tenant
from tenants.schemas import in_tenant
tenant = Tenant.objects.select_related("agency").get(code="kanreg10")
def number(n):
    day, rest = n % 28 + 1, n // 28
    return f"1985{rest % 12 + 1:02d}{day:02d}201001{1 + n % 2}{rest // 12 % 999 + 1:03d}"
rows = [(uuid.uuid4(), number(n)) for n in range(ROWS)]
assert len({row[1] for row in rows}) == ROWS
Account.objects.bulk_create(
    [Account(id=pk, name=f"Pegawai {n}", email=f"massal{n}@contoh.test",
             home_agency=tenant.agency, password="!") for n, (pk, _) in enumerate(rows)],
    batch_size=2000)
Identity.objects.bulk_create(
    [Identity(account_id=pk, number=text, kind="pns", agency=tenant.agency, state="confirmed",
              decided_at="2026-01-01T00:00:00Z", decided_by=account_by_email("made@contoh.test"))
     for pk, text in rows], batch_size=2000)
with in_tenant(tenant):
    topic = Topic.objects.get(slug="cuti-pns")
    offering = Offering.objects.create(slug="massal", title="Massal", topic=topic, state="open",
        mode="open", form="C3", capacity=ROWS - 100)
    announce(offering)
    lines = ["NIP", *(text for _pk, text in rows), "bukan-nip", rows[0][1], "199001012015031999"]
    job = assignment.assign_file(by=account_by_email("made@contoh.test"), offering=offering,
        upload=SimpleUploadedFile("massal.csv", "\\n".join(lines).encode()))
print("JOB", job.pk)
"""
RUN = """
import resource
from shared_apps.jobs.tasks import run_job
print("RAN", run_job.call("{job}"), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)
"""


def _shell(product: Product, code: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "manage.py", "shell", "-v", "0", "-c", code],
        cwd=ROOT, env=dict(product.environment), stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT, text=True,
    )  # fmt: skip


def test_ten_thousand_rows(product: Product) -> None:
    prepare = _shell(product, PREPARE.replace("ROWS", str(ROWS)))
    text, _ = prepare.communicate(timeout=600)
    assert prepare.returncode == 0, text[-3000:]
    job = text.split("JOB ")[1].split()[0]

    def row() -> tuple[object, ...]:
        return product.rows("SELECT state, done, attempts FROM jobs_job WHERE id = %s", job)[0]

    kills = 0
    for share in (0.2, 0.5, 0.8):
        runner = _shell(product, RUN.format(job=job))
        while runner.poll() is None and int(str(row()[1])) < share * ROWS:
            time.sleep(0.05)
        if runner.poll() is None:
            runner.send_signal(signal.SIGKILL)
            kills += 1
        runner.communicate(timeout=60)
    started = time.monotonic()
    begun = int(str(row()[1]))
    runner = _shell(product, RUN.format(job=job))
    text, _ = runner.communicate(timeout=900)
    seconds = time.monotonic() - started
    assert "RAN True" in text, text[-3000:]
    assert (row()[0], kills) == ("done", 3)
    seats = dict(product.rows("SELECT s.state, count(*) FROM t_kanreg10.learning_seat s JOIN "
        "t_kanreg10.learning_offering o ON o.id = s.offering_id WHERE o.slug = 'massal' "
        "GROUP BY s.state"))  # fmt: skip
    assert seats == {"seated": ROWS - 100, "waiting": 100}
    ((taken, people),) = product.rows(
        "SELECT seats_taken, (SELECT count(DISTINCT member_id) FROM t_kanreg10.learning_enrolment "
        "WHERE offering_id = o.id) FROM t_kanreg10.learning_offering o WHERE slug = 'massal'"
    )
    assert (taken, people) == (ROWS - 100, ROWS - 100)
    (faults,) = product.rows("SELECT checkpoint->'faults' FROM jobs_job WHERE id = %s", job)[0]
    assert len(faults) == 3
    assert list(Path(product.folder).rglob("*.out")), "the returned file lies beside the job"
    print(f"rows {ROWS}, kills {kills}; last run {ROWS - begun} rows in {seconds:.1f} s")
    print(f"peak memory of the process: {text.split('RAN True ')[1].split()[0]} MiB")
