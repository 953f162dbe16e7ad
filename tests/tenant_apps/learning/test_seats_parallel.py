"""Twenty-five people sign up at once for twenty seats: twenty sit, five wait, in order.

The rows are committed, so the test makes its own topic and people and takes them away again.
"""

import uuid
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction

from tests.conftest import new_number
from tests.shared_apps.recognition.test_award_parallel import in_threads
from tests.tenant_apps.learning.classroom import make_offering, make_topic

PEOPLE, SEATS = 25, 20


def _run(work: Any) -> Any:
    """Run on a connection of its own, outside of the test's transaction."""
    (result,) = in_threads(work)
    if isinstance(result, Exception):
        raise result
    return result


@pytest.fixture
def crowd(tenant_a: Any) -> Iterator[tuple[Any, list[Any]]]:
    """An offering with twenty seats and twenty-five people, committed."""
    from shared_apps.accounts.models import Account, Identity
    from shared_apps.desk.models import Item
    from shared_apps.notifications.models import Notification
    from shared_apps.offerings.models import Announcement
    from tenant_apps.learning.models import (
        AgencyMonth,
        ClassSession,
        Enrolment,
        Offering,
        Seat,
        Section,
        Topic,
        TopicMonth,
        TopicVersion,
    )
    from tenant_apps.members.models import Member
    from tenants.models import Agency
    from tenants.schemas import in_tenant

    mark = uuid.uuid4().hex[:8]

    def make() -> Any:
        with transaction.atomic(), in_tenant(tenant_a):
            agency = Agency.objects.get(code="bkn")
            people = []
            # Everybody has learnt here before, so that no kept figure of the tenant moves.
            before = make_topic(slug=f"dulu-{mark}", sections=0)
            for n in range(PEOPLE):
                account = Account.objects.create(
                    name=f"Peserta {n}", email=f"{mark}-{n}@contoh.test", home_agency=agency
                )
                Identity.objects.create(
                    account=account, number=new_number(), kind="pns", agency=agency
                )
                Member.objects.create(account_id=account.pk)
                Enrolment.objects.create(
                    member_id=account.pk, topic=before, version_id=before.current_id
                )
                people.append(account)
            topic = make_topic(slug=f"penuh-{mark}")
            offering = make_offering(topic, slug=f"penuh-{mark}", capacity=SEATS)
            return offering, people

    def tidy() -> None:
        with transaction.atomic(), in_tenant(tenant_a):
            slugs = [f"dulu-{mark}", f"penuh-{mark}"]
            ids = list(
                Account.objects.filter(email__startswith=f"{mark}-").values_list("pk", flat=True)
            )
            Enrolment.objects.filter(topic__slug__in=slugs).delete()
            Seat.objects.filter(offering__slug__in=slugs).delete()
            ClassSession.objects.filter(offering__slug__in=slugs).delete()
            offerings = Offering.objects.filter(slug__in=slugs)
            Announcement.objects.filter(
                uuid__in=list(offerings.values_list("pk", flat=True))
            ).delete()
            offerings.delete()
            TopicMonth.objects.filter(topic__slug__in=slugs).delete()
            # Committed by nobody else: other tests are rolled back.
            AgencyMonth.objects.all().delete()
            Topic.objects.filter(slug__in=slugs).update(current=None)
            Section.objects.filter(version__topic__slug__in=slugs).delete()
            TopicVersion.objects.filter(topic__slug__in=slugs).delete()
            Topic.objects.filter(slug__in=slugs).delete()
            Member.objects.filter(pk__in=ids).delete()
            Item.objects.filter(account__in=ids).delete()
            Notification.objects.filter(account__in=ids).delete()
            Identity.objects.filter(pk__in=ids).delete()
            Account.objects.filter(pk__in=ids).delete()

    made = _run(make)
    try:
        yield made
    finally:
        _run(tidy)


def test_twenty_seats_for_twenty_five(tenant_a: Any, crowd: tuple[Any, list[Any]]) -> None:
    from tenant_apps.learning.models import Offering, Seat
    from tenant_apps.learning.services import seats
    from tenants.schemas import in_tenant

    offering, people = crowd

    def sign_up(person: Any) -> Any:
        with in_tenant(tenant_a):
            return str(seats.sign_up(by=person, offering=offering).state)

    states = in_threads(*[lambda p=person: sign_up(p) for person in people])
    assert sorted(map(str, states)) == ["seated"] * SEATS + ["waiting"] * (PEOPLE - SEATS), states

    def look() -> Any:
        with in_tenant(tenant_a):
            row = Offering.objects.get(pk=offering.pk)
            waiting = Seat.objects.filter(offering=row, state="waiting").order_by("number")
            return row.seats_taken, list(waiting.values_list("number", "member_id"))

    taken, queue = _run(look)
    assert (taken, [number for number, _ in queue]) == (SEATS, [1, 2, 3, 4, 5])
    # Five leave at the same moment: the five who wait move up, nobody twice.
    seated = [p for p, state in zip(people, states, strict=True) if state == "seated"][:5]

    def leave(person: Any) -> Any:
        with in_tenant(tenant_a):
            seats.withdraw(by=person, offering=offering)

    assert in_threads(*[lambda p=person: leave(p) for person in seated]) == [None] * 5
    taken, queue = _run(look)
    assert (taken, queue) == (SEATS, [])
    # The same person twice in parallel keeps one seat.
    again = in_threads(*[lambda: sign_up(people[-1])] * 3)
    assert len(set(map(str, again))) == 1
