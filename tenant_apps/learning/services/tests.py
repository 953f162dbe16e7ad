"""Taking the pre-test and the post-test of a topic."""

import datetime
import uuid
from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from shared_apps.audit import services as audit
from shared_apps.desk.choices import Step
from tenant_apps.learning import rules
from tenant_apps.learning.choices import TestPurpose
from tenant_apps.learning.errors import AttemptNotYet, StepNotOpen
from tenant_apps.learning.models import Enrolment, Topic
from tenant_apps.learning.services.completion import complete
from tenant_apps.learning.services.enrolments import lock_enrolment, move_to
from tenant_apps.question_bank import selectors as question_bank
from tenant_apps.question_bank.models import Question
from tenant_apps.sittings import selectors as sittings
from tenant_apps.sittings.models import Sitting
from tenant_apps.sittings.services import taking
from tenant_apps.sittings.services.taking import Answer
from tenants.choices import ThingKind
from tenants.schemas import current_tenant
from toolkit.indonesian import date_time

STEP_OF = {TestPurpose.PRE: Step.PRE_TEST, TestPurpose.POST: Step.POST_TEST}


@transaction.atomic
def start_test(*, by: Any, enrolment: Enrolment, topic: Topic, purpose: TestPurpose) -> Sitting:
    """Return the person's open sitting of a test, freezing a paper when there is none.

    Raises StepNotOpen before or after the test's step or its closing, AttemptNotYet while the
    cool-down runs or essays wait for their marks, NotEnoughQuestions for a blueprint.
    """
    locked = lock_enrolment(enrolment)
    if locked.step != STEP_OF[purpose]:
        raise StepNotOpen(_("Tes ini tidak terbuka pada tahap Anda sekarang."))
    found = sittings.open_sitting(
        member_id=locked.member_id, subject_uuid=topic.pk, purpose=purpose
    )
    if found:
        return found
    limits = rules.test_rules(topic, tenant_id=current_tenant().pk, purpose=purpose)
    if limits.closes_at and limits.closes_at <= timezone.now():
        raise StepNotOpen(
            _("Tes ini ditutup pada {time}.").format(time=date_time(limits.closes_at))
        )
    if purpose == TestPurpose.POST:
        _check_attempt(locked, limits)

    def draw(seed: int) -> Sequence[Question]:
        seen = sittings.times_seen(member_id=locked.member_id, subject_uuid=topic.pk)
        if limits.blueprint:
            return question_bank.draw_blueprint(limits.blueprint, seed=seed, seen=seen)
        return question_bank.draw(
            category_ids=list(topic.categories.values_list("pk", flat=True)),
            count=limits.questions,
            seed=seed,
            seen=seen,
        )

    attempt = locked.attempts + 1 if purpose == TestPurpose.POST else 1
    sitting = taking.start(
        member_id=locked.member_id,
        subject_kind=ThingKind.TOPIC,
        subject_uuid=topic.pk,
        purpose=purpose,
        attempt=attempt,
        draw=draw,
        deadline=deadline_for(locked.member_id, limits),
        shuffle_options=limits.blueprint is None or limits.blueprint.shuffle_options,
    )
    audit.record(
        "sitting.started",
        by=by,
        kind="topic",
        ref=topic.pk,
        data={"purpose": str(purpose), "attempt": attempt},
    )
    return sitting


@transaction.atomic
def pass_over_pre_test(*, by: Any, enrolment: Enrolment, topic: Topic) -> None:
    """Let a person go on to reading without a pre-test that has closed; twice changes nothing.

    Without it there is no gain to show. Raises StepNotOpen while the test can still be taken.
    """
    locked = lock_enrolment(enrolment)
    if locked.step != Step.PRE_TEST:
        return
    limits = rules.test_rules(topic, tenant_id=current_tenant().pk, purpose=TestPurpose.PRE)
    open_now = sittings.open_sitting(
        member_id=locked.member_id, subject_uuid=topic.pk, purpose=TestPurpose.PRE
    )
    if open_now or limits.closes_at is None or limits.closes_at > timezone.now():
        raise StepNotOpen(_("Pre-test ini masih dapat dikerjakan."))
    audit.record("pre_test.passed_over", by=by, kind="topic", ref=topic.pk)
    move_to(locked, topic, Step.READING)


def minutes_for(member_id: uuid.UUID, limits: rules.TestRules) -> int:
    """Return the minutes that one person has: the limit with their extension, rounded up."""
    if not limits.minutes:
        return 0
    percent = sittings.extension_percent(member_id, timezone.localdate())
    return -(-limits.minutes * percent // 100)


def deadline_for(member_id: uuid.UUID, limits: rules.TestRules) -> datetime.datetime | None:
    """Return when a test that starts now ends for one person."""
    minutes = minutes_for(member_id, limits)
    ends = [limits.closes_at] if limits.closes_at else []
    if minutes:
        ends.append(timezone.now() + datetime.timedelta(minutes=minutes))
    return min(ends, default=None)


def _check_attempt(enrolment: Enrolment, limits: rules.TestRules) -> None:
    if sittings.has_pending(
        member_id=enrolment.member_id, subject_uuid=enrolment.topic_id, purpose=TestPurpose.POST
    ):
        raise AttemptNotYet(_("Esai Anda sedang dinilai; hasilnya diberitahukan kepada Anda."))
    if limits.attempts and enrolment.attempts >= limits.attempts:
        raise AttemptNotYet(
            _("Semua kesempatan ({count}) sudah dipakai. Hubungi unit pelatihan.").format(
                count=limits.attempts
            )
        )
    opens_at = rules.next_attempt_at(enrolment, limits)
    if opens_at and opens_at > timezone.now():
        raise AttemptNotYet(
            _("Kesempatan berikutnya terbuka pada {time}.").format(time=date_time(opens_at))
        )


@transaction.atomic
def submit_test(
    *,
    by: Any,
    enrolment: Enrolment,
    topic: Topic,
    purpose: TestPurpose,
    sitting_id: uuid.UUID,
    answers: Sequence[Answer] = (),
) -> Sitting:
    """Score a test and everything that follows from it, in one transaction.

    A passed post-test completes the topic: result, certificate and JP come together or not at
    all. With essays the result waits until they are marked. Submitting again returns the first
    result and changes nothing.
    """
    locked = lock_enrolment(enrolment)
    sitting, scored_now = taking.submit(
        sitting_id=sitting_id, member_id=locked.member_id, answers=answers
    )
    if sitting.subject_uuid != topic.pk or sitting.purpose != purpose:
        raise StepNotOpen(_("Tes ini bukan bagian dari topik ini."))
    if not scored_now:
        return sitting
    audit.record(
        "sitting.submitted",
        by=by,
        kind="topic",
        ref=topic.pk,
        data={"purpose": str(purpose), "right": sitting.right or 0, "total": sitting.total},
    )
    if purpose == TestPurpose.PRE:
        if not sitting.pending:
            locked.pre_right, locked.pre_total = sitting.points, sitting.max_points
        move_to(locked, topic, Step.READING, "pre_right", "pre_total")
        return sitting
    locked.attempts += 1
    locked.save(update_fields=["attempts"])
    if not sitting.pending:
        decide(by=by, locked=locked, topic=topic, sitting=sitting)
    return sitting


def decide(
    *,
    by: Any,
    locked: Enrolment,
    topic: Topic,
    sitting: Sitting,
    at: datetime.datetime | None = None,
) -> bool:
    """Let the points of a post-test count for a locked enrolment; returns whether it passed.

    `at` is the time of the pass where it is not that of the submission.
    """
    points = sitting.points or 0
    locked.post_right, locked.post_total = sitting.points, sitting.max_points
    locked.post_in_points = sitting.max_points != sitting.total or points != (sitting.right or 0)
    limits = rules.test_rules(topic, tenant_id=current_tenant().pk)
    if rules.has_passed(right=points, total=sitting.max_points, pass_percent=limits.pass_percent):
        locked.failed_at = None
        at = at or sitting.submitted_at or timezone.now()
        step = complete(by=by, enrolment=locked, topic=topic, at=at)
        move_to(
            locked, topic, step, "post_right", "post_total", "post_in_points", "failed_at",
            "passed_at", "completed_at", "certificate_id",
        )  # fmt: skip
        return True
    locked.failed_at = sitting.submitted_at
    locked.save(update_fields=["post_right", "post_total", "post_in_points", "failed_at"])
    return False
