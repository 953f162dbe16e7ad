"""Background work of this app."""

import datetime

from django.utils import timezone
from django_tasks import task

from shared_apps.recognition import partitions, pictures
from shared_apps.recognition.selectors import pictures_in_use
from shared_apps.rules import selectors as rules


@task()
def ensure_ledger_partitions() -> list[int]:
    """Make the ledger's partitions up to next year; nightly, and harmless when repeated."""
    return partitions.ensure_partitions()


@task()
def sweep_pictures() -> int:
    """Delete old pictures that no template was saved with; daily. Returns how many."""
    days = rules.whole("files.unused_days")
    before = timezone.now() - datetime.timedelta(days=days)
    return pictures.sweep(in_use=pictures_in_use, before=before)
