"""Announcements: which run, who may read one, and whom one is told."""

import datetime
import uuid
from dataclasses import dataclass
from typing import Any

from django.db.models import F, Q, QuerySet

from shared_apps.access.selectors import holders_at, permissions_of
from tenant_apps.administration.choices import Audience
from tenant_apps.administration.models import Announcement
from tenant_apps.learning.models import Enrolment
from tenant_apps.members.models import Member
from tenants import hosts
from tenants.schemas import current_tenant
from tenants.selectors import today_at
from toolkit import markdown
from toolkit.timed_cache import TimedCache

#: On the tenant's home page; the others are one click away.
MOST_ON_HOME = 3
#: The right that marks who works for the training unit.
WORKER = "workspace.view"


@dataclass(frozen=True)
class Shown:
    """A running public announcement as the home page shows it."""

    pk: uuid.UUID
    title: str
    starts_on: datetime.date
    pinned: bool


# Every visitor of a home page needs them; a new one is seen by every worker after this time.
_public: TimedCache[tuple[int, datetime.date], list[Shown]] = TimedCache(seconds=15, size=2000)


def forget_announcements() -> None:
    """Drop what this process remembers."""
    _public.clear()


def _running(day: datetime.date) -> Q:
    return Q(withdrawn_at__isnull=True, starts_on__lte=day) & (
        Q(ends_on__isnull=True) | Q(ends_on__gte=day)
    )


def on_home() -> list[Shown]:
    """Return the running announcements for everybody, pinned ones first, from memory."""
    tenant = current_tenant()
    return _public.get((tenant.pk, today_at(tenant)), _load)


def _load(key: tuple[int, datetime.date]) -> list[Shown]:
    rows = Announcement.objects.filter(_running(key[1]), audience=Audience.PUBLIC)
    rows = rows.order_by("-pinned", "-starts_on", "-made_at")[:MOST_ON_HOME]
    return [Shown(row.pk, row.title, row.starts_on, row.pinned) for row in rows]


def announcements() -> QuerySet[Announcement]:
    """Return all announcements of the open tenant, for its list."""
    return Announcement.objects.select_related("topic")


def find_announcement(announcement_id: uuid.UUID) -> Announcement | None:
    """Return an announcement; None if there is no such."""
    return announcements().filter(pk=announcement_id).first()


def may_read(account: Any, announcement: Announcement) -> bool:
    """Say whether a person may read an announcement now; who manages reads it at any time."""
    allowed = permissions_of(account, current_tenant())
    if "tenant.manage" in allowed:
        return True
    day = today_at(current_tenant())
    ended = announcement.ends_on is not None and announcement.ends_on < day
    if announcement.withdrawn_at is not None or announcement.starts_on > day or ended:
        return False
    if announcement.audience == Audience.PUBLIC:
        return True
    if announcement.audience == Audience.WORKERS:
        return WORKER in allowed
    if not account.is_authenticated:
        return False
    if announcement.audience == Audience.TOPIC:
        return _enrolled(announcement).filter(member_id=account.pk).exists()
    return Member.objects.filter(pk=account.pk).exists()


def due() -> QuerySet[Announcement]:
    """Return those that have begun and were not told yet."""
    return Announcement.objects.filter(_running(today_at(current_tenant())), told_at__isnull=True)


def _enrolled(announcement: Announcement) -> QuerySet[Enrolment]:
    return Enrolment.objects.filter(topic_id=str(announcement.topic_id))


def audience_after(
    announcement: Announcement, last: uuid.UUID | None, size: int
) -> list[uuid.UUID]:
    """Return the next accounts that an announcement is told, in the order of their keys."""
    if announcement.audience == Audience.WORKERS:
        people = sorted(holders_at(current_tenant(), WORKER))
        return [each for each in people if last is None or each > last][:size]
    rows: Any = Member.objects.annotate(person=F("pk"))
    if announcement.audience == Audience.TOPIC:
        rows = _enrolled(announcement).annotate(person=F("member_id"))
    if last is not None:
        rows = rows.filter(person__gt=last)
    return list(rows.order_by("person").values_list("person", flat=True).distinct()[:size])


def audience_size(announcement: Announcement) -> int:
    """Return how many people an announcement is told."""
    if announcement.audience == Audience.WORKERS:
        return len(holders_at(current_tenant(), WORKER))
    if announcement.audience == Audience.TOPIC:
        return _enrolled(announcement).values("member_id").distinct().count()
    return Member.objects.count()


def page_path(announcement: Announcement) -> str:
    """Return the path of an announcement's page on the tenant."""
    return f"/pengumuman/{announcement.pk}/"


def chat_text(announcement: Announcement) -> str:
    """Return the announcement as a message to copy into a chat, with the marks that chats know."""
    tenant = current_tenant()
    return "\n\n".join(
        [
            f"*{announcement.title}*",
            markdown.chat_text(announcement.text),
            hosts.tenant_url(tenant.pk, page_path(announcement)),
            f"— {tenant.name}",
        ]
    )
