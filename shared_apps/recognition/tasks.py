"""Background work of this app."""

from django_tasks import task

from shared_apps.recognition import partitions


@task()
def ensure_ledger_partitions() -> list[int]:
    """Make the ledger's partitions up to next year; nightly, and harmless when repeated."""
    return partitions.ensure_partitions()
