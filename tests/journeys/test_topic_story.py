"""The main story: an ASN of one agency learns at another, and the hours count at home."""

import datetime
from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from typing import Any
from unittest import mock
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

pytestmark = pytest.mark.django_db
WITA = ZoneInfo("Asia/Makassar")


def certificates(learner: Any) -> list[Any]:
    """Return the person's certificates."""
    from shared_apps.recognition import selectors

    return list(selectors.certificates_of(learner.account.pk))


def ledger(learner: Any) -> list[Any]:
    """Return the person's ledger rows."""
    from shared_apps.recognition.models import LedgerEntry

    return list(LedgerEntry.objects.filter(account_id=learner.account.pk).order_by("revision"))


@contextmanager
def at(learner: Any, moment: datetime.datetime) -> Iterator[None]:
    """Let the server's clock stand at a moment, with the person signed in then."""
    with mock.patch("django.utils.timezone.now", return_value=moment):
        learner.client.force_login(
            learner.account, backend="shared_apps.accounts.backends.NipOrEmailBackend"
        )
        yield


def test_pass_gives_certificate_and_jp_at_home_and_at_lan(learner: Any) -> None:
    """Pre-test → reading → post-test → survey → certificate; 2 JP for person and agency."""
    from shared_apps.recognition import selectors
    from shared_apps.recognition.models import AgencyTotal

    assert learner.start()["Location"] == "/topik/cuti-pns/pre-test/"
    answer = learner.test("pre", 4)
    assert answer["Location"].endswith("/pre-test/hasil/")
    assert "40" in learner.client.get(answer["Location"]).content.decode()
    learner.read()
    answer = learner.test("post", 8)
    assert "+40" in learner.client.get(answer["Location"]).content.decode()
    assert learner.enrolment().step == "survey"
    answer = learner.survey()
    page = learner.client.get(answer["Location"]).content.decode()
    (certificate,) = certificates(learner)
    assert certificate.number in page
    assert certificate.released
    year = selectors.person_year(learner.account.pk, certificate.year)
    assert year.jp_credited == Decimal("2.00")
    # Counted at the home agency (Kemenkumham), not at the provider's (BKN).
    rows = AgencyTotal.objects.filter(year=certificate.year, confirmed=True)
    home = rows.filter(agency=learner.account.home_agency)
    assert sum(row.jp_credited for row in home) == Decimal("2.00")
    assert not rows.filter(agency=learner.tenant.agency).exists()


def test_fail_then_pass(learner: Any) -> None:
    """Under the pass mark: what to reread, when to try again, no certificate; then a pass."""
    learner.until_post_test()
    answer = learner.test("post", 6)
    page = learner.client.get(answer["Location"]).content.decode()
    assert "perlu dibaca ulang" in page
    assert certificates(learner) == [] and ledger(learner) == []
    # The cool-down of the rules holds the next attempt back.
    learner.client.post(learner.url("post-test/"))
    assert learner.items("post")[0].sitting.attempt == 1
    later = timezone.now() + datetime.timedelta(minutes=11)
    with at(learner, later):
        learner.test("post", 7)
    assert len(certificates(learner)) == 1
    assert learner.enrolment().attempts == 2


def test_the_pass_mark_is_compared_in_integers(learner: Any) -> None:
    """7 of 10 passes, exactly at 70 %."""
    learner.until_post_test()
    learner.test("post", 7)
    assert learner.enrolment().step == "survey"


def test_submitting_twice_and_in_two_tabs_gives_one_result(learner: Any) -> None:
    """The second submit, with other answers, changes nothing and leads to the same result."""
    learner.until_post_test()
    learner.client.post(learner.url("post-test/"))
    first_tab, second_tab = learner.form("post", 9), learner.form("post", 0)
    answers = [
        learner.client.post(learner.url("post-test/kumpulkan/"), form)
        for form in (first_tab, second_tab, first_tab)
    ]
    assert {answer["Location"] for answer in answers} == {learner.url("post-test/hasil/")}
    enrolment = learner.enrolment()
    assert (enrolment.post_right, enrolment.attempts) == (9, 1)
    assert len(certificates(learner)) == 1 and len(ledger(learner)) == 1


def test_crash_between_pass_and_survey_loses_nothing(learner: Any) -> None:
    """After the pass the certificate stands; the survey can come on any later day."""
    learner.until_post_test()
    learner.test("post", 8)
    (certificate,) = certificates(learner)
    assert not certificate.released
    with (
        mock.patch(
            "shared_apps.recognition.services.certificates.release", side_effect=RuntimeError
        ),
        pytest.raises(RuntimeError),
    ):
        learner.survey()
    # The half-made survey is gone with its transaction: nobody is counted, nothing is released.
    assert learner.enrolment().step == "survey"
    from tenant_apps.surveys.models import Response
    from tenants.schemas import in_tenant

    with in_tenant(learner.tenant):
        assert not Response.objects.exists()
    learner.survey()
    (certificate,) = certificates(learner)
    assert certificate.released


def test_crash_while_passing_leaves_nothing_half_written(learner: Any) -> None:
    """If the award fails, the test is not submitted either, and can be submitted again."""
    learner.until_post_test()
    with (
        mock.patch("tenant_apps.learning.services.tests.complete", side_effect=RuntimeError),
        pytest.raises(RuntimeError),
    ):
        learner.test("post", 8)
    assert learner.enrolment().attempts == 0
    assert ledger(learner) == []
    learner.client.post(learner.url("post-test/kumpulkan/"), learner.form("post", 8))
    assert len(certificates(learner)) == 1


@pytest.mark.parametrize("survey_day", [31, 1])
def test_pass_and_survey_on_both_sides_of_new_year(learner: Any, survey_day: int) -> None:
    """Pass on 31 Dec 23.50, survey then or on 1 Jan: JP of the old year, in the tenant's zone."""
    learner.tenant.time_zone = "Asia/Makassar"
    learner.tenant.save()
    passed = datetime.datetime(2026, 12, 31, 23, 50, tzinfo=WITA)
    sent = passed if survey_day == 31 else passed + datetime.timedelta(minutes=20)
    learner.until_post_test()
    with at(learner, passed):
        learner.test("post", 8)
    with at(learner, sent):
        learner.survey()
    (certificate,) = certificates(learner)
    assert certificate.year == 2026
    assert certificate.completed_on == datetime.date(2026, 12, 31)
    assert [row.year for row in ledger(learner)] == [2026]
    assert certificate.released


def test_a_pass_after_new_year_counts_in_the_new_one(learner: Any) -> None:
    """Ten past midnight in Denpasar is 2027, although it is still 2026 in UTC."""
    learner.tenant.time_zone = "Asia/Makassar"
    learner.tenant.save()
    learner.until_post_test()
    moment = datetime.datetime(2027, 1, 1, 0, 10, tzinfo=WITA)
    with at(learner, moment):
        learner.test("post", 8)
    assert [row.year for row in ledger(learner)] == [2027]


def test_revoked_certificate_takes_its_jp_back(learner: Any) -> None:
    """Revoking writes the reversing row in the same transaction; the page says revoked."""
    from django.core.management import call_command

    from shared_apps.recognition import selectors

    learner.complete()
    (certificate,) = certificates(learner)
    call_command("revoke_certificate", certificate.code, reason="Salah terbit")
    assert [row.jp_credited for row in ledger(learner)] == [Decimal("2.00"), Decimal("-2.00")]
    assert selectors.person_year(learner.account.pk, certificate.year).jp_credited == 0
    page = learner.client.get(learner.url("sertifikat/")).content.decode()
    assert "dicabut" in page and "/unduh/" not in page


def test_the_same_completion_repeated_at_any_time_leaves_one_row(learner: Any) -> None:
    """Completing again, months later, returns the certificate that exists."""
    from tenant_apps.learning.services.completion import complete
    from tenants.schemas import in_tenant

    learner.complete()
    enrolment = learner.enrolment()
    for days in (0, 1, 400):
        with in_tenant(learner.tenant):
            at = timezone.now() + datetime.timedelta(days=days)
            complete(by=learner.account, enrolment=enrolment, topic=enrolment.topic, at=at)
    assert len(ledger(learner)) == 1 and len(certificates(learner)) == 1
    assert enrolment.certificate_id == certificates(learner)[0].pk


def test_steps_cannot_be_skipped(learner: Any) -> None:
    """Each address of a step that is not open leads to the one that is, and writes nothing."""
    learner.start()
    for rest in ("baca/", "post-test/", "survei/", "sertifikat/", "post-test/hasil/"):
        answer = learner.client.get(learner.url(rest), follow=True)
        assert answer.redirect_chain[-1][0] == learner.url("pre-test/"), rest
    learner.client.post(learner.url("post-test/"))
    learner.survey()
    assert learner.enrolment().step == "pre_test"
    assert certificates(learner) == []


def test_pre_and_post_test_do_not_share_questions(learner: Any) -> None:
    """22 questions are enough for two different papers of ten."""
    learner.until_post_test()
    learner.client.post(learner.url("post-test/"))
    first = {item.question_id for item in learner.items("pre")}
    second = {item.question_id for item in learner.items("post")}
    assert len(first) == len(second) == 10
    assert not first & second


def test_keys_never_leave_the_server_before_the_pass(learner: Any) -> None:
    """No page of an open test, nor of a failed one, holds an explanation."""
    learner.until_post_test()
    learner.client.post(learner.url("post-test/"))
    explanations = [item.key["explanation"] for item in learner.items("post")]
    pages = [learner.client.get(learner.url("post-test/")).content.decode()]
    answer = learner.client.post(learner.url("post-test/kumpulkan/"), learner.form("post", 3))
    pages.append(learner.client.get(answer["Location"]).content.decode())
    assert all(text and text not in page for page in pages for text in explanations)


def test_the_survey_knows_nobody(learner: Any) -> None:
    """Its row holds random id, topic, class, month and answers, and no column for more."""
    from tenant_apps.surveys.models import Response
    from tenants.schemas import in_tenant

    learner.complete()
    with in_tenant(learner.tenant):
        response = Response.objects.get()
    names = {field.name for field in Response._meta.get_fields()}
    assert names == {
        "id",
        "subject_kind",
        "subject_uuid",
        "offering",
        "month",
        "answers",
        "comment",
    }
    assert response.month.day == 1
    assert response.answers["U4"] == 4
    # Learned alone: no class either (and of a small class none, see the tests of learning).
    assert response.offering is None


def test_an_incomplete_survey_keeps_what_was_ticked(learner: Any) -> None:
    """The missing question is named at its place; the ticked ones and the comment stay."""
    learner.until_post_test()
    learner.test("post", 8)
    data = {f"U{n}": "3" for n in (1, 2, 3, 5, 6, 7, 9)} | {"saran": "Lebih banyak contoh"}
    answer = learner.client.post(learner.url("survei/"), data)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'id="U8-kurang"' in page and page.count("checked") == 7
    assert "Lebih banyak contoh" in page
    assert learner.enrolment().step == "survey"


def test_resume_on_another_device(learner: Any, client_for: Any) -> None:
    """Another browser of the same person sees the same paper with the saved answers."""
    learner.until_post_test()
    learner.client.post(learner.url("post-test/"))
    form = {k: v for k, v in learner.form("post", 10).items() if k.endswith(("-1", "-2", "-3"))}
    learner.client.post(learner.url("post-test/simpan/"), form)
    other = client_for(learner.tenant, learner.account)
    page = other.get(learner.url("post-test/")).content.decode()
    assert page.count("checked") == 3
    assert 'href="#soal-4"' in page


def test_reading_resumes_at_the_section_left(learner: Any) -> None:
    """ "Lanjutkan" leads to the section that was open last."""
    learner.start()
    learner.test("pre", 5)
    first = learner.client.get(learner.url("baca/"))["Location"]
    learner.client.post(first + "selesai/")
    second = learner.client.get(learner.url("baca/"))["Location"]
    assert second != first
    learner.client.get(first)
    assert learner.client.get(learner.url("baca/"))["Location"] == first


def test_the_material_offers_the_post_test_only_as_the_next_step(learner: Any) -> None:
    """Its link stands beside a section while it leads to the post-test: not before, not after."""

    def offered() -> bool:
        page = learner.client.get(learner.url("baca/"), follow=True).content.decode()
        return f'href="{learner.url("post-test/")}">Ke post-test' in page

    learner.start()
    learner.test("pre", 4)
    assert not offered()
    learner.read()
    assert offered()
    learner.test("post", 8)
    assert not offered()


def test_strangers_and_others_see_nothing_of_a_sitting(
    learner: Any, client_for: Any, make_account: Any
) -> None:
    """A stranger is sent to sign in; another person gets 404 for the sitting."""
    learner.until_post_test()
    learner.client.post(learner.url("post-test/"))
    sitting = learner.items("post")[0].sitting_id
    data = {"seq-1": "0", "jawaban-1": "1"}
    assert client_for(learner.tenant).post(f"/tes/{sitting}/1/", data).status_code == 302
    other = client_for(learner.tenant, make_account())
    assert other.post(f"/tes/{sitting}/1/", data).status_code == 404
    assert learner.items("post")[0].answer == ""
