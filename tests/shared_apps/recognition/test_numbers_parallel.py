"""Numbers of awards that run at the same moment: unique, without gaps, also after a failure.

The rows are committed and stay, so that person, tenant and agency are made up here.
"""

import datetime
import secrets
import uuid
from decimal import Decimal
from typing import Any

from django.db import transaction

from shared_apps.accounts.selectors import Holder
from shared_apps.recognition.models import Certificate
from shared_apps.recognition.services import certificates, totals
from shared_apps.recognition.services.award import award
from tenants.models import Agency, Tenant
from tests.shared_apps.recognition.test_award_parallel import in_threads

WORKERS = 6


def test_unique_and_without_gaps() -> None:
    made_up = secrets.randbelow(2**31 - 10**6) + 10**6
    agency = Agency(pk=made_up, code="uji", name="Instansi Uji")
    tenant = Tenant(pk=made_up, code=f"uji-{made_up}", name="Uji", agency=agency)
    people = [uuid.uuid4() for _worker in range(WORKERS)]

    def count() -> None:
        for account_id in people:
            totals.count_learner(tenant_id=tenant.pk, account_id=account_id)

    in_threads(count)

    def one(account_id: uuid.UUID, *, fail: bool) -> Any:
        def work() -> str:
            with transaction.atomic():
                found = award(
                    by=None,
                    holder=Holder(account_id, "Ayu", "", "pns", "declared", made_up, "Uji"),
                    tenant=tenant,
                    kind="topic",
                    uuid=uuid.UUID(int=made_up),
                    form="C3",
                    title="Bersamaan",
                    jp_claimed=Decimal("2.00"),
                    started_on=datetime.date(2026, 3, 1),
                    completed_at=datetime.datetime(2026, 3, 1, 3, tzinfo=datetime.UTC),
                    right=8,
                    total=10,
                    curriculum=[],
                )
                if fail:
                    raise RuntimeError("after the number was taken")
            return found.number

        return work

    # Every second one fails after it took its number; all of them succeed afterwards.
    first = in_threads(*[one(person, fail=n % 2 == 0) for n, person in enumerate(people)])
    assert sum(isinstance(each, RuntimeError) for each in first) == WORKERS // 2, first
    again = in_threads(*[one(person, fail=False) for person in people])
    try:
        unit = f"/UJI-{made_up}/2026"
        assert sorted(again) == [f"{n:06d}{unit}" for n in range(1, WORKERS + 1)]
    finally:

        def revoke() -> None:
            for code in Certificate.objects.filter(tenant_id=made_up).values_list(
                "code", flat=True
            ):
                certificates.revoke(code=code, reason="Akhir uji", by=None)

        assert in_threads(revoke) == [None]
