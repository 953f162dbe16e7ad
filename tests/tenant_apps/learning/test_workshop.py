"""Topics from draft to published, in services: versions, rights, review, archive, copies."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from tenant_apps.learning.choices import TopicState, VersionState
from tenant_apps.learning.errors import (
    EditConflict,
    NotComplete,
    TopicClosed,
    TopicNotValid,
    VersionNotOpen,
)
from tenant_apps.learning.models import Section, Topic, TopicVersion
from tenant_apps.learning.selectors.topics import find_topic, sections_of
from tenant_apps.learning.services import drafts, enrolments, review, workshop

pytestmark = pytest.mark.django_db


def write(topic: Topic, by: Any, key: str, text: str) -> Section:
    """Save a section by the revision that is stored."""
    section = Section.objects.get(version=topic.draft, key=key)
    return drafts.save_section(
        by=by, topic=topic, key=key, title=section.title, text=text, revision=section.revision
    )


def fresh(topic: Topic) -> Topic:
    """Return the topic as stored."""
    return Topic.objects.select_related("draft", "current").get(pk=topic.pk)


def test_a_new_topic_has_a_draft_and_no_version(draft: Topic, author: Any) -> None:
    """The address follows from the title; learners find nothing yet."""
    topic = fresh(draft)
    assert (topic.slug, topic.version, topic.state) == ("cuti-besar", 0, TopicState.DRAFT)
    assert topic.draft and topic.draft.number == 1 and topic.owner_id == author.pk
    with pytest.raises(TopicClosed):
        enrolments.start_topic(by=author, topic=topic)
    again = workshop.create_topic(by=author, title="Cuti Besar", slug="", jp=topic.jp)
    assert again.slug == "cuti-besar-2"
    with pytest.raises(TopicNotValid) as refused:
        workshop.create_topic(by=author, title="X", slug="cuti-besar", jp=topic.jp)
    assert refused.value.field == "slug"


def test_people_in_progress_stay_on_their_version(
    published: Topic, manager: Any, make_account: Callable[..., Any]
) -> None:
    """Old and new learners read different wordings of the same topic, under one address."""
    early, late = make_account(), make_account()
    enrolment = enrolments.start_topic(by=early, topic=published)
    first = [section.key for section in sections_of(published, enrolment)]
    workshop.open_draft(by=manager, topic=published)
    topic = fresh(published)
    write(topic, manager, first[0], "Isi yang baru sama sekali.")
    drafts.delete_section(by=manager, topic=topic, key=first[-1])
    values = {"title": "Judul baru", "jp": topic.jp * 2}
    drafts.save_properties(by=manager, topic=topic, values=values, revision=0)
    assert fresh(published).title == published.title, "the draft changes nothing"
    review.publish(by=manager, topic=topic)
    topic = fresh(published)
    assert (topic.version, topic.title, topic.draft) == (2, "Judul baru", None)

    seen, own = find_topic(topic.slug, account=early)
    assert own and own.version_id == enrolment.version_id
    assert (seen.title, seen.jp) == (published.title, published.jp)
    assert [section.key for section in sections_of(seen, own)] == first
    newcomer = enrolments.start_topic(by=late, topic=topic)
    seen, own = find_topic(topic.slug, account=late)
    assert own and own.pk == newcomer.pk and seen.title == "Judul baru"
    assert [section.key for section in sections_of(seen, own)] == first[:-1]
    old = TopicVersion.objects.get(topic=topic, number=1)
    assert old.state == VersionState.SUPERSEDED


def test_the_first_read_of_a_page_is_one_statement(
    published: Topic, make_account: Callable[..., Any], django_assert_num_queries: Any
) -> None:
    """Versions add no query."""
    account = make_account()
    enrolments.start_topic(by=account, topic=published)
    with django_assert_num_queries(1):
        topic, enrolment = find_topic(published.slug, account=account)
    with django_assert_num_queries(1):
        sections_of(topic, enrolment)


def test_a_second_editor_is_told(draft: Topic, author: Any, manager: Any) -> None:
    """The later saving by an old revision is refused; the same text again is no conflict."""
    topic = fresh(draft)
    first = write(topic, author, "syarat", "Satu")
    assert first.revision == 1
    same = drafts.save_section(
        by=author, topic=topic, key="syarat", title="Syarat", text="Satu", revision=0
    )
    assert same.revision == 1, "a lost receipt is asked for again"
    with pytest.raises(EditConflict) as refused:
        drafts.save_section(
            by=manager, topic=topic, key="syarat", title="Syarat", text="Dua", revision=0
        )
    assert refused.value.stored.markdown == "Satu"
    saved = Section.objects.get(version=topic.draft, key="syarat")
    assert (saved.markdown, saved.editor_id) == ("Satu", author.pk)


def test_properties_conflict(draft: Topic, author: Any, manager: Any) -> None:
    """The same for the properties; the address may change before the first publication."""
    topic = fresh(draft)
    drafts.save_properties(
        by=author, topic=topic, values={"summary": "A"}, revision=0, slug="cuti-besar-pns"
    )
    assert fresh(draft).slug == "cuti-besar-pns"
    with pytest.raises(EditConflict):
        drafts.save_properties(by=manager, topic=topic, values={"summary": "B"}, revision=0)


def test_who_may_write(draft: Topic, author: Any, staff: Callable[..., Any], opened: Any) -> None:
    """Owner, named co-author and manager; no other author, reviewer or learner."""
    from guardian.shortcuts import assign_perm

    topic = fresh(draft)
    other, reviewer = staff("author", "Lain"), staff("reviewer", "Penelaah")
    for person in (other, reviewer):
        with pytest.raises(PermissionDenied):
            drafts.add_section(by=person, topic=topic, title="B")
    assign_perm("learning.change_topic", other, topic)
    drafts.add_section(by=other, topic=topic, title="B")
    drafts.add_section(by=staff("manager"), topic=topic, title="C")
    with pytest.raises(PermissionDenied):
        review.publish(by=author, topic=topic)


def test_incomplete_versions_are_not_published(draft: Topic, author: Any, manager: Any) -> None:
    """All that is missing is named at once."""
    topic = fresh(draft)
    with pytest.raises(NotComplete) as refused:
        review.submit(by=author, topic=topic)
    text = " ".join(row.text for row in refused.value.missing)
    for word in ("Ringkasan", "Tujuan", "kosong", "Soal baru 0 dari 10"):
        assert word in text
    write(topic, author, "syarat", "![](/berkas/x/)")
    with pytest.raises(NotComplete) as refused:
        review.publish(by=manager, topic=topic)
    assert "tanpa teks pengganti" in " ".join(row.text for row in refused.value.missing)


@pytest.fixture
def asks_review(tenant_a: Any) -> None:
    """The tenant wants a second person to read each version."""
    import datetime

    from shared_apps.rules.selectors import forget_values
    from shared_apps.rules.services import set_value

    set_value(
        key="topic.review_required",
        value=True,
        valid_from=datetime.date(2020, 1, 1),
        source="uji",
        tenant_id=tenant_a.pk,
        by=None,
    )
    forget_values()


@pytest.mark.usefixtures("asks_review")
def test_author_and_reviewer_differ(
    published: Topic, manager: Any, staff: Callable[..., Any]
) -> None:
    """Submitted first, returned with a note, then published by somebody who did not write it."""
    from shared_apps.notifications.models import Notification

    reviewer = staff("reviewer", "Penelaah")
    workshop.open_draft(by=manager, topic=published)
    with pytest.raises(VersionNotOpen, match="Ajukan dahulu"):
        review.publish(by=manager, topic=published)
    review.submit(by=manager, topic=published)
    with pytest.raises(VersionNotOpen, match="ditelaah"):
        drafts.add_section(by=manager, topic=published, title="B")
    with pytest.raises(VersionNotOpen, match="orang lain"):
        review.publish(by=manager, topic=published)
    with pytest.raises(TopicNotValid):
        review.send_back(by=reviewer, topic=published, remark=" ")
    review.send_back(by=reviewer, topic=published, remark="Tambah contoh.")
    topic = fresh(published)
    assert topic.draft and topic.draft.remark == "Tambah contoh."
    assert Notification.objects.filter(account_id=manager.pk, kind="topic.returned").count() == 1
    review.submit(by=manager, topic=published)
    review.publish(by=reviewer, topic=published)
    topic = fresh(published)
    assert topic.version == 2 and topic.current and topic.current.reviewer_id == reviewer.pk
    assert Notification.objects.filter(account_id=manager.pk, kind="topic.published").count() == 1


def test_an_archived_topic_goes_on_for_who_began(
    published: Topic, manager: Any, make_account: Callable[..., Any]
) -> None:
    """No new learners, no entry in the catalogue; who enrolled reads on; and back again."""
    from shared_apps.catalog.models import Entry
    from tenant_apps.learning.errors import TopicNotFound
    from tenant_apps.learning.permissions import may_read_topic_file, visible_topics

    early, late = make_account(), make_account()
    enrolments.start_topic(by=early, topic=published)
    workshop.archive(by=manager, topic=published)
    workshop.archive(by=manager, topic=published)
    topic = fresh(published)
    assert not Entry.objects.filter(uuid=topic.pk).exists()
    assert not visible_topics(late).exists()
    with pytest.raises(TopicNotFound):
        find_topic(topic.slug, account=late)
    assert find_topic(topic.slug, account=early)[1]
    assert may_read_topic_file(early, topic.pk) and not may_read_topic_file(late, topic.pk)
    with pytest.raises(TopicClosed):
        enrolments.start_topic(by=late, topic=topic)
    workshop.restore(by=manager, topic=published)
    assert Entry.objects.filter(uuid=topic.pk).exists()
    assert enrolments.start_topic(by=late, topic=fresh(published))


def test_a_copy_stands_on_its_own(published: Topic, author: Any) -> None:
    """Material, images and questions; the original does not notice."""
    from tenant_apps.files.models import StoredFile
    from tenant_apps.question_bank.models import Question

    copy = workshop.duplicate(by=author, topic=published)
    original = fresh(published)
    assert original.current and copy.draft
    texts = list(copy.draft.sections.values_list("title", "words"))
    assert texts == list(original.current.sections.values_list("title", "words"))
    addresses = {f"/berkas/{pk}/" for pk in StoredFile.objects.filter(
        owner_uuid=original.pk).values_list("pk", flat=True)}  # fmt: skip
    for html in copy.draft.sections.values_list("html", flat=True):
        assert not any(address in html for address in addresses)
    count = Question.objects.filter(category__in=original.categories.all()).count()
    assert Question.objects.filter(category__in=copy.categories.all()).count() == count > 0
    assert not set(copy.categories.all()) & set(original.categories.all())


def test_order_and_keys(draft: Topic, author: Any) -> None:
    """Moved, dragged, deleted; a key is never given twice."""
    topic = fresh(draft)
    for title in ("Syarat", "Tata cara", "Baru"):
        drafts.add_section(by=author, topic=topic, title=title)

    def keys() -> list[str]:
        return list(Section.objects.filter(version=topic.draft).values_list("key", flat=True))

    assert keys() == ["syarat", "syarat-2", "tata-cara", "baru-2"]
    drafts.move_section(by=author, topic=topic, key="tata-cara", up=True)
    drafts.move_section(by=author, topic=topic, key="syarat", up=True)
    assert keys() == ["syarat", "tata-cara", "syarat-2", "baru-2"]
    drafts.order_sections(by=author, topic=topic, keys=["baru-2", "x", "baru-2", "syarat"])
    assert keys() == ["baru-2", "syarat", "tata-cara", "syarat-2"]
    drafts.delete_section(by=author, topic=topic, key="syarat")
    drafts.delete_section(by=author, topic=topic, key="syarat")
    assert keys() == ["baru-2", "tata-cara", "syarat-2"]


def test_a_draft_is_discarded(published: Topic, manager: Any) -> None:
    """The published version stays; the next draft takes the same number."""
    workshop.open_draft(by=manager, topic=published)
    assert workshop.open_draft(by=manager, topic=published).number == 2
    workshop.discard_draft(by=manager, topic=published)
    topic = fresh(published)
    assert topic.draft is None and topic.current
    assert workshop.open_draft(by=manager, topic=topic).number == 2
