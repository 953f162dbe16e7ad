"""Reads of the inbox."""

import datetime
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import Q, QuerySet
from django.urls import reverse

from shared_apps.notifications.kinds import KINDS
from shared_apps.notifications.models import MailChoice, Notification
from tenants import hosts
from tenants.models import Tenant

#: Above it the bell says "99+": nobody counts further.
MOST_COUNTED = 99


@dataclass(frozen=True)
class Notice:
    """One notice as pages and mails show it."""

    pk: uuid.UUID
    kind: str
    label: str
    title: str
    text: str
    sender: str
    created_at: datetime.datetime
    unread: bool
    # On the portal: marks it read and leads on.
    url: str


def unread_count(account_id: uuid.UUID) -> int:
    """Return how many notices the person has not opened, at most MOST_COUNTED + 1."""
    unread = Notification.objects.filter(account_id=account_id, read_at__isnull=True)
    return unread.values("pk")[: MOST_COUNTED + 1].count()


def inbox(account_id: uuid.UUID) -> QuerySet[Notification]:
    """Notices of a person, unread ones first, newest first."""
    return (
        Notification.objects.filter(account_id=account_id, kind__in=list(KINDS))
        .select_related("tenant")
        .alias(is_read=Q(read_at__isnull=False))
        .order_by("is_read", "-created_at", "pk")
    )


def find_notice(notice_id: uuid.UUID, *, account: Any) -> Notification | None:
    """Return a notice of the person; None for anybody else's."""
    return Notification.objects.filter(pk=notice_id, account_id=account.pk).first()


def kinds_of(account_id: uuid.UUID) -> list[str]:
    """Return the kinds of notices that the person has had."""
    kinds = Notification.objects.filter(account_id=account_id).order_by()
    return [kind for kind in kinds.values_list("kind", flat=True).distinct() if kind in KINDS]


def senders_of(account_id: uuid.UUID) -> list[Tenant]:
    """Tenants that have sent the person anything, by name."""
    ids = Notification.objects.filter(account_id=account_id, tenant__isnull=False)
    return list(Tenant.objects.filter(pk__in=ids.values("tenant")).order_by("name"))


def as_notices(rows: Iterable[Notification]) -> list[Notice]:
    """Return notices in the language that is active; rows come with their tenants."""
    notices = []
    for row in rows:
        kind = KINDS[row.kind]
        title, text = kind.words(row.data, row.tenant.time_zone if row.tenant else "")
        notices.append(
            Notice(
                pk=row.pk,
                kind=row.kind,
                label=str(kind.label),
                title=title,
                text=text,
                sender=row.tenant.name if row.tenant else "Lintas",
                created_at=row.created_at,
                unread=row.read_at is None,
                url=hosts.portal_url(
                    reverse("notice", args=[row.pk], urlconf=settings.PUBLIC_SCHEMA_URLCONF)
                ),
            )
        )
    return notices


def target_url(row: Notification) -> str:
    """Return the address that a notice leads to."""
    if row.tenant_id is None:
        return hosts.portal_url(row.path)
    return hosts.tenant_url(row.tenant_id, row.path)


def mail_choices(account_id: uuid.UUID) -> dict[str, str]:
    """Return for each kind when its mail goes out to a person."""
    chosen = dict(MailChoice.objects.filter(account_id=account_id).values_list("kind", "delivery"))
    return {key: chosen.get(key, str(kind.mail)) for key, kind in KINDS.items()}
