"""The first page of the workspace: what waits, by the person's rights."""

import datetime
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


def test_topics_and_classes_that_wait(
    client_for: Makes, tenant_a: Any, worker: Makes, topic: Any, make_account: Makes, begin: Makes
) -> None:
    """Drafts of one's own, reviews of others, sessions ahead, lists not kept, people held up."""
    from django.utils import timezone

    from tenant_apps.learning.models import ClassSession, Offering, TopicVersion
    from tenant_apps.members.services.joining import join
    from tenants.schemas import in_tenant

    now = timezone.now()
    manager, author = worker("manager"), worker("author")
    with in_tenant(tenant_a):
        for account in (manager, author):
            join(account_id=account.pk)
        values = {"topic": topic, "title": "x", "summary": "x", "jp": 2}
        TopicVersion.objects.create(number=2, state="draft", author_id=author.pk, **values)
        TopicVersion.objects.create(number=3, state="review", author_id=author.pk, **values)
        offering = Offering.objects.create(
            slug="kelas-1", topic=topic, title="Kelas Cuti", mode="classical", state="running",
            seats_taken=1, starts_at=now - datetime.timedelta(days=3),
            ends_at=now - datetime.timedelta(hours=1),
        )  # fmt: skip
        for hours in (-30, 1):
            start = now + datetime.timedelta(hours=hours)
            ClassSession.objects.create(
                offering=offering, title="Sesi", starts_at=start,
                ends_at=start + datetime.timedelta(hours=2),
            )  # fmt: skip
    begin(make_account(), offering_id=offering.pk, step="attendance")
    page = words_of(client_for(tenant_a, manager).get(URL))
    for text in (
        "1 Topik menunggu telaah", "1 Pertemuan kelas dalam tujuh hari",
        "1 Pertemuan tanpa daftar hadir", "1 Sertifikat tertahan karena kehadiran",
    ):  # fmt: skip
        assert text in page, text
    assert "Draf topik Anda" not in page
    page = words_of(client_for(tenant_a, author).get(URL))
    assert "1 Draf topik Anda" in page and "telaah" not in page and "Pertemuan" not in page
