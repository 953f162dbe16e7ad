"""kill -9 of the worker while it applies a staff import: nothing twice, nothing lost."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.browser.learner import Visitor
from tests.browser.product import ROOT, Product
from tests.browser.tours.staff import MANAGER, PASSWORD
from tests.browser.watch import Window
from tests.tenant_apps.members import staff_file

pytestmark = pytest.mark.browser
PROVE = os.environ.get("PROVE") == "1"
PEOPLE, KILLS = (40_000, 8) if PROVE else (4_000, 2)
PATIENCE = 240.0
REAP = "from shared_apps.jobs.tasks import reap; print(reap.call())"
# Kept numbers that differ from what is really there.
WRONG = """
SELECT count(*) FROM (
  SELECT e.agency_id, a.standing, count(*) AS n FROM employees_assignment a
  JOIN employees_employee e ON e.id = a.employee_id
  WHERE a.latest AND e.left_on IS NULL GROUP BY 1, 2) real
FULL JOIN (SELECT * FROM employees_staffcount WHERE unit_id IS NULL AND people <> 0) kept
  USING (agency_id, standing)
WHERE real.n IS DISTINCT FROM kept.people
"""


def _done(product: Product) -> tuple[str, int]:
    """Return state and progress of the job that applies the import."""
    rows = product.rows("SELECT state, done FROM jobs_job WHERE kind = 'employees.import'")
    return rows[0][0], rows[0][1]


def _kill_at(product: Product, target: int) -> None:
    """Let a worker run until so many rows are done, then kill it with all below it."""
    process = subprocess.Popen(
        [sys.executable, "manage.py", "worker", "--queue", "jobs"],
        cwd=ROOT, env=product.environment, start_new_session=True,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    deadline = time.monotonic() + PATIENCE
    try:
        while _done(product)[1] < target:
            assert process.poll() is None and time.monotonic() < deadline, _done(product)
            time.sleep(0.02)
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    # A minute of silence, without the minute.
    product.rows(
        "UPDATE jobs_job SET heartbeat_at = now() - interval '2 minutes' "
        "WHERE kind = 'employees.import' RETURNING 1"
    )
    assert product.manage("shell", "--no-imports", "-c", REAP).strip().endswith("1")


def test_a_killed_import_goes_on(
    product: Product, open_window: Callable[..., Window], tmp_path: Path
) -> None:
    before = product.rows("SELECT count(*) FROM employees_employee")[0][0]
    visitor = Visitor(open_window(), product)
    visitor.sign_in(MANAGER, PASSWORD)
    main = visitor.page.get_by_role("main")
    file = staff_file.save(tmp_path / "p.xlsx", staff_file.many(PEOPLE, units=PEOPLE // 50))
    visitor.go(product.tenant("kanreg10") + "/kelola/pegawai/impor/")
    visitor.page.locator("input[type=file]").set_input_files(str(file))
    main.get_by_role("button", name="Periksa berkas").click()
    visitor.page.wait_for_url("**/pekerjaan/**")
    product.manage("db_worker", "--queue-name", "jobs", "--batch", "--no-startup-delay")
    main.get_by_role("link", name="Lihat perubahannya").click(timeout=30_000)
    main.locator("form[action$='/terapkan/'] button").click()
    visitor.page.wait_for_url("**/pekerjaan/**")
    for kill in range(1, KILLS + 1):
        _kill_at(product, kill * PEOPLE // (KILLS + 1))
        state, done = _done(product)
        print(f"killed at {done} of {PEOPLE}")
        assert state == "running" and done < PEOPLE
    product.manage("db_worker", "--queue-name", "jobs", "--batch", "--no-startup-delay")
    assert _done(product) == ("done", PEOPLE)
    counts = product.rows(
        "SELECT count(*), count(DISTINCT number), "
        "(SELECT count(*) FROM employees_assignment) FROM employees_employee"
    )
    assert counts == [(before + PEOPLE,) * 3]
    assert product.rows(WRONG) == [(0,)]
    imported = product.rows("SELECT count(*) FROM audit_event WHERE verb = 'employees.imported'")
    assert imported == [(1,)]
