"""The rules of a topic: its own value, else the tenant's or the country's."""

import datetime
from dataclasses import dataclass
from decimal import Decimal

from shared_apps.rules import selectors as rules
from tenant_apps.learning.choices import TestPurpose
from tenant_apps.learning.models import Enrolment, TestPlan, Topic
from tenant_apps.question_bank.choices import ReviewPolicy
from tenant_apps.question_bank.models import Blueprint


@dataclass(frozen=True)
class TestRules:
    """What holds for one test of a topic; `attempts` and `minutes` 0 mean without limit."""

    # Not a test class for pytest to collect.
    __test__ = False

    pass_percent: int
    questions: int
    attempts: int
    cooldown: datetime.timedelta
    review: ReviewPolicy
    minutes: int = 0
    closes_at: datetime.datetime | None = None
    blueprint: Blueprint | None = None


def _minutes(minutes: int) -> datetime.timedelta:
    return datetime.timedelta(minutes=minutes)


def test_rules(
    topic: Topic, *, tenant_id: int, purpose: TestPurpose = TestPurpose.POST
) -> TestRules:
    """Return the rules of a topic's test: its blueprint's, else the topic's, else the tenant's."""
    plan = (
        TestPlan.objects.select_related("blueprint")
        .filter(topic_id=topic.pk, purpose=purpose)
        .first()
    )
    blueprint = plan.blueprint if plan else None
    attempts = rules.whole("learning.attempts", tenant_id=tenant_id)
    cooldown = rules.whole("learning.cooldown_minutes", tenant_id=tenant_id)
    pass_percent = topic.pass_percent or rules.whole("learning.pass_percent", tenant_id=tenant_id)
    if blueprint is None:
        return TestRules(
            pass_percent=pass_percent,
            questions=topic.questions_per_test
            or rules.whole("learning.questions_per_test", tenant_id=tenant_id),
            attempts=attempts,
            cooldown=_minutes(cooldown),
            # Answers are shown once they cannot help in a next attempt.
            review=ReviewPolicy.PASSED if purpose == TestPurpose.POST else ReviewPolicy.NEVER,
        )
    own_cooldown = blueprint.cooldown_minutes
    return TestRules(
        pass_percent=pass_percent,
        questions=sum(blueprint.parts.values_list("count", flat=True)),
        attempts=attempts if blueprint.attempts is None else blueprint.attempts,
        cooldown=_minutes(cooldown if own_cooldown is None else own_cooldown),
        review=ReviewPolicy(blueprint.review),
        minutes=blueprint.minutes or 0,
        closes_at=blueprint.closes_at,
        blueprint=blueprint,
    )


Points = int | Decimal


def score(right: Points | None, total: int | None) -> int | None:
    """Return points of 100, rounded down; None for a test that was not taken or not marked yet."""
    return int(100 * (right or 0) // total) if total else None


def has_passed(*, right: Points, total: int, pass_percent: int) -> bool:
    """Say whether so many points pass: exact numbers only, never a rounded percentage."""
    return total > 0 and 100 * right >= pass_percent * total


def next_attempt_at(enrolment: Enrolment, rules_: TestRules) -> datetime.datetime | None:
    """Return when the next attempt opens after a failed one; None if it is open already."""
    if enrolment.failed_at is None or not rules_.cooldown:
        return None
    return enrolment.failed_at + rules_.cooldown


def pass_dates_from_submission(tenant_id: int) -> bool:
    """Say whether a test with essays is passed on the day it was submitted, not marked."""
    return rules.flag("learning.essay_pass_on_submission", tenant_id=tenant_id)
