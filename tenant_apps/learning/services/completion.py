"""Completing a topic: the certificate and the JP, in the caller's transaction."""

import datetime
import zoneinfo
from decimal import Decimal
from typing import Any

from django.utils import timezone

from shared_apps.accounts import selectors as accounts
from shared_apps.recognition.choices import Form
from shared_apps.recognition.services import award
from tenant_apps.learning.models import Enrolment, Section, Topic
from tenant_apps.learning.selectors.topics import sections_of
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


def complete(*, by: Any, enrolment: Enrolment, topic: Topic, at: datetime.datetime) -> None:
    """Award the topic's JP with its certificate and note the completion on the enrolment.

    The caller saves the enrolment. Year and date are those of the pass (`at`).
    """
    zone = zoneinfo.ZoneInfo(current_tenant().time_zone)
    sections = sections_of(topic, enrolment)
    certificate = award.award(
        by=by,
        holder=accounts.holder(enrolment.member_id),
        tenant=current_tenant(),
        kind=ThingKind.TOPIC,
        uuid=topic.pk,
        form=Form.E_LEARNING,
        title=topic.title,
        jp_claimed=topic.jp,
        started_on=timezone.localtime(enrolment.started_at, zone).date(),
        completed_at=at,
        right=enrolment.post_right or 0,
        total=enrolment.post_total or 0,
        curriculum=curriculum(sections, topic.jp),
    )
    enrolment.completed_at = at
    enrolment.certificate_id = certificate.pk
