"""The audit trail as sentences: filters, links, marks between pages, one tenant's rows only."""

import datetime
import io
from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone
from python_calamine import CalamineWorkbook

from shared_apps.access.services import grant_role
from shared_apps.audit import services as audit
from shared_apps.audit.models import Event
from shared_apps.audit.sentences import phrase
from tenant_apps.learning.models import Topic
from tenants.schemas import in_tenant
from tests.pages import words_of

Makes = Callable[..., Any]
URL = "/kelola/jejak/"


@pytest.fixture
def made(make_account: Makes) -> Any:
    return make_account(name="Made Suarjana", agency="bkn", state="confirmed")


def test_events_read_as_sentences(
    room: Any, made: Any, manager: Any, tenant_a: Any, make_account: Makes
) -> None:
    komang = make_account(name="Komang Ardika")
    with in_tenant(tenant_a):
        topic = Topic.objects.create(slug="cuti", title="Cuti PNS", summary="Cuti", jp=2)
        audit.record("identity.confirmed", by=made, kind="account", ref=komang.pk)
        audit.record("enrolment.started", by=komang, kind="topic", ref=topic.pk)
        audit.record("certificate.issued", by=None, kind="certificate", ref="7KQ2M9XD40RT")
        audit.record("category.saved", by=made, kind="category", ref="9", data={"name": "Cuti"})
    grant_role(account=komang, tenant=tenant_a, role="reviewer", by=manager)
    answer = room.get(URL)
    page = words_of(answer)
    for sentence in (
        "Made Suarjana mengonfirmasi identitas Komang Ardika",
        "Komang Ardika mulai belajar topik “Cuti PNS”",
        "Sistem menerbitkan sertifikat 7KQ2M9XD40RT",
        "Made Suarjana menyimpan kategori soal “Cuti”",
        "Wayan Pengelola memberi peran Penelaah kepada Komang Ardika",
    ):
        assert sentence in page
    html = answer.content.decode()
    assert "/kelola/topik/cuti/" in html and "/v/7KQ2M9XD40RT/" in html
    assert "WIB" in page
    english = words_of(room.get(URL + "?bahasa=en"))
    assert "gave Komang Ardika the role Reviewer" in english


def test_only_this_tenant_s_rows(room: Any, made: Any, tenant_b: Any) -> None:
    with in_tenant(tenant_b):
        audit.record("identity.confirmed", by=made, kind="account", ref=made.pk)
    assert "Tidak ada catatan" in words_of(room.get(URL, {"orang": str(made.pk)}))


def test_filters(room: Any, made: Any, tenant_a: Any, manager: Any) -> None:
    with in_tenant(tenant_a):
        audit.record("identity.confirmed", by=made, kind="account", ref=manager.pk)
        audit.record("category.deleted", by=manager, kind="category", ref="9")

    def did(**query: str) -> list[str]:
        return [line.sentence for line in room.get(URL, query).context["lines"]]

    confirmed = "Made Suarjana mengonfirmasi identitas Wayan Pengelola"
    assert did(orang=made.identity.number) == [confirmed]
    assert did(orang=str(made.pk)) == [confirmed]
    assert did(orang="Made") == did(orang="tidak.ada@contoh.test") == []
    assert did(perbuatan="identity.confirmed") == [confirmed]
    assert did(benda="category") == ["Wayan Pengelola menghapus kategori soal"]
    tomorrow = (timezone.localdate() + datetime.timedelta(days=2)).isoformat()
    assert did(dari=tomorrow, sampai=tomorrow) == []
    assert did(sampai="2020-01-01") == []
    for odd in ("9999-12-31", "2026-02-31", "\0", "x" * 300):
        assert room.get(URL, {"dari": odd, "sampai": odd, "orang": odd}).status_code == 200


def test_days_are_those_of_the_tenant(room: Any, made: Any, tenant_a: Any) -> None:
    # 23.30 on the 1st in Jakarta is still the 1st there; half past midnight is the 2nd.
    for number, hour in enumerate((16, 17)):
        Event.objects.create(
            at=datetime.datetime(2026, 3, 1, hour, 30, tzinfo=datetime.UTC),
            actor_id=made.pk,
            tenant_id=tenant_a.pk,
            verb="identity.confirmed",
            kind="account",
            ref=str(number),
        )
    day = {"dari": "2026-03-01", "sampai": "2026-03-01"}
    assert [line.at.hour for line in room.get(URL, day).context["lines"]] == [16]


def test_pages_go_on_from_a_mark_without_a_count(
    room: Any, made: Any, tenant_a: Any, django_assert_num_queries: Any
) -> None:
    now = timezone.now()
    Event.objects.bulk_create(
        Event(
            # Many at the same instant: the key decides.
            at=now - datetime.timedelta(minutes=number // 40),
            actor_id=made.pk,
            tenant_id=tenant_a.pk,
            verb="enrolment.started",
            kind="topic",
            ref=str(number),
        )
        for number in range(130)
    )
    query = {"orang": str(made.pk)}
    room.get(URL, query)
    with django_assert_num_queries(5):
        # Session, roles, events, names, whose trail it is (topics are no keys here).
        answer = room.get(URL, query)
    seen, marks = [], 0
    while True:
        seen += [(line.at, line.did) for line in answer.context["lines"]]
        if not answer.context["older"]:
            break
        marks += 1
        answer = room.get(URL + answer.context["older"])
    assert (len(seen), marks) == (130, 2)
    assert seen == sorted(seen, key=lambda each: each[0], reverse=True)


def test_download(room: Any, made: Any, tenant_a: Any) -> None:
    with in_tenant(tenant_a):
        audit.record("identity.confirmed", by=made, kind="account", ref=made.pk)
    file = room.get(URL, {"format": "xlsx"})
    rows = CalamineWorkbook.from_filelike(io.BytesIO(file.getvalue())).get_sheet_by_index(0)
    cells = rows.to_python()
    assert cells[0] == ["Waktu", "Orang", "Perbuatan"]
    assert ["Made Suarjana", "mengonfirmasi identitas"] in [row[1:] for row in cells]


def test_a_leader_reads_and_an_author_does_not(
    make_account: Makes, client_for: Makes, tenant_a: Any
) -> None:
    for role, status in (("leader", 200), ("author", 403)):
        account = make_account()
        grant_role(account=account, tenant=tenant_a, role=role, by=None)
        assert client_for(tenant_a, account).get(URL).status_code == status


def test_old_verbs_and_missing_data_still_read() -> None:
    assert phrase("kata.lama", {}, "x") == "kata.lama x"
    assert phrase("role.granted", {}, "Made") == "memberi peran – kepada Made"


def test_the_filter_does_not_tell_who_has_a_number(room: Any, make_account: Makes) -> None:
    """Who never acted here is not named, whether typed as number, address or key."""
    stranger = make_account(name="Orang Asing", agency="kemenkumham", state="confirmed")
    for asked in (stranger.identity.number, stranger.email, str(stranger.pk)):
        page = words_of(room.get(URL, {"orang": asked}))
        assert "Orang Asing" not in page and "Tidak ada catatan" in page


def test_the_filter_names_deeds_without_the_gaps_of_their_sentences(room: Any) -> None:
    labels = [label for _key, label, _chosen in room.get(URL, {}).context["verbs"]]
    assert "Mengimpor soal dari …" in labels
    assert not [label for label in labels if "{" in label]
