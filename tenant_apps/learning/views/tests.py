"""The pre-test and the post-test: intro, paper, saving without JavaScript, result."""

from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from tenant_apps.citations.selectors import moved_among
from tenant_apps.learning import rules
from tenant_apps.learning.choices import TestPurpose
from tenant_apps.learning.errors import AttemptNotYet, StepNotOpen
from tenant_apps.learning.models import Enrolment, Topic
from tenant_apps.learning.papers import question_views
from tenant_apps.learning.selectors.topics import sections_of
from tenant_apps.learning.services import tests as test_services
from tenant_apps.learning.steps import step_bar
from tenant_apps.learning.views.shared import crumbs, find_topic, lead_back
from tenant_apps.question_bank.choices import CITES, ReviewPolicy
from tenant_apps.question_bank.errors import NotEnoughQuestions
from tenant_apps.sittings import selectors as sittings
from tenant_apps.sittings.errors import AnswerConflict, AnswerNotValid, NoQuestions, SittingClosed
from tenant_apps.sittings.models import Sitting
from tenant_apps.sittings.services import taking
from tenant_apps.sittings.services.taking import Answer, read_answer
from tenants.schemas import current_tenant
from toolkit import indonesian
from toolkit.access_rules import signed_in

VIEW = {TestPurpose.PRE: "pre_test", TestPurpose.POST: "post_test"}
RESULT = {TestPurpose.PRE: "pre_test_result", TestPurpose.POST: "post_test_result"}


def _url(name: dict[TestPurpose, str], purpose: TestPurpose, topic: Topic) -> str:
    return reverse(name[purpose], args=[topic.slug])


def _frame(topic: Topic, enrolment: Enrolment, purpose: TestPurpose) -> dict[str, Any]:
    """Return what every page of a test shows."""
    return {
        "topic": topic,
        "enrolment": enrolment,
        "purpose": purpose,
        "steps": step_bar(topic, enrolment, here=test_services.STEP_OF[purpose]),
        "crumbs": crumbs(topic, purpose.label),
        "test_url": _url(VIEW, purpose, topic),
    }


@signed_in
@never_cache
def test_page(request: HttpRequest, slug: str, purpose: str) -> HttpResponse:
    """GET: the open paper, else the intro. POST: start (a second click opens the same paper).

    With `lewati` it goes on to reading without a pre-test that has closed.
    """
    kind = TestPurpose(purpose)
    topic, enrolment = find_topic(request, slug)
    if enrolment is None or enrolment.step != test_services.STEP_OF[kind]:
        return lead_back(request, topic, enrolment)
    if request.method == "POST":
        try:
            if kind == TestPurpose.PRE and request.POST.get("lewati"):
                test_services.pass_over_pre_test(by=request.user, enrolment=enrolment, topic=topic)
                return HttpResponseRedirect(reverse("read_topic", args=[topic.slug]))
            test_services.start_test(
                by=request.user, enrolment=enrolment, topic=topic, purpose=kind
            )
        except (AttemptNotYet, NoQuestions, NotEnoughQuestions, StepNotOpen) as why:
            messages.warning(request, str(why))
        return HttpResponseRedirect(_url(VIEW, kind, topic))
    sitting = _open_sitting(enrolment, topic, kind)
    if sitting is None:
        return _intro(request, topic, enrolment, kind)
    if sitting.is_over:
        return _end(request, topic, enrolment, kind, sitting)
    return _paper(request, topic, enrolment, kind, sitting)


def _end(
    request: HttpRequest,
    topic: Topic,
    enrolment: Enrolment,
    purpose: TestPurpose,
    sitting: Sitting,
) -> HttpResponse:
    """Submit a test whose time is over, from what was saved, and lead to its result."""
    test_services.submit_test(
        by=request.user, enrolment=enrolment, topic=topic, purpose=purpose, sitting_id=sitting.pk
    )
    messages.info(request, _("Waktu tes habis. Jawaban yang tersimpan sampai saat itu dinilai."))
    return HttpResponseRedirect(_url(RESULT, purpose, topic))


def _intro(
    request: HttpRequest, topic: Topic, enrolment: Enrolment, purpose: TestPurpose
) -> HttpResponse:
    limits = rules.test_rules(topic, tenant_id=current_tenant().pk, purpose=purpose)
    opens_at = rules.next_attempt_at(enrolment, limits) if purpose == TestPurpose.POST else None
    now = timezone.now()
    used_up = bool(limits.attempts) and enrolment.attempts >= limits.attempts
    return render(
        request,
        "learning/test_intro.html",
        {
            **_frame(topic, enrolment, purpose),
            "limits": limits,
            "minutes": test_services.minutes_for(enrolment.member_id, limits),
            "closed": limits.closes_at is not None and limits.closes_at <= now,
            "pending": purpose == TestPurpose.POST
            and enrolment.attempts > 0
            and sittings.has_pending(
                member_id=enrolment.member_id, subject_uuid=topic.pk, purpose=purpose
            ),
            "opens_at": opens_at if opens_at and opens_at > now else None,
            "used_up": used_up and purpose == TestPurpose.POST,
            "result_url": _url(RESULT, purpose, topic) if enrolment.attempts else "",
        },
    )


def _paper(
    request: HttpRequest,
    topic: Topic,
    enrolment: Enrolment,
    purpose: TestPurpose,
    sitting: Sitting,
) -> HttpResponse:
    items = sittings.paper(sitting)
    answered = sum(bool(item.answer) for item in items)
    # The first question without an answer: where the person left.
    resume = next((item.position for item in items if not item.answer), len(items))
    return render(
        request,
        "learning/test_paper.html",
        {
            **_frame(topic, enrolment, purpose),
            "sitting": sitting,
            "items": question_views(items),
            "answered": answered,
            "left": len(items) - answered,
            "resume": resume if answered else 0,
            "deadline": sitting.deadline,
            "seconds": sitting.seconds_left,
        },
    )


def _open_sitting(
    enrolment: Enrolment | None, topic: Topic, purpose: TestPurpose
) -> Sitting | None:
    if enrolment is None:
        return None
    return sittings.open_sitting(
        member_id=enrolment.member_id, subject_uuid=topic.pk, purpose=purpose
    )


def _answers(request: HttpRequest, sitting: Sitting) -> list[Answer]:
    found = (read_answer(request.POST, n) for n in range(1, sitting.total + 1))
    return [answer for answer in found if answer is not None]


@signed_in
@require_POST
def save_page(request: HttpRequest, slug: str, purpose: str) -> HttpResponse:
    """Save all answers of the page (the way without JavaScript) and show it again."""
    kind = TestPurpose(purpose)
    topic, enrolment = find_topic(request, slug)
    sitting = _open_sitting(enrolment, topic, kind)
    if enrolment is None or sitting is None:
        messages.info(request, _("Tes ini sudah dikumpulkan; jawaban tidak dapat diubah lagi."))
        return lead_back(request, topic, enrolment)
    if sitting.is_over:
        return _end(request, topic, enrolment, kind, sitting)
    conflicts, refused = [], []
    stored = {item.position: item for item in sittings.paper(sitting)}
    for answer in _answers(request, sitting):
        item = stored[answer.position]
        if (item.answer, item.doubtful) == (answer.answer, answer.doubtful):
            continue
        try:
            taking.save_answer(sitting_id=sitting.pk, member_id=enrolment.member_id, answer=answer)
        except AnswerConflict:
            conflicts.append(str(answer.position))
        except AnswerNotValid as error:
            refused.append((answer.position, str(error)))
        except SittingClosed as error:
            messages.warning(request, str(error))
            return lead_back(request, topic, enrolment)
    for position, why in refused:
        messages.warning(
            request,
            _("Soal {number} belum tersimpan: {why}").format(number=position, why=why),
        )
    if conflicts:
        messages.warning(
            request,
            _(
                "Soal nomor {numbers} sudah dijawab dari tab atau perangkat lain; periksa "
                "jawabannya, lalu simpan lagi bila perlu."
            ).format(numbers=", ".join(conflicts)),
        )
    elif not refused:
        now = indonesian.clock_time(timezone.now())
        messages.success(request, _("Jawaban tersimpan {time}.").format(time=now))
    return HttpResponseRedirect(_url(VIEW, kind, topic))


@signed_in
@require_POST
def submit(request: HttpRequest, slug: str, purpose: str) -> HttpResponse:
    """Submit the paper; twice or from two tabs gives the one result."""
    kind = TestPurpose(purpose)
    topic, enrolment = find_topic(request, slug)
    if enrolment is None:
        return lead_back(request, topic, None)
    sitting = _open_sitting(enrolment, topic, kind)
    if sitting is not None:
        test_services.submit_test(
            by=request.user,
            enrolment=enrolment,
            topic=topic,
            purpose=kind,
            sitting_id=sitting.pk,
            answers=_answers(request, sitting),
        )
    return HttpResponseRedirect(_url(RESULT, kind, topic))


@signed_in
@never_cache
@require_safe
def result_page(request: HttpRequest, slug: str, purpose: str) -> HttpResponse:
    """The score at once: gain after the post-test, what to reread below the pass mark."""
    kind = TestPurpose(purpose)
    topic, enrolment = find_topic(request, slug)
    sitting = enrolment and sittings.last_submitted(
        member_id=enrolment.member_id, subject_uuid=topic.pk, purpose=kind
    )
    if enrolment is None or not sitting:
        return lead_back(request, topic, enrolment)
    limits = rules.test_rules(topic, tenant_id=current_tenant().pk, purpose=kind)
    points, most = sitting.points or 0, sitting.max_points
    passed = not sitting.pending and rules.has_passed(
        right=points, total=most, pass_percent=limits.pass_percent
    )
    opens_at = rules.next_attempt_at(enrolment, limits)
    context: dict[str, Any] = {
        **_frame(topic, enrolment, kind),
        "sitting": sitting,
        "pre_score": None,
        "right": sitting.right or 0,
        "total": sitting.total,
        "points": indonesian.number(round(Decimal(points), 2).normalize()),
        "most": most,
        "in_points": most != sitting.total or points != sitting.right,
        "score": rules.score(points, most),
        "passed": passed,
        "limits": limits,
        "opens_at": opens_at if opens_at and opens_at > timezone.now() else None,
        "review": sittings.review(sitting)
        if _may_review(limits, enrolment, kind, passed=passed)
        else [],
    }
    # One query, where answers are shown: whose key may no longer be the law.
    context["law_moved"] = moved_among(CITES, [row.question_id for row in context["review"]])
    if sitting.pending:
        context["dated_on_submission"] = rules.pass_dates_from_submission(current_tenant().pk)
        return render(request, "learning/test_pending.html", context)
    if kind == TestPurpose.POST:
        pre_score = rules.score(enrolment.pre_right, enrolment.pre_total)
        if pre_score is not None:
            context |= {"pre_score": pre_score, "gain": f"{context['score'] - pre_score:+d}"}
        if not passed:
            keys = sittings.wrong_sections(sitting)
            titles = {row.key: row.title for row in sections_of(topic, enrolment)}
            context["reread"] = [(key, titles[key]) for key in keys if key in titles]
    return render(request, "learning/test_result.html", context)


def _may_review(
    limits: rules.TestRules, enrolment: Enrolment, purpose: TestPurpose, *, passed: bool
) -> bool:
    """Say whether the person may see the right answers of a test that they submitted."""
    if limits.review == ReviewPolicy.SUBMITTED:
        return True
    if limits.review == ReviewPolicy.PASSED:
        return passed if purpose == TestPurpose.POST else enrolment.completed_at is not None
    return (
        limits.review == ReviewPolicy.CLOSED
        and limits.closes_at is not None
        and limits.closes_at <= timezone.now()
    )
