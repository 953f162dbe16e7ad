"""kill -9 of a worker in the middle of a job: the next one ends it exactly."""

import os
import signal
import subprocess
import sys
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import pytest
from django.conf import settings
from django.db import connection
from django_tasks_db.models import DBTaskResult

from shared_apps.accounts.models import Account
from shared_apps.jobs import services, tasks
from shared_apps.jobs.models import Job
from tenants.models import Tenant
from tenants.schemas import enter_for_request, in_tenant
from tests.shared_apps.jobs.counting_worker import ROOT, ROWS, TABLE

WORKER = Path(__file__).with_name("counting_worker.py")
KILLS = 12 if os.environ.get("PROVE") == "1" else 3
PATIENCE = 60.0


@pytest.fixture(autouse=True)
def _fresh_memory() -> None:
    """Instead of the fixture for all tests: another process must see what is written."""


@pytest.fixture
def job(
    django_db_setup: None, django_db_blocker: Any, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Job]:
    """A committed job with its table; both are gone afterwards."""
    from shared_apps.jobs import handlers

    monkeypatch.setattr(handlers, "_handlers", {"kill_proof": lambda work: None})
    with django_db_blocker.unblock():
        enter_for_request(None)
        account = Account.objects.create(name="Uji Coba", email=f"{uuid.uuid4().hex}@contoh.test")
        with connection.cursor() as cursor:
            cursor.execute(f"DROP TABLE IF EXISTS {TABLE}; CREATE TABLE {TABLE} (n int)")
        with in_tenant(Tenant.objects.get(code="kanreg10")):
            made = services.enqueue(kind="kill_proof", by=account, title="Uji")
        try:
            yield made
        finally:
            Job.objects.filter(pk=made.pk).delete()
            DBTaskResult.objects.filter(args_kwargs__args__contains=[str(made.pk)]).delete()
            account.delete()
            with connection.cursor() as cursor:
                cursor.execute(f"DROP TABLE {TABLE}")


@contextmanager
def worker() -> Iterator[subprocess.Popen[bytes]]:
    """Start a worker on the tests' database, in a group of its own; it is gone afterwards."""
    address = urlsplit(os.environ["DATABASE_URL"])
    name = str(connection.settings_dict["NAME"])
    environment = {
        **os.environ,
        "DATABASE_URL": urlunsplit(address._replace(path=f"/{name}")),
        "SECRET_KEY": settings.SECRET_KEY,
    }
    process = subprocess.Popen(
        [sys.executable, str(WORKER)],
        cwd=ROOT, env=environment, start_new_session=True,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        yield process
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def wait_for(job: Job, condition: Callable[[Job], bool], process: Any) -> None:
    """Look at the job's row until the condition holds."""
    deadline = time.monotonic() + PATIENCE
    while not condition(job):
        assert time.monotonic() < deadline and process.poll() is None, (job.state, job.done)
        time.sleep(0.01)
        job.refresh_from_db()


def test_a_killed_worker_neither_loses_nor_repeats_a_row(job: Job) -> None:
    for kill in range(1, KILLS + 1):
        target = kill * ROWS // (KILLS + 4)
        with worker() as process:
            wait_for(job, lambda row, target=target: row.done >= target, process)
        job.refresh_from_db()
        assert job.state == "running" and job.done < ROWS
        # A minute of silence, without the minute.
        with connection.cursor() as cursor:
            cursor.execute(
                "UPDATE jobs_job SET heartbeat_at = now() - interval '2 minutes' WHERE id = %s",
                [job.pk],
            )
        assert tasks.reap.call() == 1
    with worker() as process:
        wait_for(job, lambda row: row.is_over, process)
    assert (job.state, job.done, job.attempts) == ("done", ROWS, KILLS + 1)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*), count(DISTINCT n), min(n), max(n) FROM {TABLE}")
        assert cursor.fetchone() == (ROWS, ROWS, 0, ROWS - 1)
