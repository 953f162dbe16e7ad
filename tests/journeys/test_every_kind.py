"""A test with every kind of question: pending until marked, then as any other test."""

import datetime
import re
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone

from shared_apps.access.services import grant_role
from tenant_apps.question_bank.choices import QuestionKind
from tenant_apps.question_bank.items import Choice, Criterion, Pair, QuestionItem
from tenants.schemas import in_tenant

pytestmark = pytest.mark.django_db
FULL = Decimal(100)
HALF = Decimal(50)
K = QuestionKind
KINDS = [
    QuestionItem(K.SINGLE, "s1", "Satu?", (Choice("ya", FULL), Choice("tidak"))),
    QuestionItem(K.MULTIPLE, "s2", "Dua?", (Choice("a", HALF), Choice("b", HALF), Choice("c"))),
    QuestionItem(K.MATCHING, "s3", "Tiga?", pairs=(Pair("PNS", "NIP"), Pair("PPPK", "NI PPPK"))),
    QuestionItem(K.SHORT, "s4", "Empat?", (Choice("cuti *", FULL),)),
    QuestionItem(K.NUMERICAL, "s5", "Lima?", (Choice("12.5", FULL, tolerance=Decimal(1)),)),
    QuestionItem(K.WEIGHTED, "s6", "Enam?", tuple(Choice(f"p{n}", points=n) for n in range(1, 6))),
    QuestionItem(K.ESSAY, "s7", "Tujuh?", rubric=(Criterion("Alur", 4), Criterion("Hukum", 6))),
]  # fmt: skip


@pytest.fixture
def all_kinds(learner: Any, tenant_a: Any) -> Any:
    """A learner of a topic whose bank holds one question of each kind; at the post-test."""
    from tenant_apps.question_bank.services.questions import replace_questions

    learner.until_post_test()
    with in_tenant(tenant_a):
        replace_questions(by=None, code="topic/cuti-pns", name="Cuti PNS", items=KINDS)
    return learner


def good_answers(
    learner: Any, essay: str = "Alur jelas.\n\nDasar hukum lengkap."
) -> dict[str, Any]:
    """Return the form with the best answer to everything."""
    form: dict[str, Any] = {}
    for item in learner.items("post"):
        name = f"jawaban-{item.position}"
        form[f"seq-{item.position}"] = str(item.seq)
        if item.kind == "single":
            form[name] = item.key["right"]
        elif item.kind == "multiple":
            form[name] = [o for o, percent in item.key["percents"].items() if percent != "0"]
        elif item.kind == "matching":
            form |= {f"{name}-{row}": option for row, option in item.key["pairs"].items()}
        elif item.kind == "weighted":
            form[name] = next(o for o, points in item.key["points"].items() if points == 5)
        else:
            form[name] = {"short": "Cuti Tahunan", "numerical": "12,5", "essay": essay}[item.kind]
    return form


def sitting_of(learner: Any) -> Any:
    """Return the newest post-test."""
    from tenant_apps.sittings.models import Sitting

    with in_tenant(learner.tenant):
        return Sitting.objects.filter(purpose="post").order_by("-attempt").first()


def assessor(make_account: Callable[..., Any], tenant: Any) -> Any:
    """Return somebody who may mark essays."""
    account = make_account(agency="bkn")
    grant_role(account=account, tenant=tenant, role="assessor", by=None)
    return account


def mark(learner: Any, given: list[int], by: Any) -> Any:
    """Mark the essay."""
    from tenant_apps.learning.services.essays import mark_essay

    sitting = sitting_of(learner)
    position = next(item.position for item in learner.items("post") if item.kind == "essay")
    with in_tenant(learner.tenant):
        return mark_essay(
            by=by, sitting_id=sitting.pk, position=position, given=given, comment="Baik."
        )


def test_no_key_before_the_result(all_kinds: Any) -> None:
    """Neither the paper nor a receipt carries an accepted answer, a rubric or a share."""
    url = all_kinds.url("post-test/")
    all_kinds.client.post(url)
    page = all_kinds.client.get(url).content.decode()
    for secret in ("cuti *", "12.5", "12,5 ±", "Alur", "percents", "accepted", "rubric"):
        assert secret not in page
    assert page.count('type="checkbox" name="jawaban-') == 3
    assert page.count("<select") == 2 and page.count("<textarea") == 1


def test_from_pending_to_the_certificate(
    all_kinds: Any, make_account: Callable[..., Any], mailoutbox: Any
) -> None:
    """Submitted, the test waits; marked, it is passed on the day of submission, in one go."""
    from shared_apps.notifications.models import Notification
    from shared_apps.recognition.models import Certificate
    from tenant_apps.learning.errors import AttemptNotYet
    from tenant_apps.learning.services.tests import start_test
    from tenant_apps.sittings.errors import AlreadyMarked, MarkNotValid
    from tenant_apps.sittings.models import Sitting

    marker = assessor(make_account, all_kinds.tenant)
    all_kinds.client.post(all_kinds.url("post-test/"))
    answered = all_kinds.client.post(
        all_kinds.url("post-test/kumpulkan/"), good_answers(all_kinds), follow=True
    )
    assert "Menunggu penilaian" in answered.content.decode()
    sitting = sitting_of(all_kinds)
    assert (sitting.pending, sitting.points, sitting.max_points) == (1, 10, 20)
    assert all_kinds.enrolment().step == "post_test" and all_kinds.enrolment().attempts == 1
    with in_tenant(all_kinds.tenant):
        with pytest.raises(AttemptNotYet):
            enrolment = all_kinds.enrolment()
            start_test(
                by=all_kinds.account, enrolment=enrolment, topic=enrolment.topic, purpose="post"
            )
        earlier = timezone.now() - datetime.timedelta(days=3)
        Sitting.objects.filter(pk=sitting.pk).update(submitted_at=earlier)
    with pytest.raises(MarkNotValid) as refused:
        mark(all_kinds, [5, 6], marker)
    assert refused.value.field == "poin-0"
    mark(all_kinds, [3, 6], marker)
    with pytest.raises(AlreadyMarked):
        mark(all_kinds, [0, 0], marker)
    enrolment = all_kinds.enrolment()
    assert (enrolment.step, enrolment.post_right, enrolment.post_total) == ("survey", 19, 20)
    certificate = Certificate.objects.get(pk=enrolment.certificate_id)
    assert (certificate.right, certificate.points, certificate.total) == (19, 19, 20)
    shown = all_kinds.client.get(f"/v/{certificate.code}/", headers={"host": "lintas.localhost"})
    assert "95 (19 dari 20 poin)" in " ".join(shown.content.decode().split())
    assert enrolment.completed_at == earlier
    assert Notification.objects.filter(account=all_kinds.account, kind="essay.marked").count() == 1
    page = all_kinds.client.get(all_kinds.url("post-test/hasil/")).content.decode()
    assert "19 dari 20 poin" in page and "Catatan penilai" in page and "Alur: 3 dari 4" in page


def test_a_failed_essay_opens_the_next_attempt(
    all_kinds: Any, make_account: Callable[..., Any]
) -> None:
    """Below the pass mark nothing is awarded; an empty essay needs no marker."""
    all_kinds.client.post(all_kinds.url("post-test/"))
    all_kinds.client.post(all_kinds.url("post-test/kumpulkan/"), good_answers(all_kinds))
    mark(all_kinds, [0, 3], assessor(make_account, all_kinds.tenant))
    enrolment = all_kinds.enrolment()
    assert (enrolment.step, enrolment.post_right, enrolment.certificate_id) == (
        "post_test",
        13,
        None,
    )
    assert enrolment.failed_at is not None
    from tenant_apps.learning.models import Enrolment

    with in_tenant(all_kinds.tenant):
        Enrolment.objects.update(failed_at=timezone.now() - datetime.timedelta(days=1))
    all_kinds.client.post(all_kinds.url("post-test/"))
    all_kinds.client.post(all_kinds.url("post-test/kumpulkan/"), good_answers(all_kinds, essay=""))
    assert (sitting_of(all_kinds).attempt, sitting_of(all_kinds).pending) == (2, 0)


def blueprint(learner: Any, **values: Any) -> Any:
    """Attach a blueprint of all seven questions to the post-test."""
    from tenant_apps.learning.models import TestPlan
    from tenant_apps.question_bank.models import Blueprint, Category

    with in_tenant(learner.tenant):
        category = Category.objects.get(code="topic/cuti-pns")
        made = Blueprint.objects.create(name="Kisi-kisi uji", **values)
        made.parts.create(position=1, category=category, count=7)
        TestPlan.objects.create(topic=learner.enrolment().topic, purpose="post", blueprint=made)
    return made


def test_time_limit_with_extension_and_the_end(all_kinds: Any) -> None:
    """130 percent of 100 minutes; past the deadline the next touch scores what was saved."""
    from tenant_apps.sittings.models import Sitting, TimeExtension

    blueprint(all_kinds, minutes=100)
    with in_tenant(all_kinds.tenant):
        TimeExtension.objects.create(
            member_id=all_kinds.account.pk, percent=130,
            valid_until=timezone.localdate() + datetime.timedelta(days=1),
        )  # fmt: skip
    url = all_kinds.url("post-test/")
    assert "130 menit" in all_kinds.client.get(url).content.decode()
    all_kinds.client.post(url)
    sitting = sitting_of(all_kinds)
    lasted = sitting.deadline - sitting.started_at
    assert abs(lasted - datetime.timedelta(minutes=130)) < datetime.timedelta(seconds=5)
    page = all_kinds.client.get(url).content.decode()
    assert 'data-seconds="7' in page and 'role="timer"' in page
    form = good_answers(all_kinds)
    all_kinds.client.post(url + "simpan/", form)
    past = timezone.now() - datetime.timedelta(minutes=2)
    with in_tenant(all_kinds.tenant):
        Sitting.objects.filter(pk=sitting.pk).update(deadline=past)
    late = {"seq-1": "5", "jawaban-1": "terlambat"}
    assert all_kinds.client.post(f"/tes/{sitting.pk}/1/", late).status_code == 410
    answered = all_kinds.client.get(url, follow=True)
    assert "Waktu tes habis" in answered.content.decode()
    after = sitting_of(all_kinds)
    assert (after.state, after.submitted_at, after.points) == ("submitted", past, 10)


def test_the_task_ends_tests_that_nobody_touches(all_kinds: Any) -> None:
    """A closed browser loses nothing: what was saved is scored by the worker, once."""
    from tenant_apps.learning.tasks import submit_overdue
    from tenant_apps.sittings.models import Sitting

    blueprint(all_kinds, minutes=5)
    all_kinds.client.post(all_kinds.url("post-test/"))
    with in_tenant(all_kinds.tenant):
        Sitting.objects.update(deadline=timezone.now() - datetime.timedelta(seconds=1))
    assert submit_overdue.call() >= 1
    assert submit_overdue.call() == 0
    assert sitting_of(all_kinds).state == "submitted"
    assert all_kinds.enrolment().attempts == 1


def test_a_blueprint_that_the_bank_cannot_fill_starts_no_test(all_kinds: Any) -> None:
    """Nobody gets a shorter paper than the others."""
    made = blueprint(all_kinds)
    with in_tenant(all_kinds.tenant):
        made.parts.update(count=8)
    answered = all_kinds.client.post(all_kinds.url("post-test/"), follow=True)
    assert "Bank soal belum cukup" in answered.content.decode()
    assert sitting_of(all_kinds) is None


def revoke_what_a_question_rests_on() -> None:
    """Let every question of the last paper cite a regulation, and the law move."""
    from shared_apps.regulations.models import Regulation
    from tenant_apps.citations.services import cite
    from tenant_apps.sittings.models import PaperItem

    law = Regulation.objects.create(key="pp-1-2001", kind="pp", number="1", year=2001)
    for question in PaperItem.objects.values_list("question_id", flat=True):
        cite(
            kind="question", uuid=question, title="Soal", path="/kelola/soal/", owner_id=None,
            names=[law.label],
        )  # fmt: skip
    Regulation.objects.filter(pk=law.pk).update(change=1, look_from=1)


def test_review_follows_the_blueprint(all_kinds: Any) -> None:
    """Never means never, also after a pass; after submitting means at once."""
    made = blueprint(all_kinds, review="submitted")
    all_kinds.client.post(all_kinds.url("post-test/"))
    form = good_answers(all_kinds, essay="")
    all_kinds.client.post(all_kinds.url("post-test/kumpulkan/"), form)
    result = all_kinds.url("post-test/hasil/")
    shown = all_kinds.client.get(result).content.decode()
    assert "Pembahasan" in shown and "mendasari soal ini berubah" not in shown
    with in_tenant(all_kinds.tenant):
        revoke_what_a_question_rests_on()
    assert "mendasari soal ini berubah" in all_kinds.client.get(result).content.decode()
    with in_tenant(all_kinds.tenant):
        made.review = "never"
        made.save()
    assert "Pembahasan" not in all_kinds.client.get(result).content.decode()


@pytest.fixture
def office(client_for: Callable[..., Any], tenant_a: Any, make_account: Callable[..., Any]) -> Any:
    """The browser of a manager of the tenant."""
    from shared_apps.access.services import grant_role

    account = make_account(name="Wayan Sudiarta", agency="bkn", state="confirmed")
    grant_role(account=account, tenant=tenant_a, role="manager", by=None)
    return client_for(tenant_a, account)


def test_the_queue_of_essays(all_kinds: Any, office: Any) -> None:
    """The marker sees a number, not a name; faults stand at the criterion; then the next."""
    all_kinds.client.post(all_kinds.url("post-test/"))
    all_kinds.client.post(all_kinds.url("post-test/kumpulkan/"), good_answers(all_kinds))
    queue = office.get("/kelola/esai/").content.decode()
    assert all_kinds.account.name not in queue and "Peserta " in queue
    (url,) = re.findall(r'href="(/kelola/esai/[0-9a-f-]{36}/\d+/)"', queue)
    page = office.get(url).content.decode()
    assert "Alur jelas." in page and all_kinds.account.name not in page
    answered = office.post(url, {"poin-0": "9", "poin-1": "6", "komentar": "Rapi <b>"})
    assert answered.status_code == 422
    assert "Poin dari 0 sampai 4." in answered.content.decode()
    assert "Rapi &lt;b&gt;" in answered.content.decode()
    answered = office.post(url, {"poin-0": "x", "poin-1": "999"})
    assert answered.status_code == 422
    assert set(answered.context["errors"]) == {"poin-0", "poin-1"}  # each at its own field
    answered = office.post(url, {"poin-0": "4", "poin-1": "6", "komentar": "Rapi"}, follow=True)
    assert "Tidak ada esai yang menunggu" in answered.content.decode()
    assert all_kinds.enrolment().step == "survey"
    answered = office.post(url, {"poin-0": "0", "poin-1": "0"}, follow=True)
    assert "sudah dinilai" in answered.content.decode()
    assert all_kinds.enrolment().post_right == 20


def test_statistics_are_kept_once_and_shown(all_kinds: Any, office: Any) -> None:
    """Counting again adds nothing; the pages read the kept sums."""
    from tenant_apps.question_bank.models import ItemStatistic
    from tenant_apps.sittings.tasks import count_answers

    count_answers.call()
    all_kinds.client.post(all_kinds.url("post-test/"))
    form = good_answers(all_kinds, essay="")
    all_kinds.client.post(all_kinds.url("post-test/kumpulkan/"), form)
    assert count_answers.call() == 1
    assert count_answers.call() == 0
    with in_tenant(all_kinds.tenant):
        rows = {
            row.question.code: row
            for row in ItemStatistic.objects.filter(purpose="post").select_related("question")
        }
    assert {code: row.answers for code, row in rows.items()} == {f"s{n}": 1 for n in range(1, 8)}
    assert (rows["s1"].right, rows["s7"].right, rows["s7"].blank) == (1, 0, 1)
    assert rows["s1"].picks == {"a": 1} and rows["s2"].picks == {"a": 1, "b": 1}
    # The rest of s1: 9 of 19 points.
    assert abs(rows["s1"].y - 9 / 19) < 1e-9
    listed = office.get("/kelola/soal/analisis/").content.decode()
    assert "Post-test" in listed
    page = office.get("/kelola/soal/analisis/cuti-pns/post/").content.decode()
    assert "Baru 1 jawaban" in page and "s1" in page
    # p and r of one answer say nothing; the sentence says why.
    assert re.findall(r'data-label="(?:Indeks|Daya)[^"]*"\s*>\s*([^<\s]+)', page) == ["–"] * 14
    assert office.get("/kelola/soal/analisis/cuti-pns/post/?format=xlsx").status_code == 200
    page = office.get(f"/kelola/soal/{rows['s1'].question_id}/").content.decode()
    assert "Dipakai oleh" in page and "Baru 1 jawaban" in page


def test_a_closed_pre_test_is_passed_over(learner: Any, tenant_a: Any) -> None:
    """While it is open it is asked for; afterwards the person goes on to reading, once."""
    from shared_apps.audit.models import Event
    from tenant_apps.learning.models import TestPlan, Topic
    from tenant_apps.question_bank.models import Blueprint, BlueprintPart, Category

    learner.start()
    closes_at = timezone.now() + datetime.timedelta(hours=1)
    with in_tenant(tenant_a):
        blueprint = Blueprint.objects.create(name="Bertutup", closes_at=closes_at)
        category = Category.objects.get(code="topic/cuti-pns")
        BlueprintPart.objects.create(blueprint=blueprint, category=category, count=5, position=1)
        TestPlan.objects.create(
            topic_id=Topic.objects.get(slug="cuti-pns").pk, purpose="pre", blueprint=blueprint
        )
    url = learner.url("pre-test/")
    page = learner.client.post(url, {"lewati": "1"}, follow=True).content.decode()
    assert "masih dapat dikerjakan" in page and learner.enrolment().step == "pre_test"
    with in_tenant(tenant_a):
        Blueprint.objects.update(closes_at=timezone.now() - datetime.timedelta(minutes=1))
    assert "Lanjut ke materi" in learner.client.get(url).content.decode()
    for _twice in range(2):
        learner.client.post(url, {"lewati": "1"}, follow=True)
    enrolment = learner.enrolment()
    assert (enrolment.step, enrolment.pre_total) == ("reading", None)
    assert Event.objects.filter(verb="pre_test.passed_over").count() == 1


def test_blueprint_and_time_by_their_pages(all_kinds: Any, office: Any) -> None:
    """Written, checked against the bank, attached; one person gets 130 percent."""
    from tenant_apps.question_bank.models import Blueprint, Category

    with in_tenant(all_kinds.tenant):
        category = str(Category.objects.get(code="topic/cuti-pns").pk)
    data = {
        "name": "Kisi-kisi cuti", "minutes": "100", "review": "never", "shuffle_questions": "on",
        "bagian-TOTAL_FORMS": "2", "bagian-INITIAL_FORMS": "0",
        "bagian-0-category": category, "bagian-0-difficulty": "", "bagian-0-count": "9",
    }  # fmt: skip
    new = "/kelola/soal/kisi-kisi/baru/"
    page = office.post(new, {**data, "periksa": "1"}).content.decode()
    assert "Kurang 2 soal" in page
    assert 'name="bagian-3-category"' in office.post(new, {**data, "tambah": "1"}).content.decode()
    with in_tenant(all_kinds.tenant):
        assert not Blueprint.objects.exists()
    for fault in ({"name": ""}, {"bagian-0-count": "0"}, {"review": "closed"}, {"minutes": "0"}):
        assert office.post(new, {**data, **fault}).status_code == 422, fault
    data["bagian-0-count"] = "7"
    page = office.post(new, data, follow=True).content.decode()
    assert "Bank soal cukup" in page
    with in_tenant(all_kinds.tenant):
        made = Blueprint.objects.get()
    url = f"/kelola/soal/kisi-kisi/{made.pk}/"
    assert office.post(url, {**data, "revision": "0"}).status_code == 422
    assert office.post(url, {**data, "revision": "1"}).status_code == 302
    page = office.post(url + "tes/", {"topik": "cuti-pns", "tes": "post"}, follow=True)
    assert "Lepas" in page.content.decode()
    assert "masih dipakai" in office.post(url + "hapus/", follow=True).content.decode()
    assert "Kisi-kisi cuti" in office.get("/kelola/soal/kisi-kisi/").content.decode()
    number = all_kinds.account.identity.number
    until = (timezone.localdate() + datetime.timedelta(days=30)).isoformat()
    time = "/kelola/soal/waktu/"
    for fault in ({"login": "x"}, {"percent": "90"}, {"valid_until": "2020-01-01"}):
        given = {"login": number, "percent": "130", "valid_until": until, **fault}
        assert office.post(time, given).status_code == 422, fault
    page = office.post(
        time, {"login": number, "percent": "130", "valid_until": until}, follow=True
    ).content.decode()
    assert all_kinds.account.name in page and "130" in page
    assert "130 menit" in all_kinds.client.get(all_kinds.url("post-test/")).content.decode()
    office.post(f"{time}{all_kinds.account.pk}/cabut/")
    assert "100 menit" in all_kinds.client.get(all_kinds.url("post-test/")).content.decode()
    office.post(url + "tes/", {"topik": "cuti-pns", "tes": "post", "lepas": "1"})
    office.post(url + "hapus/")
    with in_tenant(all_kinds.tenant):
        assert not Blueprint.objects.exists()


def test_lists_cost_a_fixed_number_of_queries(
    all_kinds: Any, office: Any, django_assert_num_queries: Any
) -> None:
    """Session, rights and the list itself: whatever the number of rows."""
    from tenant_apps.sittings.tasks import count_answers

    blueprint(all_kinds)
    all_kinds.client.post(all_kinds.url("post-test/"))
    all_kinds.client.post(all_kinds.url("post-test/kumpulkan/"), good_answers(all_kinds))
    count_answers.call()
    for address, queries in (
        ("/kelola/esai/", 6),
        ("/kelola/soal/kisi-kisi/", 4),
        ("/kelola/soal/analisis/", 4),
        ("/kelola/soal/analisis/cuti-pns/pre/", 5),
        ("/kelola/soal/waktu/", 3),
    ):
        office.get(address)
        with django_assert_num_queries(queries):
            assert office.get(address).status_code == 200, address


def test_a_blueprint_counts_for_publishing(all_kinds: Any) -> None:
    """Where both tests follow blueprints, the topic's own questions are not asked for."""
    from tenant_apps.learning.models import TestPlan, Topic
    from tenant_apps.learning.selectors.completeness import missing_in

    made = blueprint(all_kinds)
    with in_tenant(all_kinds.tenant):
        topic = Topic.objects.get(slug="cuti-pns")
        said = " ".join(row.text for row in missing_in(topic, topic.current))
        assert "Soal baru 7 dari 10" in said and "kisi-kisi" not in said
        TestPlan.objects.create(topic=topic, purpose="pre", blueprint=made)
        assert "soal" not in " ".join(row.text for row in missing_in(topic, topic.current)).lower()
        made.parts.update(count=9)
        said = " ".join(row.text for row in missing_in(topic, topic.current))
        assert "kurang 2 soal" in said
