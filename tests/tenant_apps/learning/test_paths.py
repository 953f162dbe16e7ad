"""Learning paths: written, published, walked in order or freely; total JP and progress."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.utils import timezone

from tenant_apps.learning.errors import EditConflict, TopicNotValid
from tenant_apps.learning.models import Enrolment, LearningPath, Topic, TopicVersion
from tenant_apps.learning.selectors import paths as reads
from tenant_apps.learning.services import enrolments, paths

pytestmark = pytest.mark.django_db
VALUES: dict[str, Any] = {
    "title": "Pegawai baru", "summary": "Tahun pertama.", "ordered": True,
    "visibility": "all_asn", "agencies": [],
}  # fmt: skip


def make_topic(slug: str, **values: Any) -> Topic:
    """Return a published topic with one version."""
    words = {"title": slug, "summary": "Uji.", "jp": Decimal("1.50")} | values
    topic = Topic.objects.create(slug=slug, state="published", version=1, **words)
    topic.current = TopicVersion.objects.create(topic=topic, number=1, state="published", **words)
    topic.save()
    return topic


@pytest.fixture
def topics(opened: Any) -> list[Topic]:
    """Three topics, the last of them only for the own agency."""
    return [make_topic("a"), make_topic("b"), make_topic("c", visibility="own")]


@pytest.fixture
def path(topics: list[Topic], manager: Any) -> LearningPath:
    """A published path through the three."""
    ids = [topic.pk for topic in topics]
    made = paths.save_path(by=manager, path=None, values=VALUES, topic_ids=ids)
    return paths.publish_path(by=manager, path=made)


def complete(account: Any, topic: Topic) -> None:
    """Let somebody have completed a topic."""
    import uuid

    enrolment = enrolments.start_topic(by=account, topic=topic)
    Enrolment.objects.filter(pk=enrolment.pk).update(
        step="certificate", completed_at=timezone.now(), certificate_id=uuid.uuid4()
    )


def states(path: LearningPath, account: Any) -> dict[str, str]:
    """Return each topic's state for a person."""
    return {place.topic.slug: place.state for place in reads.progress(path, account).places}


def test_an_ordered_path_opens_topic_by_topic(
    path: LearningPath, topics: list[Topic], make_account: Callable[..., Any]
) -> None:
    """Strangers and other agencies do not see what is not theirs; completing opens the next."""
    other = make_account(agency="kemenkumham", state="confirmed")
    own = make_account(agency="bkn", state="confirmed")
    assert states(path, AnonymousUser()) == {"a": "next", "b": "locked"}
    assert states(path, other) == {"a": "next", "b": "locked"}
    assert states(path, own) == {"a": "next", "b": "locked", "c": "locked"}
    complete(own, topics[0])
    found = reads.progress(path, own)
    assert [place.state for place in found.places] == ["done", "next", "locked"]
    assert (found.done, found.jp_done, found.jp) == (1, Decimal("1.50"), Decimal("4.50"))
    assert found.next_url == "/topik/b/"
    LearningPath.objects.filter(pk=path.pk).update(ordered=False)
    path.refresh_from_db()
    assert states(path, own) == {"a": "done", "b": "next", "c": "open"}


def test_queries_do_not_grow(
    path: LearningPath,
    make_account: Callable[..., Any],
    client_for: Callable[..., Client],
    tenant_a: Any,
    django_assert_num_queries: Any,
) -> None:
    """However many topics: roles and agency of the account, its enrolments, the topics."""
    account = make_account(agency="bkn", state="confirmed")
    with django_assert_num_queries(4):
        reads.progress(path, account)
    with django_assert_num_queries(1):
        reads.progress(path, AnonymousUser())


def test_saving(
    path: LearningPath, topics: list[Topic], manager: Any, author: Any, make_account: Any
) -> None:
    """Conflict, order, address, rights."""
    ids = [topic.pk for topic in reversed(topics)]
    with pytest.raises(EditConflict):
        paths.save_path(by=manager, path=path, values=VALUES, topic_ids=ids, revision=0)
    saved = paths.save_path(
        by=author, path=path, values=VALUES, topic_ids=[*ids, ids[0]], revision=1, slug="lain"
    )
    assert saved.slug == "pegawai-baru", "the address stays after publication"
    assert [place.topic_id for place in saved.places.all()] == ids
    with pytest.raises(TopicNotValid):
        paths.save_path(by=author, path=path, values=VALUES, topic_ids=[], revision=2)
    again = paths.save_path(by=author, path=None, values=VALUES, topic_ids=[])
    assert again.slug == "pegawai-baru-2"
    with pytest.raises(PermissionDenied):
        paths.publish_path(by=author, path=again)
    with pytest.raises(TopicNotValid):
        paths.publish_path(by=manager, path=again)
    with pytest.raises(PermissionDenied):
        paths.save_path(by=make_account(), path=None, values=VALUES, topic_ids=[])


def test_pages(
    path: LearningPath,
    topics: list[Topic],
    client_for: Callable[..., Client],
    tenant_a: Any,
    manager: Any,
) -> None:
    """Public list and page, the tenant's topics, and the form of the workspace."""
    stranger, chief = client_for(tenant_a), client_for(tenant_a, manager)
    page = stranger.get("/jalur/").content.decode()
    assert "Pegawai baru" in page and "4,50 JP" in page or "4,5 JP" in page
    page = stranger.get("/jalur/pegawai-baru/").content.decode()
    assert "Mulai dari topik pertama" in page and "/topik/a/" in page
    assert "Pegawai baru" in stranger.get("/topik/").content.decode()
    page = chief.get("/kelola/jalur/pegawai-baru/").content.decode()
    data = {
        "revision": "1", "title": "Pegawai baru", "summary": "Dua topik.",
        "visibility": "public", "agencies": "",
        f"urutan-{topics[1].pk}": "1", f"urutan-{topics[0].pk}": "2", "urutan-x": "3",
        f"urutan-{topics[2].pk}": "-1",
    }  # fmt: skip
    assert chief.post("/kelola/jalur/pegawai-baru/", data).status_code == 302
    saved = LearningPath.objects.get(pk=path.pk)
    assert [place.topic.slug for place in saved.places.select_related("topic")] == ["b", "a"]
    answer = chief.post("/kelola/jalur/pegawai-baru/", data)
    assert answer.status_code == 422 and "Orang lain menyimpan" in answer.content.decode()
    chief.post("/kelola/jalur/pegawai-baru/terbitkan/", {"arsipkan": "1"})
    assert stranger.get("/jalur/pegawai-baru/").status_code == 404
    assert "Belum ada jalur" in stranger.get("/jalur/").content.decode()
    assert chief.get("/jalur/pegawai-baru/").status_code == 200
    for address in ("/kelola/jalur/", "/kelola/jalur/baru/", "/kelola/jalur/?format=csv"):
        assert chief.get(address).status_code == 200
    answer = chief.post("/kelola/jalur/baru/", {"revision": "0", "title": ""})
    assert answer.status_code == 422
