"""Runs one job: claims it, calls its handler in the tenant's schema, notes how it ended."""

import uuid
from datetime import timedelta
from typing import Any

import structlog
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.db.models import F, Q
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django_tasks_db.models import DBTaskResult

from shared_apps.jobs.choices import JobState
from shared_apps.jobs.handlers import handler_of
from shared_apps.jobs.models import Job
from tenants.schemas import in_tenant
from toolkit.errors import DomainError

log = structlog.get_logger("lintas.jobs")
#: Starts after which an error is final, and after which a job that kills its runner is given up.
MOST_ATTEMPTS = 4
MOST_STARTS = 20
#: A running job that was silent for so long is taken up again.
SILENCE = timedelta(seconds=60)
RUN_JOB = "shared_apps.jobs.tasks.run_job"
UNFINISHED = (JobState.QUEUED, JobState.RUNNING)


def _lock_number(job_id: uuid.UUID) -> int:
    """Return the number of a job's advisory lock (a signed 64-bit integer)."""
    return int.from_bytes(job_id.bytes[:8], "big", signed=True)


def _locked(job_id: uuid.UUID) -> bool:
    """Take the job's lock for this connection; the database frees it when the process dies."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [_lock_number(job_id)])
        return bool(cursor.fetchone()[0])


def _unlock(job_id: uuid.UUID) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_unlock(%s)", [_lock_number(job_id)])


def run(job_id: uuid.UUID, work_on: Any) -> bool:
    """Run a job if nobody else does; `work_on(job)` makes the handler's Work. Say whether it ran.

    A DomainError fails the job with its sentence. Any other error leaves it to the reaper, which
    tries again until MOST_ATTEMPTS.
    """
    if not _locked(job_id):
        return False
    try:
        claimed = Job.objects.filter(pk=job_id, state__in=UNFINISHED).update(
            state=JobState.RUNNING, attempts=F("attempts") + 1, heartbeat_at=timezone.now()
        )
        if claimed:
            job = Job.objects.select_related("tenant__agency", "requested_by").get(pk=job_id)
            with translation.override(job.requested_by.language or "id"), in_tenant(job.tenant):
                _do(job, work_on(job))
        return bool(claimed)
    finally:
        _unlock(job_id)


def _do(job: Job, work: Any) -> None:
    if job.attempts > MOST_STARTS:
        _fail(job, _("Pekerjaan ini terhenti berulang kali. Yang sudah selesai tersimpan."))
        return
    try:
        work.check_right()
        handler_of(job.kind)(work)
    except DomainError as refusal:
        _fail(job, str(refusal), keep_output=True)
    except PermissionDenied:
        _fail(job, _("Anda tidak lagi berhak atas pekerjaan ini."))
    except Exception:
        log.exception("job failed", job=str(job.pk), kind=job.kind, attempt=job.attempts)
        if job.attempts < MOST_ATTEMPTS:
            Job.objects.filter(pk=job.pk).update(state=JobState.QUEUED)
            return
        _fail(
            job,
            _("Pekerjaan ini gagal karena kesalahan di pihak kami. Yang sudah selesai tersimpan."),
        )
    else:
        if job.total is not None:
            job.done = job.total
        _end(job, JobState.DONE, job.summary)


def _fail(job: Job, sentence: str, *, keep_output: bool = False) -> None:
    """End a job without success; a file goes out only with a refusal that knows of it."""
    # What a batch noted before it was rolled back is not so.
    job.refresh_from_db(fields=["done", "total", "checkpoint"])
    if not keep_output:
        job.output_name = ""
        job.output_path.unlink(missing_ok=True)
    # Whoever asks again with this key shall get a new try.
    job.key = ""
    _end(job, JobState.FAILED, [sentence])


def _end(job: Job, state: JobState, summary: list[str]) -> None:
    job.state, job.summary, job.finished_at = state, summary, timezone.now()
    job.save()
    job.input_path.unlink(missing_ok=True)


def stale_jobs() -> list[uuid.UUID]:
    """Return the jobs whose runner is gone: silent while running, or failed and to be retried.

    A job that has never run is left to the queue for as long, and so is one that waits there.
    """
    limit = timezone.now() - SILENCE
    silent = Q(heartbeat_at__lt=limit) | Q(heartbeat_at__isnull=True, created_at__lt=limit)
    waiting = {
        task["args"][0]
        for task in DBTaskResult.objects.ready()
        .filter(task_path=RUN_JOB)
        .values_list("args_kwargs", flat=True)
    }
    stale = Job.objects.filter(silent, state__in=UNFINISHED).order_by("created_at")
    found = stale.values_list("pk", flat=True)[: 100 + len(waiting)]
    return [job_id for job_id in found if str(job_id) not in waiting]
