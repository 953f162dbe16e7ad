"""Completing a topic: the certificate and the JP, in the caller's transaction."""

import datetime
import zoneinfo
from decimal import ROUND_DOWN, Decimal
from typing import Any

from django.utils import timezone

from shared_apps.accounts import selectors as accounts
from shared_apps.desk import services as desk
from shared_apps.desk.choices import SeatStep, Step
from shared_apps.offerings.choices import ProposalState
from shared_apps.offerings.services import proposals
from shared_apps.recognition import selectors as certificates
from shared_apps.recognition.choices import Form
from shared_apps.recognition.services import award, rules
from tenant_apps.learning.choices import SeatState
from tenant_apps.learning.models import Enrolment, Offering, Seat, Section, Topic
from tenant_apps.learning.selectors.attendance import Presence, presence_of_member
from tenant_apps.learning.selectors.topics import sections_of
from tenant_apps.learning.services import figures
from tenants.choices import ThingKind
from tenants.schemas import current_tenant

CENT = Decimal("0.01")


def curriculum(sections: list[Section], jp: Decimal) -> list[dict[str, str]]:
    """Share a topic's JP among its sections by their words; the shares add up exactly.

    Largest remainder on hundredths of a JP.
    """
    words = [max(section.words, 1) for section in sections]
    cents = int(jp / CENT)
    exact = [cents * count for count in words]
    shares = [value // sum(words) for value in exact]
    by_rest = sorted(range(len(sections)), key=lambda index: (-(exact[index] % sum(words)), index))
    for index in by_rest[: cents - sum(shares)]:
        shares[index] += 1
    return [
        {"title": section.title, "jp": str(Decimal(share) * CENT)}
        for section, share in zip(sections, shares, strict=True)
    ]


def as_printed(points: Decimal) -> Decimal:
    """Return points with two decimals, rounded down, so that the score stays what it is."""
    return points.quantize(CENT, rounding=ROUND_DOWN)


def complete(*, by: Any, enrolment: Enrolment, topic: Topic, at: datetime.datetime) -> Step:
    """Finish a topic whose chain is done: its JP and certificate. Returns the step that follows.

    A class asks for attendance too: until that is enough, only the pass (`at`) is noted, and
    `services.attendance` finishes the topic later. The caller saves `completed_at`,
    `certificate_id` and `passed_at` of the locked enrolment with the step.
    """
    if enrolment.offering_id is None:
        grant(by=by, enrolment=enrolment, topic=topic, at=at)
        return Step.SURVEY
    offering = Offering.objects.get(pk=enrolment.offering_id)
    presence = presence_of_member(offering, enrolment.member_id)
    if offering.meets and not presence.is_enough:
        enrolment.passed_at = at
        return Step.ATTENDANCE
    grant(
        by=by, enrolment=enrolment, topic=topic, at=at, offering=offering, presence=presence
    )  # fmt: skip
    return Step.SURVEY


def grant(
    *,
    by: Any,
    enrolment: Enrolment,
    topic: Topic,
    at: datetime.datetime,
    offering: Offering | None = None,
    presence: Presence | None = None,
) -> None:
    """Award the topic's JP with its certificate and note the completion on the enrolment.

    Date and year are those of `at`, in the tenant's zone. A class gives its own form, and its
    first session is the beginning; forms that count by the day count the days of attendance.
    """
    zone = zoneinfo.ZoneInfo(current_tenant().time_zone)
    form = offering.form if offering else Form.E_LEARNING
    started_at = enrolment.started_at
    if offering and offering.meets and offering.starts_at:
        started_at = min(offering.starts_at, at)
    jp = rules.programme_jp(
        form=form,
        on=timezone.localtime(at, zone).date(),
        jp=topic.jp,
        days=presence.days if presence else 0,
    )
    points = as_printed(enrolment.post_right or Decimal(0))
    in_points = enrolment.post_in_points or points != int(points)
    certificate = award.award(
        by=by,
        holder=accounts.holder(enrolment.member_id),
        tenant=current_tenant(),
        kind=ThingKind.TOPIC,
        uuid=topic.pk,
        form=form,
        title=topic.title,
        jp_claimed=jp,
        started_on=timezone.localtime(started_at, zone).date(),
        completed_at=at,
        right=int(points),
        total=enrolment.post_total or 0,
        points=points if in_points else None,
        curriculum=curriculum(sections_of(topic, enrolment), jp),
        batch=offering.batch if offering else "",
        venue=offering.place if offering and offering.meets else "",
        template_id=certificates.first_usable(
            current_tenant(),
            (offering.certificate_template if offering else None, topic.certificate_template),
        ),
        source_code=topic.certificate_code,
    )
    enrolment.completed_at = at
    enrolment.certificate_id = certificate.pk
    figures.count_completion(enrolment, jp=certificate.jp)
    if offering is not None:
        _finish_seat(offering, enrolment, presence)


def _finish_seat(offering: Offering, enrolment: Enrolment, presence: Presence | None) -> None:
    """Let the seat be completed once all topics of the offering are."""
    others = Enrolment.objects.filter(
        offering=offering, member=enrolment.member_id, completed_at__isnull=True
    ).exclude(pk=enrolment.pk)
    if others.exists():
        return
    Seat.objects.filter(offering=offering, member=enrolment.member_id).update(
        state=SeatState.COMPLETED, changed_at=timezone.now()
    )
    tenant = current_tenant()
    desk.put(
        account_id=enrolment.member_id, tenant=tenant, kind=ThingKind.OFFERING, uuid=offering.pk,
        title=offering.full_title, step=SeatStep.OVER, path=f"/kelas/{offering.slug}/", done=True,
    )  # fmt: skip
    proposals.follow(
        tenant=tenant, uuid=offering.pk, account_id=enrolment.member_id,
        state=ProposalState.COMPLETED,
        attendance=presence.percent if presence and presence.total else None,
    )  # fmt: skip
