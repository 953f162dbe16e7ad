"""A tenant with people at every step, made without walking through the pages."""

import datetime
import uuid
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone

Makes = Callable[..., Any]


@pytest.fixture
def topic(tenant_a: Any) -> Any:
    """One published topic of tenant A."""
    return make_topic(tenant_a, "cuti-pns", "Cuti PNS")


def make_topic(tenant: Any, slug: str, title: str) -> Any:
    """Make a published topic with a version."""
    from tenant_apps.learning.models import Topic, TopicVersion
    from tenants.schemas import in_tenant

    values = {"title": title, "summary": "x", "jp": Decimal(2)}
    with in_tenant(tenant):
        made = Topic.objects.create(slug=slug, state="published", **values)
        made.current = TopicVersion.objects.create(topic=made, number=1, **values)
        made.save()
        return made


@pytest.fixture
def begin(tenant_a: Any, topic: Any) -> Makes:
    """Return `begin(account, days_ago=0, topic=None, **fields) -> Enrolment`, counted."""
    from tenant_apps.learning.models import Enrolment
    from tenant_apps.learning.services import figures
    from tenant_apps.members.services.joining import join
    from tenants.schemas import in_tenant

    def make(account: Any, *, days_ago: int = 0, of: Any = None, **fields: Any) -> Any:
        chosen = of or topic
        with in_tenant(tenant_a):
            member, _new = join(account_id=account.pk)
            row = Enrolment.objects.create(
                member=member,
                topic=chosen,
                version_id=chosen.current_id,
                **{"started_at": timezone.now() - datetime.timedelta(days=days_ago)} | fields,
            )
            figures.count_starts([row])
            return row

    return make


@pytest.fixture
def finish(tenant_a: Any) -> Makes:
    """Return `finish(enrolment, pre=4, post=8, attempts=1, at=None)`: completes it with 2 JP."""
    from shared_apps.accounts.selectors import holder
    from shared_apps.recognition.services import totals
    from shared_apps.recognition.services.award import award
    from tenant_apps.learning.services import figures
    from tenants.schemas import in_tenant

    def make(
        row: Any,
        *,
        pre: int | None = 4,
        post: int = 8,
        attempts: int = 1,
        at: datetime.datetime | None = None,
    ) -> Any:
        moment = at or timezone.now()
        with in_tenant(tenant_a):
            totals.count_learner(tenant_id=tenant_a.pk, account_id=row.member_id)
            certificate = award(
                by=None, holder=holder(row.member_id), tenant=tenant_a, kind="topic",
                uuid=row.topic_id, form="C3", title="Cuti PNS", jp_claimed=Decimal("2.00"),
                started_on=row.started_at.date(), completed_at=moment, right=post, total=10,
                curriculum=[{"title": "Cuti", "jp": "2.00"}],
            )  # fmt: skip
            row.pre_right, row.pre_total = pre, None if pre is None else 10
            row.post_right, row.post_total, row.attempts = post, 10, attempts
            row.completed_at, row.certificate_id = moment, certificate.pk
            row.step = "survey"
            row.save()
            figures.count_completion(row, jp=certificate.jp)
            return row

    return make


@pytest.fixture
def worker(make_account: Makes, tenant_a: Any) -> Makes:
    """Return `worker(role) -> account` of tenant A."""
    from shared_apps.access.services import grant_role

    def make(role: str = "manager") -> Any:
        account = make_account(name=f"Wayan {role.title()}", agency="bkn", state="confirmed")
        grant_role(account=account, tenant=tenant_a, role=role, by=None)
        return account

    return make


def queries_of(client: Any, url: str, **params: str) -> int:
    """Return how many queries a page takes, changes of schema left out."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as queries:
        assert client.get(url, params).status_code == 200
    return len([q for q in queries if "search_path" not in q["sql"]])


def many(tenant: Any, topic: Any, count: int, **fields: Any) -> list[uuid.UUID]:
    """Make so many accounts with an enrolment each, quickly; returns the accounts' ids."""
    from shared_apps.accounts.models import Account
    from tenant_apps.learning.models import Enrolment
    from tenant_apps.members.models import Member
    from tenants.models import Agency
    from tenants.schemas import in_tenant

    agency = Agency.objects.get(code="bkn")
    accounts = Account.objects.bulk_create(
        Account(name=f"Peserta {n:05}", email=f"{uuid.uuid4().hex}@contoh.test", home_agency=agency)
        for n in range(count)
    )
    with in_tenant(tenant):
        Member.objects.bulk_create(Member(account_id=account.pk) for account in accounts)
        Enrolment.objects.bulk_create(
            Enrolment(
                member_id=account.pk, topic=topic, version_id=topic.current_id,
                agency_id=agency.pk, **fields,
            )
            for account in accounts
        )  # fmt: skip
    return [account.pk for account in accounts]
