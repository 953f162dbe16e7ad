"""Background work of jobs: running one, and taking up those whose runner died."""

import uuid

from django_tasks import task

from shared_apps.jobs import leftovers, running
from shared_apps.jobs.work import Work


@task(queue_name="jobs")
def run_job(job_id: str) -> bool:
    """Run one job; harmless when it runs elsewhere or is over."""
    return running.run(uuid.UUID(job_id), Work)


@task()
def reap() -> int:
    """Enqueue the jobs whose runner is gone; returns how many."""
    stale = running.stale_jobs()
    for job_id in stale:
        run_job.enqueue(str(job_id))
    return len(stale)


@task()
def sweep() -> int:
    """Delete files that are no longer kept; returns how many."""
    return leftovers.sweep()
