"""Two real connections that award the same completion at the same moment leave one row.

The rows are committed and stay (nothing may delete from the ledger), so the person, the tenant
and the agency are made up here (no foreign key of the ledger is enforced), and the certificate
is revoked at the end.
"""

import datetime
import secrets
import threading
import uuid
from decimal import Decimal
from typing import Any

from django.db import connection, transaction

from shared_apps.accounts.selectors import Holder
from shared_apps.recognition.models import Certificate, LedgerEntry, PersonTotal, RecognisedSource
from shared_apps.recognition.services import certificates, rebuild, totals
from shared_apps.recognition.services.award import award
from tenants.models import Agency, Tenant

WORKERS = 4


def in_threads(*works: Any) -> list[Any]:
    """Run each callable on a thread with a connection of its own; return results or errors."""
    results: list[Any] = [None] * len(works)
    gate = threading.Barrier(len(works))

    def run(index: int, work: Any) -> None:
        try:
            gate.wait(20)
            results[index] = work()
        except Exception as error:
            results[index] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=item) for item in enumerate(works)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return results


def test_same_completion_in_parallel() -> None:
    account_id, source = uuid.uuid4(), uuid.uuid4()
    made_up = secrets.randbelow(2**31 - 10**6) + 10**6
    agency = Agency(pk=made_up, code="uji", name="Instansi Uji")
    tenant = Tenant(pk=made_up, code=f"uji-{made_up}", name="Uji", agency=agency)
    in_threads(lambda: totals.count_learner(tenant_id=tenant.pk, account_id=account_id))
    holder = Holder(account_id, "Ayu Lestari", "", "pns", "declared", agency.pk, agency.name)
    inside = threading.Barrier(WORKERS, timeout=20)

    def one() -> Any:
        with transaction.atomic():
            inside.wait()
            found = award(
                by=None,
                holder=holder,
                tenant=tenant,
                kind="topic",
                uuid=source,
                form="C3",
                title="Bersamaan",
                jp_claimed=Decimal("2.00"),
                started_on=datetime.date(2026, 3, 1),
                completed_at=datetime.datetime(2026, 3, 1, 3, tzinfo=datetime.UTC),
                right=8,
                total=10,
                curriculum=[],
            )
        return found.code

    found = in_threads(*[one] * WORKERS)
    try:
        assert len(set(map(str, found))) == 1, found

        def look() -> Any:
            total = PersonTotal.objects.get(account_id=account_id)
            return (
                LedgerEntry.objects.filter(account_id=account_id).count(),
                RecognisedSource.objects.filter(account_id=account_id).count(),
                Certificate.objects.filter(account_id=account_id).count(),
                (total.jp_credited, total.certificates),
            )

        assert in_threads(look) == [(1, 1, 1, (Decimal("2.00"), 1))]
    finally:

        def revoke() -> Any:
            return certificates.revoke(code=found[0], reason="Akhir uji", by=None).revoked_at

        revoked = in_threads(*[revoke] * 2)
    # Of two people who revoke at once, one is told that it was done already.
    assert sorted(isinstance(result, Exception) for result in revoked) == [False, True]
    assert in_threads(rebuild.check) == [[]]
