"""Fifty thousand rows as a file: asked for in a moment, made in little memory, killed midway."""

import json
import os
import signal
import subprocess
import sys
import time
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from tests.browser.product import ROOT, Product

pytestmark = [
    pytest.mark.prove,
    pytest.mark.skipif(os.environ.get("PROVE") != "1", reason="a long proof: make prove"),
]
ROWS = 50_000
FILL = """
WITH made AS (
  INSERT INTO accounts_account (id, password, handle, name, email, home_agency_id, language,
    is_active, date_joined)
  SELECT gen_random_uuid(), '!', 'uji' || n, 'Peserta ' || n, 'uji' || n || '@contoh.test',
    (SELECT id FROM tenants_agency WHERE code = 'bkn'), '', true, now()
  FROM generate_series(1, %s) n RETURNING id),
member AS (
  INSERT INTO t_kanreg10.members_member (account_id, joined_at)
  SELECT id, now() FROM made RETURNING account_id),
enrolment AS (
  INSERT INTO t_kanreg10.learning_enrolment (id, member_id, topic_id, version_id, step,
    started_at, attempts, survey_sent, pre_right, pre_total)
  SELECT gen_random_uuid(), account_id, t.id, t.current_id, 'reading', now(), 0, false, 4, 10
  FROM member, (SELECT id, current_id FROM t_kanreg10.learning_topic WHERE slug = 'cuti-pns') t
  RETURNING id)
INSERT INTO t_kanreg10.learning_sectionreading (enrolment_id, section_id, seconds, opened_at)
SELECT e.id, s.id, 120, now() FROM enrolment e, (
  SELECT s.id FROM t_kanreg10.learning_section s JOIN t_kanreg10.learning_topic t
  ON t.current_id = s.version_id WHERE t.slug = 'cuti-pns' LIMIT 1) s
RETURNING 1
"""
# Asks as the page does and works as the worker does, in a process of its own.
ASK = """
import json, sys, time
from django.test import Client
from django.conf import settings
from shared_apps.accounts.models import Identity
from shared_apps.jobs.models import Job
account = Identity.objects.get(number="198207152006041001").account
client = Client(headers={"host": f"kanreg10.{settings.BASE_DOMAIN}"})
client.force_login(account, backend="shared_apps.accounts.backends.NipOrEmailBackend")
client.get("/kelola/peserta/")
start = time.perf_counter()
answer = client.get("/kelola/peserta/", {"format": sys.argv[1], "q": "Peserta"})
print(json.dumps({"job": answer["Location"].split("/")[-2],
                  "seconds": round(time.perf_counter() - start, 2)}))
"""
RUN = """
import json, re, sys, time
from pathlib import Path
from shared_apps.jobs.tasks import run_job
from django.db import connection

def peak_mb():
    # Of this program alone; what getrusage tells begins with the parent's.
    return int(re.search(r"VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text())[1]) // 1024

connection.ensure_connection()
before = peak_mb()
start = time.perf_counter()
ran = run_job.call(sys.argv[1])
print(json.dumps({"ran": ran, "seconds": round(time.perf_counter() - start, 1),
                  "before_mb": before, "peak_mb": peak_mb()}))
"""
SETUP = f"""
import os, sys
sys.path[:0] = [{str(ROOT)!r}, {str(ROOT / "platform")!r}]
os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
import django
django.setup()
"""


def started(product: Product, script: str, argument: str) -> subprocess.Popen[str]:
    """Start a script in the product's environment."""
    return subprocess.Popen(
        [sys.executable, "-c", SETUP + script, argument],
        cwd=ROOT, env=dict(product.environment), stdout=subprocess.PIPE, text=True,
        start_new_session=True,
    )  # fmt: skip


def answer_of(process: subprocess.Popen[str]) -> dict[str, Any]:
    output, _ = process.communicate(timeout=600)
    found: dict[str, Any] = json.loads(output.strip().splitlines()[-1])
    return found


@pytest.mark.parametrize("ending", ["xlsx", "csv"])
def test_fifty_thousand_rows(product: Product, ending: str) -> None:
    if not product.rows("SELECT 1 FROM accounts_account WHERE handle = 'uji1'"):
        assert len(product.rows(FILL, ROWS)) == ROWS
    asked = answer_of(started(product, ASK, ending))
    assert asked["seconds"] < 3, asked
    job = asked["job"]
    killed = started(product, RUN, job)
    while not product.rows("SELECT 1 FROM jobs_job WHERE id = %s AND done > 5000", job):
        assert killed.poll() is None
        time.sleep(0.05)
    os.killpg(killed.pid, signal.SIGKILL)
    killed.communicate()
    done = answer_of(started(product, RUN, job))
    print(f"\n{ending}: asked in {asked['seconds']} s; {done}")
    assert done["ran"] and done["peak_mb"] - done["before_mb"] < 80, done
    ((state, total, summary),) = product.rows(
        "SELECT state, done, summary::text FROM jobs_job WHERE id = %s", job
    )
    assert (state, total) == ("done", ROWS), summary
    path = product.folder / "media" / "kanreg10" / "jobs" / f"{job}.out"
    if ending == "csv":
        with path.open(encoding="utf-8-sig") as file:
            assert sum(1 for _line in file) == ROWS + 1
    else:
        sheet = CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0)
        assert sheet.height == ROWS + 1
        assert len({row[0] for row in sheet.iter_rows()}) == ROWS + 1
