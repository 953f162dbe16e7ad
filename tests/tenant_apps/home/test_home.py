"""The tenant's front page: topics, impact, satisfaction."""

import datetime
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from shared_apps.recognition.models import TenantTotal
from tenant_apps.learning.models import LearningPath, Topic
from tenant_apps.surveys.choices import Unsur
from tenant_apps.surveys.models import UnsurTotal
from tenants import hosts
from tenants.schemas import in_tenant
from tests.pages import text_of

NOW = datetime.datetime(2026, 11, 20, 3, 0, tzinfo=datetime.UTC)


@pytest.fixture
def client(client_for: Any, tenant_a: Any) -> Client:
    """A stranger at tenant A."""
    made: Client = client_for(tenant_a)
    return made


def add_topic(title: str, **extra: Any) -> None:
    """Add a published topic to the tenant that is open."""
    values = {"slug": title.lower().replace(" ", "-"), "summary": "Ringkasan.", "minutes": 40}
    state = {"jp": Decimal(2), "state": "published", "visibility": "all_asn", "published_at": NOW}
    Topic.objects.create(title=title, **(values | state | extra))


def add_answers(count: int, points: dict[str, int] | None = None) -> None:
    """Keep sums of `count` answers; every unsur has 3 points but those named."""
    for unsur in Unsur.values:
        UnsurTotal.objects.create(
            subject_kind="topic",
            subject_uuid="00000000-0000-4000-8000-000000000001",
            month=datetime.date(2026, 11, 1),
            unsur=unsur,
            answers=count,
            points=count * (points or {}).get(unsur, 3),
        )


def test_impact_of_the_first_article(client: Client, tenant_a: Any) -> None:
    """3,869 people and 21,191 certificates of 2 JP, over shards, as KMS MASN reckoned it."""
    for shard, people, certificates in ((0, 3_000, 20_000), (1, 869, 1_191)):
        TenantTotal.objects.create(
            tenant=tenant_a,
            shard=shard,
            people=people,
            certificates=certificates,
            jp_printed=Decimal(2 * certificates),
        )
    text = text_of(client)
    for figure in ("3.869", "21.191", "42.382 JP", "Rp 8.476.400.000"):
        assert f"<dd>{figure}</dd>" in text
    assert "42.382 JP × Rp 200.000" in text


def test_new_tenant(client: Client) -> None:
    """Nothing yet: zeros, and what comes next."""
    text = text_of(client)
    assert "Belum ada topik" in text
    assert "<dd>0 JP</dd>" in text
    assert "<dd>Rp 0</dd>" in text
    assert "Nilai tampil setelah sedikitnya 5 jawaban masuk." in text


def test_satisfaction_appears_from_five_answers_on(client: Client, tenant_a: Any) -> None:
    """Four answers show no value; five show value, grade, number and every weakest unsur."""
    with in_tenant(tenant_a):
        add_answers(4)
    assert "nilai IKM" not in text_of(client)
    with in_tenant(tenant_a):
        UnsurTotal.objects.all().delete()
        add_answers(5, {"U4": 4, "U3": 2, "U9": 2})
    text = text_of(client)
    # (6 unsur of 3, one of 4, two of 2) / 9 × 25 = 72.22
    assert "<dd>72,22</dd>" in text
    assert "<dd>C<small>Kurang baik</small></dd>" in text
    assert "<dd>5</dd>" in text
    assert "Waktu penyelesaian; Sarana dan prasarana." in text


def test_only_published_and_visible_topics(
    client: Client, client_for: Any, make_account: Any, tenant_a: Any
) -> None:
    """Drafts never; topics for the own agency only to its people."""
    with in_tenant(tenant_a):
        add_topic("Cuti umum")
        add_topic("Cuti konsep", state="draft")
        add_topic("Cuti internal", visibility="own")
    text = text_of(client)
    assert 'href="/topik/cuti-umum/"' in text
    assert "Cuti konsep" not in text
    assert "Cuti internal" not in text
    assert "Cuti internal" in text_of(
        client_for(tenant_a, make_account(agency="bkn", state="confirmed"))
    )


def test_many_topics_and_fixed_number_of_statements(
    client: Client, tenant_a: Any, django_assert_max_num_queries: Any
) -> None:
    """Twelve are shown, the rest is behind a link; one statement each for the four panels."""
    with in_tenant(tenant_a):
        for number in range(13):
            add_topic(f"Topik {number}")
    text = text_of(client)
    assert text.count("topic-card") == 12
    assert "Semua topik" in text
    with django_assert_max_num_queries(5):
        client.get("/")


def test_paths_stand_below_the_topics(client: Client, tenant_a: Any) -> None:
    """The three newest that a stranger may see, with JP and number of topics."""
    assert "Jalur belajar" not in text_of(client)
    with in_tenant(tenant_a):
        add_topic("Cuti")
        topic = Topic.objects.get()
        for number in range(4):
            path = LearningPath.objects.create(
                slug=f"jalur-{number}", title=f"Jalur {number}", summary="Ringkasan.",
                state="published", published_at=NOW + datetime.timedelta(days=number),
            )  # fmt: skip
            path.places.create(topic=topic, position=1)
        LearningPath.objects.create(slug="draf", title="Jalur draf", summary="Ringkasan.")
        LearningPath.objects.create(
            slug="dalam", title="Jalur dalam", summary="Ringkasan.", state="published",
            visibility="own", published_at=NOW,
        )  # fmt: skip
    text = text_of(client)
    for number in (1, 2, 3):
        assert f'href="/jalur/jalur-{number}/"' in text
    assert "/jalur/jalur-0/" not in text and "Semua jalur" in text and "1 topik" in text
    assert "Jalur draf" not in text and "Jalur dalam" not in text


def test_my_learning_lives_on_the_portal(client: Client) -> None:
    """`/saya/` of a tenant leads to the one list of all tenants."""
    response = client.get("/saya/?tahun=2026")
    assert response.status_code == 302
    assert response["Location"] == hosts.portal_url("/saya/?tahun=2026")
