"""Yearly partitions of the ledger, and the refusal of change on each."""

from django.db import connection, transaction
from django.utils import timezone

from shared_apps.recognition.choices import FIRST_YEAR
from toolkit.append_only import refuse_changes


def partition_name(year: int) -> str:
    """Return the name of the table that holds one year."""
    return f"recognition_ledgerentry_y{int(year)}"


def existing_years() -> set[int]:
    """Return the years that have a partition of their own."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT inhrelid::regclass::text FROM pg_inherits "
            "WHERE inhparent = 'public.recognition_ledgerentry'::regclass"
        )
        names = [name.rsplit(".", 1)[-1] for (name,) in cursor.fetchall()]
    return {int(name.rsplit("_y", 1)[1]) for name in names if "_y" in name}


def ensure_partitions(*, until: int | None = None) -> list[int]:
    """Make the missing partitions from the oldest accepted year to `until` (default next year).

    Returns the years made. The nightly task calls it, so that January needs nobody.
    """
    last = until or timezone.localdate().year + 1
    missing = sorted(set(range(FIRST_YEAR, last + 1)) - existing_years())
    for year in missing:
        name = partition_name(year)
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(
                f"CREATE TABLE IF NOT EXISTS public.{name} PARTITION OF "
                f"public.recognition_ledgerentry FOR VALUES FROM ({year}) TO ({year + 1})"
            )
            cursor.execute(refuse_changes(f"public.{name}"))
    return missing


def ready_warnings() -> list[str]:
    """Return a warning when the DEFAULT partition holds rows (a year had no partition)."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT EXISTS (SELECT 1 FROM public.recognition_ledgerentry_other)")
        stray = cursor.fetchone()[0]
    return ["ledger rows of a year without a partition"] if stray else []
