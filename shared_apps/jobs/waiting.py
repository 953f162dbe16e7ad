"""What a person should know of their jobs."""

import datetime
from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from shared_apps.access.attention import Task
from shared_apps.jobs import selectors
from shared_apps.jobs.choices import JobState

#: Failures older than this have been seen.
RECENT = datetime.timedelta(days=3)


def failed_jobs(account: Any) -> Iterator[Task]:
    """The person's own jobs that failed in the last days."""
    since = timezone.now() - RECENT
    failed = selectors.jobs_of(account).filter(state=JobState.FAILED, finished_at__gte=since)
    yield Task(
        title=_("Pekerjaan Anda yang gagal"),
        count=failed.count(),
        url=reverse("jobs"),
        urgent=True,
    )
