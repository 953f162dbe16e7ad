"""The rules of a topic: its own value, else the tenant's or the country's."""

import datetime
from dataclasses import dataclass

from shared_apps.rules import selectors as rules
from tenant_apps.learning.models import Enrolment, Topic


@dataclass(frozen=True)
class TestRules:
    """What holds for the tests of one topic."""

    # Not a test class for pytest to collect.
    __test__ = False

    pass_percent: int
    questions: int
    attempts: int
    cooldown: datetime.timedelta


def test_rules(topic: Topic, *, tenant_id: int) -> TestRules:
    """Return the rules for a topic's tests; `attempts` 0 means without limit."""
    return TestRules(
        pass_percent=topic.pass_percent
        or rules.whole("learning.pass_percent", tenant_id=tenant_id),
        questions=topic.questions_per_test
        or rules.whole("learning.questions_per_test", tenant_id=tenant_id),
        attempts=rules.whole("learning.attempts", tenant_id=tenant_id),
        cooldown=datetime.timedelta(
            minutes=rules.whole("learning.cooldown_minutes", tenant_id=tenant_id)
        ),
    )


def score(right: int | None, total: int | None) -> int | None:
    """Return right answers of 100, rounded down; None for a test that was not taken."""
    return 100 * (right or 0) // total if total else None


def has_passed(*, right: int, total: int, pass_percent: int) -> bool:
    """Say whether so many right answers pass: integers only, never a rounded percentage."""
    return total > 0 and 100 * right >= pass_percent * total


def next_attempt_at(enrolment: Enrolment, rules_: TestRules) -> datetime.datetime | None:
    """Return when the next attempt opens after a failed one; None if it is open already."""
    if enrolment.failed_at is None or not rules_.cooldown:
        return None
    return enrolment.failed_at + rules_.cooldown
