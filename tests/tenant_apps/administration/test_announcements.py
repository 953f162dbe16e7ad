"""Announcements: who is told, once; who may read; where they are shown, and until when."""

import datetime
from collections.abc import Callable
from typing import Any
from urllib.parse import quote
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from shared_apps.access.services import grant_role
from shared_apps.audit.models import Event
from shared_apps.jobs.models import Job
from shared_apps.jobs.tasks import run_job
from shared_apps.notifications.models import Notification
from tenant_apps.administration import tasks
from tenant_apps.administration.models import Announcement
from tenant_apps.administration.selectors import announcements as selectors
from tenant_apps.administration.services import announcements as services
from tenant_apps.learning.models import Enrolment, Topic, TopicVersion
from tenant_apps.members.services.joining import join
from tenants.schemas import in_tenant
from tests.pages import words_of
from toolkit import markdown

Makes = Callable[..., Any]
URL = "/kelola/pengumuman/"


def today(tenant: Any) -> datetime.date:
    return timezone.now().astimezone(ZoneInfo(tenant.time_zone)).date()


@pytest.fixture
def post(room: Any, tenant_a: Any) -> Makes:
    """Write an announcement through the page; return it."""

    def call(status: int = 302, **changed: Any) -> Any:
        form = {
            "title": "Jadwal pelatihan",
            "text": "Mulai **Senin**.\n\n- [Daftar](https://contoh.test/a)",
            "audience": "public",
            "starts_on": today(tenant_a).isoformat(),
            **changed,
        }
        answer = room.post(URL + "baru/", form)
        assert answer.status_code == status, words_of(answer)
        selectors.forget_announcements()
        with in_tenant(tenant_a):
            return Announcement.objects.order_by("-made_at").first() if status == 302 else answer

    return call


@pytest.fixture
def people(make_account: Makes, tenant_a: Any) -> dict[str, Any]:
    """A member, a worker, somebody enrolled in a topic, and a stranger."""
    made = {name: make_account(name=name) for name in ("member", "worker", "learner", "stranger")}
    grant_role(account=made["worker"], tenant=tenant_a, role="trainer", by=None)
    with in_tenant(tenant_a):
        join(account_id=made["member"].pk)
        member, _new = join(account_id=made["learner"].pk)
        topic = Topic.objects.create(slug="cuti", title="Cuti PNS", summary="Cuti", jp=2)
        version = TopicVersion.objects.create(topic=topic, number=1, title="Cuti PNS", jp=2)
        Enrolment.objects.create(member=member, topic=topic, version=version)
        made["topic"] = topic
    return made


def told() -> set[str]:
    rows = Notification.objects.filter(kind="announcement")
    return set(rows.values_list("account__name", flat=True))


def run() -> Job:
    job = Job.objects.get()
    run_job.call(str(job.pk))
    job.refresh_from_db()
    return job


@pytest.mark.parametrize(
    ("audience", "inboxes", "readers"),
    [
        # The writer is a member as well.
        (
            "public", {"member", "learner", "Wayan Pengelola"},
            {"member", "worker", "learner", "stranger"},
        ),
        ("members", {"member", "learner", "Wayan Pengelola"}, {"member", "learner"}),
        ("workers", {"worker", "Wayan Pengelola"}, {"worker"}),
        ("topic", {"learner"}, {"learner"}),
    ],
)  # fmt: skip
def test_its_audience_is_told_once_and_may_read(
    audience: str,
    inboxes: set[str],
    readers: set[str],
    post: Makes,
    people: dict[str, Any],
    client_for: Makes,
    tenant_a: Any,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(services, "BATCH", 1)
    topic = {"topic": str(people["topic"].pk)} if audience == "topic" else {}
    found = post(audience=audience, **topic)
    job = run()
    assert told() == inboxes
    assert job.done == job.total == len(inboxes)
    assert f"{len(inboxes)} orang" in job.summary[0]
    path = f"/pengumuman/{found.pk}/"
    assert {row.path for row in Notification.objects.all()} == {path}
    # Again, from the beginning, as after a crash: nobody gets a second one.
    Job.objects.update(state="queued", checkpoint={})
    run()
    assert Notification.objects.count() == len(inboxes)
    with in_tenant(tenant_a):
        assert Announcement.objects.get().reached == len(inboxes)
    for name in ("member", "worker", "learner", "stranger"):
        status = client_for(tenant_a, people[name]).get(path).status_code
        assert (status == 200) == (name in readers), name
    anybody = client_for(tenant_a).get(path)
    assert (anybody.status_code == 200) == (audience == "public")


def test_on_the_home_page_pinned_first_and_only_public(
    post: Makes, client_for: Makes, tenant_a: Any
) -> None:
    post(title="Biasa")
    post(title="Rahasia dapur", audience="workers")
    post(title="Penting", pinned="on")
    home = words_of(client_for(tenant_a).get("/"))
    assert home.index("Penting") < home.index("Biasa")
    assert "Rahasia dapur" not in home


@pytest.mark.parametrize(("first", "last", "seen"), [(0, 0, True), (1, 3, False), (-3, None, True)])
def test_days_decide(
    first: int, last: int | None, seen: bool, post: Makes, client_for: Makes, tenant_a: Any
) -> None:
    day = today(tenant_a)
    ends = (day + datetime.timedelta(days=last)).isoformat() if last is not None else ""
    found = post(starts_on=(day + datetime.timedelta(days=first)).isoformat(), ends_on=ends)
    client = client_for(tenant_a)
    assert ("Jadwal pelatihan" in words_of(client.get("/"))) is seen
    assert (client.get(f"/pengumuman/{found.pk}/").status_code == 200) is seen
    assert Job.objects.exists() is seen


def test_one_that_begins_later_is_told_on_its_day(
    post: Makes, people: dict[str, Any], tenant_a: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    day = today(tenant_a) + datetime.timedelta(days=2)
    post(audience="members", starts_on=day.isoformat())
    assert tasks.tell_announcements.call() == 0
    now = timezone.now() + datetime.timedelta(days=2)
    monkeypatch.setattr(timezone, "now", lambda: now)
    assert tasks.tell_announcements.call() == 1
    assert tasks.tell_announcements.call() == 0
    run()
    assert "member" in told()


def test_changing_does_not_tell_again_and_keeps_the_audience(
    post: Makes, room: Any, people: dict[str, Any], tenant_a: Any
) -> None:
    found = post(audience="members")
    run()
    count = Notification.objects.count()
    assert "Penerimanya sudah diberi tahu" in words_of(room.get(f"{URL}{found.pk}/ubah/"))
    form = {"title": "Jadwal baru", "text": "Selasa", "audience": "public",
            "starts_on": today(tenant_a).isoformat()}  # fmt: skip
    assert room.post(f"{URL}{found.pk}/ubah/", form).status_code == 302
    with in_tenant(tenant_a):
        changed = Announcement.objects.get()
    assert (changed.title, changed.audience) == ("Jadwal baru", "members")
    assert Job.objects.count() == 1 and Notification.objects.count() == count


def test_withdrawing(post: Makes, room: Any, client_for: Makes, tenant_a: Any) -> None:
    found = post()
    assert "ditarik" in words_of(room.post(f"{URL}{found.pk}/tarik/", follow=True))
    room.post(f"{URL}{found.pk}/tarik/")
    selectors.forget_announcements()
    assert "Jadwal pelatihan" not in words_of(client_for(tenant_a).get("/"))
    assert client_for(tenant_a).get(f"/pengumuman/{found.pk}/").status_code == 404
    assert Event.objects.filter(verb="announcement.withdrawn").count() == 1
    refused = room.post(
        f"{URL}{found.pk}/ubah/",
        {"title": "x", "text": "x", "audience": "public", "starts_on": "2026-01-01"},
    )
    assert refused.status_code == 422 and "sudah ditarik" in words_of(refused)


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"title": ""}, "tidak boleh kosong"),
        ({"audience": "topic"}, "Pilih topiknya."),
        ({"audience": "topic", "topic": "bukan"}, "Pilih topiknya."),
        ({"starts_on": "2099-02-02", "ends_on": "2099-02-01"}, "mendahului"),
        ({"starts_on": "2020-01-01", "ends_on": "2020-01-02"}, "sudah lewat"),
        ({"starts_on": "besok"}, "tanggal"),
    ],
)
def test_wrong_input_says_so(
    post: Makes, tenant_a: Any, people: dict[str, Any], changed: dict[str, str], sentence: str
) -> None:
    answer = post(status=422, **changed)
    assert sentence in words_of(answer)
    with in_tenant(tenant_a):
        assert not Announcement.objects.exists()


def test_the_text_for_chats(post: Makes, room: Any) -> None:
    found = post()
    answer = room.get(f"{URL}{found.pk}/")
    text = answer.context["chat_text"]
    assert text.startswith(
        "*Jadwal pelatihan*\n\nMulai *Senin*.\n\n• Daftar (https://contoh.test/a)"
    )
    assert f"/pengumuman/{found.pk}/" in text
    assert f"https://wa.me/?text={quote(text, safe='')}" in answer.content.decode()
    assert markdown.plain_text("## A & B\n\n**c** [d](https://e.test)") == "A & B c d"
    assert markdown.plain_text("satu dua tiga", most=9) == "satu dua…"
    assert markdown.chat_text("## Judul\n__a__ ![b](c)") == "*Judul*\n*a* b"


def test_scripts_in_the_text_do_not_run(post: Makes, client_for: Makes, tenant_a: Any) -> None:
    found = post(title="<script>1</script>", text="<script>2</script> [x](javascript:3)")
    html = client_for(tenant_a).get(f"/pengumuman/{found.pk}/").content.decode()
    assert "<script>1" not in html and "<script>2" not in html and 'href="javascript' not in html


def test_the_list(post: Makes, room: Any, django_assert_num_queries: Any) -> None:
    assert "Belum ada pengumuman" in words_of(room.get(URL))
    for number in range(6):
        post(title=f"Kabar {number}")
    room.get(URL)
    with django_assert_num_queries(4):
        # Session, roles, count, rows.
        page = words_of(room.get(URL, {"q": "kabar"}))
    # The lead of the page begins with the word as well.
    assert page.count("Kabar ") == 6 + 1 and "Tampil" in page
    assert room.get(URL, {"format": "xlsx"}).status_code == 200
