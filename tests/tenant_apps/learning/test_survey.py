"""The survey of a class keeps the class only where it is large enough to hide a person in."""

from collections.abc import Callable
from typing import Any

import pytest

from tenants.schemas import in_tenant
from tests.tenant_apps.learning.classroom import grant, make_offering, make_topic

Makes = Callable[..., Any]


@pytest.mark.parametrize(("people", "kept"), [(1, False), (4, False), (5, True)])
def test_a_small_class_leaves_no_trace(
    tenant_a: Any, make_account: Makes, people: int, kept: bool
) -> None:
    """With four seats the class would lead to four people; with five it may be told."""
    from tenant_apps.learning.models import Enrolment
    from tenant_apps.learning.services import attendance, seats, survey
    from tenant_apps.surveys.choices import Unsur
    from tenant_apps.surveys.models import Response, UnsurTotal

    trainer = grant(make_account(agency="bkn"), tenant_a, "trainer")
    learners = [make_account(agency="bkn", state="confirmed") for _number in range(people)]
    with in_tenant(tenant_a):
        offering = make_offering(make_topic(), days_ahead=-2, sessions=1, form="B3")
        for learner in learners:
            seats.sign_up(by=learner, offering=offering)
        # A full class of the same topic lends this one no cover.
        other = make_offering(offering.topic, slug="kelas-lain", days_ahead=-2, form="B3")
        for _number in range(5):
            seats.sign_up(by=make_account(agency="bkn", state="confirmed"), offering=other)
        seated = set(offering.seats.values_list("pk", flat=True))
        (session,) = offering.sessions.all()
        attendance.record_list(by=trainer, session=session, present=seated, shown=seated)
        survey.send_survey(
            by=learners[0],
            enrolment=Enrolment.objects.get(member_id=learners[0].pk),
            topic=offering.topic,
            answers=dict.fromkeys(Unsur.values, 3),
            comment="",
        )
        expected = offering.pk if kept else None
        assert Response.objects.get().offering == expected
        assert set(UnsurTotal.objects.values_list("offering", flat=True)) == {expected}
