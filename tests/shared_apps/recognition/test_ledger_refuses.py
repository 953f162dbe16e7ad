"""The database refuses every change of the ledger to the application's role."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import ProgrammingError, connection, transaction

from shared_apps.recognition import partitions
from shared_apps.recognition.models import LedgerEntry
from shared_apps.recognition.tasks import ensure_ledger_partitions

PARENT = "recognition_ledgerentry"


def tables() -> list[str]:
    """Return the ledger and every partition of it, the DEFAULT one too."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT inhrelid::regclass::text FROM pg_inherits WHERE inhparent = %s::regclass",
            [PARENT],
        )
        return [PARENT, *(name for (name,) in cursor.fetchall())]


def refused(sql: str) -> bool:
    """Say whether the database refuses a statement for lack of privilege."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)
    except ProgrammingError as error:
        assert getattr(error.__cause__, "pgcode", "") == "42501", error
        return True
    return False


def test_the_role_is_no_superuser() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user")
        assert cursor.fetchone() == (False,)


def test_every_partition_refuses(
    give: Callable[..., Any], make_account: Any, tenant_a: Any
) -> None:
    entry = give(make_account(), tenant_a)
    found = tables()
    assert f"{PARENT}_other" in found and len(found) >= 2 + 2027 - 2018
    for table in found:
        assert refused(f"UPDATE {table} SET jp_credited = 0"), table
        assert refused(f"DELETE FROM {table}"), table
        assert refused(f"TRUNCATE {table}"), table
    assert LedgerEntry.objects.filter(account=entry.account_id).exists()


def test_the_model_cannot_change_either(
    give: Callable[..., Any], make_account: Any, tenant_a: Any
) -> None:
    rows = LedgerEntry.objects.filter(account=give(make_account(), tenant_a).account_id)
    with pytest.raises(ProgrammingError), transaction.atomic():
        rows.update(jp_credited=99)
    with pytest.raises(ProgrammingError), transaction.atomic():
        rows.delete()


def test_a_new_partition_refuses_too() -> None:
    """In a transaction that is rolled back: the partition of 2031 does not stay."""
    assert 2028 in partitions.ensure_partitions(until=2031)
    assert partitions.ensure_partitions(until=2031) == []
    table = partitions.partition_name(2031)
    assert refused(f"UPDATE {table} SET jp_credited = 0")
    assert refused(f"DELETE FROM {table}") and refused(f"TRUNCATE {table}")


def test_a_year_without_partition_is_caught_and_reported(
    give: Callable[..., Any], make_account: Any, tenant_a: Any
) -> None:
    import datetime

    assert partitions.ready_warnings() == []
    far = datetime.datetime(2044, 1, 5, tzinfo=datetime.UTC)
    give(make_account(), tenant_a, at=far)
    assert partitions.ready_warnings() != []


def test_nightly_task() -> None:
    assert ensure_ledger_partitions.func() == []
