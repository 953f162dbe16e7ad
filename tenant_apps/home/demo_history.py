"""Lets a synthetic person really go through a topic, by the same services as the pages."""

from shared_apps.accounts.models import Account
from tenant_apps.learning.choices import TestPurpose
from tenant_apps.learning.models import Enrolment, SectionReading, Topic
from tenant_apps.learning.selectors.topics import sections_of
from tenant_apps.learning.services import enrolments, reading, survey, tests
from tenant_apps.learning.services.publication import WORDS_PER_MINUTE
from tenant_apps.sittings.models import PaperItem
from tenant_apps.sittings.services.taking import Answer
from tenant_apps.surveys.choices import Unsur


def learn_topic(account: Account, number: int) -> None:
    """Take the n-th topic of the open tenant from pre-test to certificate."""
    topics = list(Topic.objects.order_by("slug"))
    if number >= len(topics):
        return
    topic = topics[number]
    enrolment = enrolments.start_topic(by=account, topic=topic)
    _sit(account, enrolment, topic, TestPurpose.PRE, right=4)
    for section in sections_of(topic, enrolment):
        reading.finish_section(
            by=account, enrolment=enrolment, topic=topic, section=section, with_script=False
        )
        # Nobody sat there, so the evidence is what a reader of such a text needs.
        SectionReading.objects.filter(enrolment=enrolment, section=section).update(
            seconds=section.words * 60 // WORDS_PER_MINUTE
        )
    _sit(account, enrolment, topic, TestPurpose.POST, right=8 + number % 3)
    points = {str(unsur): 3 + (number + index) % 2 for index, unsur in enumerate(Unsur)}
    survey.send_survey(by=account, enrolment=enrolment, topic=topic, answers=points, comment="")


def _sit(
    account: Account, enrolment: Enrolment, topic: Topic, purpose: TestPurpose, *, right: int
) -> None:
    """Take one test with so many right answers."""
    sitting = tests.start_test(by=account, enrolment=enrolment, topic=topic, purpose=purpose)
    answers = []
    for item in PaperItem.objects.filter(sitting=sitting).order_by("position"):
        wrong = next(o["id"] for o in item.body["options"] if o["id"] != item.key["right"])
        chosen = item.key["right"] if item.position <= right else wrong
        answers.append(Answer(position=item.position, answer=chosen, doubtful=False, seq=1))
    tests.submit_test(
        by=account,
        enrolment=enrolment,
        topic=topic,
        purpose=purpose,
        sitting_id=sitting.pk,
        answers=answers,
    )
    # The service works on a locked copy of the row.
    enrolment.refresh_from_db()
