"""Binding people's enrolments to an offering, and letting them go again."""

import uuid
from collections import defaultdict
from collections.abc import Sequence

from django.utils.translation import gettext as _

from shared_apps.desk.choices import Step
from shared_apps.recognition.services import totals
from tenant_apps.learning.choices import Chain
from tenant_apps.learning.errors import SeatRefused
from tenant_apps.learning.models import Enrolment, Offering, Seat, Topic
from tenant_apps.learning.selectors.offerings import topics_of
from tenant_apps.learning.services import figures
from tenant_apps.learning.services.enrolments import put_on_desk
from tenants.schemas import current_tenant

#: account → topic → enrolment.
Enrolments = dict[uuid.UUID, dict[uuid.UUID, Enrolment]]


def enrolments_of(people: Sequence[uuid.UUID], topics: Sequence[Topic]) -> Enrolments:
    """Return the people's enrolments in the topics, locked: account → topic → enrolment."""
    found: dict[uuid.UUID, dict[uuid.UUID, Enrolment]] = defaultdict(dict)
    rows = Enrolment.objects.select_for_update(no_key=True).filter(
        member__in=people, topic__in=[topic.pk for topic in topics]
    )
    for row in rows.order_by("pk"):
        found[row.member_id][row.topic_id] = row
    return found


def link_all(offering: Offering, seats: Sequence[Seat]) -> None:
    """Enrol the people of some seats, reading what they have begun."""
    topics = topics_of(offering)
    link(offering, seats, topics, enrolments_of([seat.member_id for seat in seats], topics))


def link(
    offering: Offering,
    seats: Sequence[Seat],
    topics: Sequence[Topic],
    enrolments: Enrolments,
) -> None:
    """Enrol the seated people in each topic, or bind what they have begun to the offering."""
    people = [seat.member_id for seat in seats]
    learned = set(
        Enrolment.objects.filter(member__in=people).values_list("member_id", flat=True).distinct()
    )
    made: list[Enrolment] = []
    bound: list[Enrolment] = []
    for account_id in people:
        for topic in topics:
            row = enrolments.get(account_id, {}).get(topic.pk)
            if row is None:
                made.append(_new(offering, account_id, topic))
            elif row.completed_at is None:
                bound.append(_bound(offering, row))
    # Somebody may begin the topic alone at this very moment; their row is bound then.
    Enrolment.objects.bulk_create(made, ignore_conflicts=True)
    stored = {
        (row.member_id, row.topic_id): row
        for row in Enrolment.objects.filter(
            member__in={row.member_id for row in made}, topic__in=[topic.pk for topic in topics]
        )
    } if made else {}  # fmt: skip
    for row in made:
        kept = stored[row.member_id, row.topic_id]
        if kept.pk != row.pk:
            bound.append(_bound(offering, kept))
    if bound:
        Enrolment.objects.bulk_update(bound, ["offering", "chain", "step"])
    figures.count_starts(row for row in made if stored[row.member_id, row.topic_id].pk == row.pk)
    named = {topic.pk: topic for topic in topics}
    for row in [*made, *bound]:
        put_on_desk(row, named[row.topic_id])
    newcomers = [account_id for account_id in people if account_id not in learned]
    for account_id in newcomers:
        totals.count_learner(tenant_id=current_tenant().pk, account_id=account_id)


def _new(offering: Offering, account_id: uuid.UUID, topic: Topic) -> Enrolment:
    if topic.current_id is None:
        raise SeatRefused(_("Terbitkan topiknya dahulu; peserta memerlukan materinya."))
    return Enrolment(
        id=uuid.uuid4(),
        member_id=account_id,
        topic=topic,
        version_id=topic.current_id,
        offering=offering,
        chain=offering.chain,
        step=Step.ATTENDANCE if offering.chain == Chain.ROOM else Step.PRE_TEST,
    )


def _bound(offering: Offering, enrolment: Enrolment) -> Enrolment:
    """Let what somebody has begun alone belong to the offering; the caller stores it."""
    enrolment.offering, enrolment.chain = offering, offering.chain
    if offering.chain == Chain.ROOM:
        enrolment.step = Step.ATTENDANCE
    return enrolment


def release(enrolment: Enrolment, topic: Topic) -> None:
    """Let a locked enrolment that is not completed go on as learning by oneself.

    A pass inside the class does not count there: the post-test is taken again.
    """
    enrolment.offering_id = None
    if enrolment.completed_at is None and enrolment.chain != Chain.SELF:
        if enrolment.step == Step.ATTENDANCE:
            passed = enrolment.passed_at is not None
            enrolment.step = Step.POST_TEST if passed else _first_step(enrolment)
            enrolment.passed_at = None
        enrolment.chain = Chain.SELF
        put_on_desk(enrolment, topic)
    enrolment.save(update_fields=["offering", "step", "passed_at", "chain"])


def _first_step(enrolment: Enrolment) -> Step:
    return Step.PRE_TEST if enrolment.pre_total is None else Step.READING
