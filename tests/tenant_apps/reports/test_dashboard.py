"""The first page of the workspace: what waits, by the person's rights."""

from collections.abc import Callable
from typing import Any

from shared_apps.jobs.models import Job
from tests.pages import words_of
from tests.tenant_apps.reports.conftest import many, queries_of

URL = "/kelola/"
Makes = Callable[..., Any]


def test_nothing_waits(client_for: Makes, tenant_a: Any, worker: Makes) -> None:
    page = words_of(client_for(tenant_a, worker("author")).get(URL))
    assert "Tidak ada yang menunggu hari ini" in page


def test_each_sees_what_is_theirs_to_do(
    client_for: Makes, tenant_a: Any, worker: Makes, make_account: Makes, begin: Makes
) -> None:
    make_account(agency="bkn", state="declared")
    begin(make_account(state="confirmed"), days_ago=30)
    manager = worker("manager")
    page = words_of(client_for(tenant_a, manager).get(URL))
    assert "Identitas menunggu keputusan" in page and "Peserta yang macet" in page
    page = words_of(client_for(tenant_a, worker("verifier")).get(URL))
    assert "Identitas menunggu keputusan" in page and "Peserta yang macet" not in page
    page = words_of(client_for(tenant_a, worker("author")).get(URL))
    assert "Identitas menunggu" not in page and "macet" not in page


def test_own_failed_jobs_stand_first(
    client_for: Makes, tenant_a: Any, worker: Makes, make_account: Makes
) -> None:
    from django.utils import timezone

    make_account(agency="bkn", state="declared")
    manager = worker("manager")
    for account in (manager, worker("leader")):
        Job.objects.create(
            kind="x", tenant=tenant_a, requested_by=account, title="x", state="failed",
            finished_at=timezone.now(),
        )  # fmt: skip
    page = words_of(client_for(tenant_a, manager).get(URL))
    assert page.index("Pekerjaan Anda yang gagal") < page.index("Identitas menunggu")


def test_query_count_does_not_grow(
    client_for: Makes, tenant_a: Any, worker: Makes, topic: Any
) -> None:
    client = client_for(tenant_a, worker("manager"))
    many(tenant_a, topic, 5)
    queries_of(client, URL)
    few = queries_of(client, URL)
    many(tenant_a, topic, 200)
    assert queries_of(client, URL) == few


def test_who_may_come_in(client_for: Makes, tenant_a: Any, make_account: Makes) -> None:
    assert client_for(tenant_a).get(URL).status_code == 302
    assert client_for(tenant_a, make_account()).get(URL).status_code == 403
