"""Files of jobs: how long they are kept, and what is swept."""

import datetime
import time
import uuid
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from shared_apps.jobs.models import Job
from shared_apps.rules import selectors as rules

#: Seconds after which a file without a job that needs it is a leftover of a crash.
GRACE = 24 * 3600


def keep_days() -> int:
    """Return how many days the file of a finished job is kept."""
    return rules.whole("jobs.keep_days")


def sweep() -> int:
    """Delete results that are older than that, and what crashes have left; returns how many."""
    limit = timezone.now() - datetime.timedelta(days=keep_days())
    deleted = 0
    for path in Path(settings.MEDIA_ROOT).glob("*/jobs/*"):
        try:
            if time.time() - path.stat().st_mtime < GRACE or _is_needed(path, limit):
                continue
            path.unlink()
            deleted += 1
        except FileNotFoundError:
            continue
    return deleted


def _is_needed(path: Path, limit: datetime.datetime) -> bool:
    """Say whether a job still needs a file, or its person may still fetch it."""
    try:
        job_id = uuid.UUID(path.stem)
    except ValueError:
        return False
    ends = list(Job.objects.filter(pk=job_id).values_list("finished_at", flat=True))
    if not ends:
        return False
    return ends[0] is None or (path.suffix == ".out" and ends[0] >= limit)
