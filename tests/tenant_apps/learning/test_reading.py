"""Reading: evidence by the server's clock, least reading time, and the way to the post-test."""

import datetime
from typing import Any
from unittest import mock

import pytest

pytestmark = pytest.mark.django_db
NOW = datetime.datetime(2026, 11, 23, 2, 0, tzinfo=datetime.UTC)


@pytest.fixture
def reader(tenant_a: Any, make_account: Any) -> Any:
    """An enrolment at the reading step of a topic with two sections, inside the tenant."""
    from decimal import Decimal

    from shared_apps.desk.choices import Step
    from tenant_apps.learning.models import Enrolment, Section, Topic, TopicVersion
    from tenant_apps.members.services.joining import join
    from tenants.schemas import in_tenant

    account = make_account()
    with in_tenant(tenant_a):
        member, _new = join(account_id=account.pk)
        topic = Topic.objects.create(
            slug="uji", title="Uji", summary="Uji", jp=Decimal(2), state="published"
        )
        version = TopicVersion.objects.create(
            topic=topic, number=1, state="published", title="Uji", summary="Uji", jp=Decimal(2)
        )
        Topic.objects.filter(pk=topic.pk).update(current=version, version=1)
        for position in (1, 2):
            Section.objects.create(
                version=version, key=f"b{position}", position=position, title="B", html="<p>x</p>"
            )
        yield Enrolment.objects.create(
            member=member, topic=topic, version=version, step=Step.READING
        )


def at(seconds: int) -> Any:
    """Set the server's clock to some seconds after the start."""
    moment = NOW + datetime.timedelta(seconds=seconds)
    return mock.patch("django.utils.timezone.now", return_value=moment)


def section(reader: Any, number: int) -> Any:
    """Return a section of the topic."""
    return reader.version.sections.get(position=number)


def seconds_of(reader: Any, number: int) -> int:
    """Return the evidence for a section."""
    from tenant_apps.learning.models import SectionReading

    return SectionReading.objects.get(enrolment=reader, section=section(reader, number)).seconds


def test_time_is_counted_between_signs_and_silence_is_capped(reader: Any) -> None:
    """60 s, then an hour of silence that counts as the rule's 120 s."""
    from tenant_apps.learning.services import reading

    with at(0):
        reading.open_section(by=None, enrolment=reader, section=section(reader, 1))
    for moment in (60, 3660):
        with at(moment):
            reading.keep_reading(by=None, enrolment=reader, section=section(reader, 1))
    assert seconds_of(reader, 1) == 60 + 120


def test_two_tabs_do_not_count_a_minute_twice(reader: Any) -> None:
    """One clock per enrolment: two sections open side by side share the time."""
    from tenant_apps.learning.services import reading

    with at(0):
        reading.open_section(by=None, enrolment=reader, section=section(reader, 1))
        reading.open_section(by=None, enrolment=reader, section=section(reader, 2))
    for moment in range(30, 121, 30):
        with at(moment):
            for number in (1, 2):
                reading.keep_reading(by=None, enrolment=reader, section=section(reader, number))
    assert seconds_of(reader, 1) + seconds_of(reader, 2) <= 120


def test_a_late_farewell_leaves_the_reader_where_they_went(reader: Any) -> None:
    """Browsers send a page's farewell after the next one opened: no place, no time is lost."""
    from tenant_apps.learning.services import reading

    first, second = section(reader, 1), section(reader, 2)
    with at(0):
        reading.open_section(by=None, enrolment=reader, section=first)
    with at(30):
        reading.open_section(by=None, enrolment=reader, section=second)
        assert reading.keep_reading(by=None, enrolment=reader, section=first, leaving=True) is None
    with at(70):
        reading.keep_reading(by=None, enrolment=reader, section=second, leaving=True)
    reader.refresh_from_db()
    assert reader.section_id == second.pk
    assert seconds_of(reader, 2) == 40


def test_going_on_by_a_link_keeps_the_time_of_the_section_left(reader: Any) -> None:
    """45 s on the first section, then the second by its link: they are the first one's."""
    from tenant_apps.learning.services import reading

    for moment, number in ((0, 1), (45, 2), (45, 2), (4000, 1)):
        with at(moment):
            reading.open_section(by=None, enrolment=reader, section=section(reader, number))
    assert (seconds_of(reader, 1), seconds_of(reader, 2)) == (45, 120)


def test_least_reading_time_of_the_rules(reader: Any, tenant_a: Any) -> None:
    """With 90 s demanded, 30 s are refused with what is left; nothing is ticked off."""
    from shared_apps.rules.services import set_value
    from tenant_apps.learning.errors import StepNotOpen
    from tenant_apps.learning.models import SectionReading
    from tenant_apps.learning.services import reading

    set_value(
        key="learning.minimum_reading_seconds",
        value=90,
        valid_from=datetime.date(2020, 1, 1),
        source="uji",
        tenant_id=tenant_a.pk,
        by=None,
    )
    from shared_apps.rules.selectors import forget_values

    forget_values()
    with at(0):
        reading.open_section(by=None, enrolment=reader, section=section(reader, 1))
    with at(30), pytest.raises(StepNotOpen, match="60 detik"):
        reading.finish_section(
            by=None,
            enrolment=reader,
            topic=reader.topic,
            section=section(reader, 1),
            with_script=True,
        )
    assert not SectionReading.objects.filter(done_at__isnull=False).exists()


def test_the_last_section_opens_the_post_test(reader: Any) -> None:
    """In any order; a section ticked twice counts once."""
    from tenant_apps.learning.services import reading

    def finish(number: int) -> Any:
        return reading.finish_section(
            by=None,
            enrolment=reader,
            topic=reader.topic,
            section=section(reader, number),
            with_script=False,
        )

    assert finish(2).position == 1
    assert finish(2).position == 1
    reader.refresh_from_db()
    assert reader.step == "reading"
    assert finish(1) is None
    reader.refresh_from_db()
    assert reader.step == "post_test"
