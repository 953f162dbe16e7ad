"""Taking the pre-test and the post-test of a topic."""

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
from tenant_apps.sittings import services as sitting_services
from tenant_apps.sittings.models import Sitting
from tenant_apps.sittings.services import Answer
from tenants.choices import ThingKind
from tenants.schemas import current_tenant
from toolkit.indonesian import date_time

STEP_OF = {TestPurpose.PRE: Step.PRE_TEST, TestPurpose.POST: Step.POST_TEST}


@transaction.atomic
def start_test(*, by: Any, enrolment: Enrolment, topic: Topic, purpose: TestPurpose) -> Sitting:
    """Return the person's open sitting of a test, freezing a paper when there is none.

    Raises StepNotOpen before or after the test's step, AttemptNotYet while the cool-down runs.
    """
    locked = lock_enrolment(enrolment)
    if locked.step != STEP_OF[purpose]:
        raise StepNotOpen(_("Tes ini tidak terbuka pada tahap Anda sekarang."))
    found = sittings.open_sitting(
        member_id=locked.member_id, subject_uuid=topic.pk, purpose=purpose
    )
    if found:
        return found
    limits = rules.test_rules(topic, tenant_id=current_tenant().pk)
    if purpose == TestPurpose.POST:
        _check_attempt(locked, limits)

    def draw(seed: int) -> Sequence[Question]:
        return question_bank.draw(
            category_ids=list(topic.categories.values_list("pk", flat=True)),
            count=limits.questions,
            seed=seed,
            seen=sittings.times_seen(member_id=locked.member_id, subject_uuid=topic.pk),
        )

    attempt = locked.attempts + 1 if purpose == TestPurpose.POST else 1
    sitting = sitting_services.start(
        member_id=locked.member_id,
        subject_kind=ThingKind.TOPIC,
        subject_uuid=topic.pk,
        purpose=purpose,
        attempt=attempt,
        draw=draw,
    )
    audit.record(
        "sitting.started",
        by=by,
        kind="topic",
        ref=topic.pk,
        data={"purpose": str(purpose), "attempt": attempt},
    )
    return sitting


def _check_attempt(enrolment: Enrolment, limits: rules.TestRules) -> None:
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
    all. Submitting again returns the first result and changes nothing.
    """
    locked = lock_enrolment(enrolment)
    sitting, scored_now = sitting_services.submit(
        sitting_id=sitting_id, member_id=locked.member_id, answers=answers
    )
    if sitting.subject_uuid != topic.pk or sitting.purpose != purpose:
        raise StepNotOpen(_("Tes ini bukan bagian dari topik ini."))
    if not scored_now:
        return sitting
    right, total = sitting.right or 0, sitting.total
    audit.record(
        "sitting.submitted",
        by=by,
        kind="topic",
        ref=topic.pk,
        data={"purpose": str(purpose), "right": right, "total": total},
    )
    if purpose == TestPurpose.PRE:
        locked.pre_right, locked.pre_total = right, total
        move_to(locked, topic, Step.READING, "pre_right", "pre_total")
        return sitting
    locked.attempts += 1
    locked.post_right, locked.post_total = right, total
    changed = ["attempts", "post_right", "post_total"]
    limits = rules.test_rules(topic, tenant_id=current_tenant().pk)
    if rules.has_passed(right=right, total=total, pass_percent=limits.pass_percent):
        locked.failed_at = None
        at = sitting.submitted_at or timezone.now()
        step = complete(by=by, enrolment=locked, topic=topic, at=at)
        changed += ["failed_at", "passed_at", "completed_at", "certificate_id"]
        move_to(locked, topic, step, *changed)
    else:
        locked.failed_at = sitting.submitted_at
        locked.save(update_fields=[*changed, "failed_at"])
    return sitting
