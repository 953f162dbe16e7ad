"""Writes of notices: sending, reading, choosing when mail goes out."""

import uuid
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from shared_apps.notifications.choices import Delivery
from shared_apps.notifications.kinds import KINDS
from shared_apps.notifications.models import MailChoice, Notification
from tenants.models import Tenant
from tenants.schemas import open_tenant_or_none

#: Rows written by one statement.
BATCH = 1_000


@transaction.atomic
def notify(
    *,
    kind: str,
    account_ids: Iterable[uuid.UUID],
    data: Mapping[str, str | int],
    path: str,
    key: str,
    tenant: Tenant | None = None,
) -> int:
    """Put one notice into the inbox of each person; returns how many had none of this key yet.

    In the caller's transaction, from the tenant that is open (or the portal); `tenant` names
    another one, on whose host `path` lies. Repeating it adds nothing. Mail follows in the
    background, as each person chose. Raises KeyError for an unknown kind or for data that its
    texts need and that are missing.
    """
    found = KINDS[kind]
    for name in sorted(found.names()):
        data[name]
    tenant = tenant or open_tenant_or_none()
    people = sorted(set(account_ids))
    chosen = dict(
        MailChoice.objects.filter(kind=kind, account_id__in=people).values_list(
            "account_id", "delivery"
        )
    )
    made = 0
    for start in range(0, len(people), BATCH):
        rows = [
            Notification(
                account_id=person,
                tenant=tenant,
                kind=kind,
                key=key,
                data=dict(data),
                path=path,
                delivery=chosen.get(person, found.mail),
            )
            for person in people[start : start + BATCH]
        ]
        Notification.objects.bulk_create(rows, ignore_conflicts=True)
        # The database does not say which rows it passed over; the fresh ids do.
        made += Notification.objects.filter(pk__in=[row.pk for row in rows]).count()
    return made


def mark_read(*, by: Any, notice: Notification) -> None:
    """Note that the person has opened a notice of theirs; the first time counts."""
    Notification.objects.filter(pk=notice.pk, account_id=by.pk, read_at__isnull=True).update(
        read_at=timezone.now()
    )


def mark_all_read(*, by: Any) -> int:
    """Note that the person has seen all their notices; returns how many were new to them."""
    unread = Notification.objects.filter(account_id=by.pk, read_at__isnull=True)
    return unread.update(read_at=timezone.now())


def choose_mail(*, by: Any, choices: Mapping[str, str]) -> None:
    """Set when notices of each kind go out by mail: `{kind: delivery}`; unknown ones are skipped.

    Holds for notices from now on; "off" also for those that still wait for their mail.
    """
    known = {
        kind: Delivery(delivery)
        for kind, delivery in choices.items()
        if kind in KINDS and delivery in Delivery.values
    }
    _choose(by.pk, known)


def stop_mail(*, account_id: uuid.UUID, kinds: Iterable[str]) -> None:
    """End mails of some kinds for the person whose signed link was followed."""
    _choose(account_id, {kind: Delivery.OFF for kind in kinds if kind in KINDS})


@transaction.atomic
def _choose(account_id: uuid.UUID, choices: dict[str, Delivery]) -> None:
    MailChoice.objects.bulk_create(
        [
            MailChoice(account_id=account_id, kind=kind, delivery=delivery)
            for kind, delivery in sorted(choices.items())
        ],
        update_conflicts=True,
        unique_fields=["account", "kind"],
        update_fields=["delivery"],
    )
    off = [kind for kind, delivery in choices.items() if delivery == Delivery.OFF]
    if off:
        Notification.objects.filter(
            account_id=account_id, kind__in=off, mailed_at__isnull=True
        ).update(delivery=Delivery.OFF)
