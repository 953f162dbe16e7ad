"""Reads of the inbox."""

import uuid
from typing import Any

from django.db.models import Q, QuerySet

from shared_apps.notifications.kinds import KINDS
from shared_apps.notifications.models import MailChoice, Notification
from tenants import hosts
from tenants.models import Tenant

#: Above it the bell says "99+": nobody counts further.
MOST_COUNTED = 99


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


def senders_of(account_id: uuid.UUID) -> list[Tenant]:
    """Tenants that have sent the person anything, by name."""
    ids = Notification.objects.filter(account_id=account_id, tenant__isnull=False)
    return list(Tenant.objects.filter(pk__in=ids.values("tenant")).order_by("name"))


def target_url(row: Notification) -> str:
    """Return the address that a notice leads to."""
    if row.tenant_id is None:
        return hosts.portal_url(row.path)
    return hosts.tenant_url(row.tenant_id, row.path)


def mail_choices(account_id: uuid.UUID) -> dict[str, str]:
    """Return for each kind when its mail goes out to a person."""
    chosen = dict(MailChoice.objects.filter(account_id=account_id).values_list("kind", "delivery"))
    return {key: chosen.get(key, str(kind.mail)) for key, kind in KINDS.items()}
