"""Importing a whole agency: time and memory of the dry run, of applying it, and of a repeat.

`make prove` takes 100,000 people; `make test` the same way at a few hundred.
"""

import datetime
import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from shared_apps.access.services import grant_role
from shared_apps.employees import selectors
from shared_apps.employees.models import Assignment, Employee, StaffImport
from shared_apps.employees.services import imports
from shared_apps.jobs import tasks
from shared_apps.jobs.models import Job
from tenants.schemas import in_tenant
from tests.tenant_apps.members import staff_file

PROVE = os.environ.get("PROVE") == "1"
PEOPLE = int(os.environ.get("PEOPLE") or (100_000 if PROVE else 300))
UNITS = max(9, PEOPLE // 100)
#: Bounds of `make prove`; small runs are only checked for their results.
MOST_SECONDS, MOST_MEGABYTES = 300, 400


class Watch:
    """Seconds and megabytes of one step: the peak above what the process held before."""

    def __enter__(self) -> "Watch":
        Path("/proc/self/clear_refs").write_text("5")
        self._held = self._read("VmRSS")
        self._began = time.monotonic()
        return self

    def __exit__(self, *_: object) -> None:
        self.seconds = time.monotonic() - self._began
        self.megabytes = (self._read("VmHWM") - self._held) / 1024

    @staticmethod
    def _read(name: str) -> int:
        lines = Path("/proc/self/status").read_text().splitlines()
        return int(next(line for line in lines if line.startswith(name)).split()[1])

    def __str__(self) -> str:
        return f"{self.seconds:.1f} s, {self.megabytes:.0f} MB above the start"


def run(job: Any) -> tuple[Job, Watch]:
    """Run a job as the worker would, and watch it."""
    with Watch() as watch:
        tasks.run_job.call(str(job.pk))
    done = Job.objects.get(pk=job.pk)
    assert done.state == "done", done.summary
    return done, watch


def test_a_whole_agency(
    make_account: Callable[..., Any],
    client_for: Callable[..., Any],
    tenant_a: Any,
    tmp_path: Path,
    settings: Any,
) -> None:
    settings.MEDIA_ROOT = tmp_path
    manager = make_account(agency="bkn", state="confirmed")
    grant_role(account=manager, tenant=tenant_a, role="manager", by=None)
    declared = [
        make_account(agency="bkn", number=staff_file.number_of(n), name=f"Pegawai Contoh {n:06d}")
        for n in range(0, 100, 2)
    ]
    file = staff_file.save(tmp_path / "p.xlsx", staff_file.many(PEOPLE, units=UNITS))
    print(f"{PEOPLE} people in {UNITS} units, {file.stat().st_size / 1e6:.1f} MB")

    def take(path: Path) -> tuple[StaffImport, Watch]:
        with in_tenant(tenant_a):
            made = imports.start(
                by=manager,
                upload=staff_file.upload(path),
                effective_on=datetime.date(2026, 1, 1),
                complete=True,
            )
        _job, watch = run(made.plan_job)
        made.refresh_from_db()
        return made, watch

    watches = []
    made, watch = take(file)
    watches.append(("dry run", watch))
    assert made.counts == {"unit.baru": UNITS, "pegawai.baru": PEOPLE, "rows": PEOPLE}
    with in_tenant(tenant_a):
        made = imports.request_apply(by=manager, import_id=made.pk)
    job, watch = run(made.apply_job)
    watches.append(("apply", watch))
    assert f"{len(declared)} identitas cocok" in job.summary[1]
    assert Employee.objects.count() == Assignment.objects.count() == PEOPLE
    assert selectors.active_counts() == {tenant_a.agency_id: PEOPLE}
    made, watch = take(file)
    watches.append(("dry run of the same file", watch))
    assert made.counts == {"same": PEOPLE, "rows": PEOPLE}
    client = client_for(tenant_a, manager)
    for query in ("", "?q=contoh 000099", "?unit=U00003", "?urut=-golongan&halaman=9"):
        with Watch() as watch:
            assert client.get(f"/kelola/pegawai/{query}").status_code == 200
        watches.append((f"/kelola/pegawai/{query}", watch))
    for name, watch in watches:
        print(f"{name}: {watch}")
    if PROVE:
        assert all(watch.seconds < 2 for name, watch in watches if name.startswith("/"))
        assert all(watch.seconds < MOST_SECONDS for _name, watch in watches)
        assert all(watch.megabytes < MOST_MEGABYTES for _name, watch in watches)
