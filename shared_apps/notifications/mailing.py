"""Mails of notices: at once, and one digest a day.

A mail is sent inside the transaction that notes it. If the process dies between the two, the
mail goes out again: twice is harmless, never is not. An advisory lock keeps two workers from
one person; the rows themselves stay free, so that nobody waits for a mail server.
"""

import datetime
import time
import uuid
from collections.abc import Callable
from functools import partial
from typing import Any

import structlog
from django.conf import settings
from django.core import signing
from django.core.mail import EmailMessage
from django.db import connection, transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation

from shared_apps.accounts.selectors import Correspondent, correspondent
from shared_apps.notifications.choices import Delivery
from shared_apps.notifications.models import Digest, Notification
from shared_apps.notifications.selectors import as_notices
from shared_apps.notifications.zones import PROVINCES, WESTERN, ZONES
from shared_apps.rules import selectors as rules
from tenants import hosts

log = structlog.get_logger("lintas.notices")
#: Notices written out in one mail; the inbox has the rest.
MOST_IN_MAIL = 50
#: People looked up at a time, and seconds after which a pass leaves the rest to the next one.
BATCH, PASS_SECONDS = 200, 30.0
#: Wait after the first refusal of a mail server; it doubles with each.
FIRST_WAIT, MOST_TRIES = datetime.timedelta(minutes=2), 10
_STOP_SALT = "notifications.stop"
#: Leads into the advisory locks of this module.
_LOCK = 7_301


def stop_url(account_id: uuid.UUID, kind: str) -> str:
    """Return the address that ends mails of a kind (of all kinds where it is empty)."""
    token = signing.dumps([str(account_id), kind], salt=_STOP_SALT)
    path = reverse("notices_stop", args=[token], urlconf=settings.PUBLIC_SCHEMA_URLCONF)
    return hosts.portal_url(path)


def read_stop_token(token: str) -> tuple[uuid.UUID, str] | None:
    """Return whose mails of which kind a token ends; None for one that we did not sign."""
    try:
        account_id, kind = signing.loads(token, salt=_STOP_SALT)
    except signing.BadSignature:
        return None
    return uuid.UUID(account_id), kind


def _waiting(delivery: Delivery) -> QuerySet[Notification]:
    return Notification.objects.filter(
        delivery=delivery,
        mailed_at__isnull=True,
        read_at__isnull=True,
        mail_after__lte=timezone.now(),
    )


def _each(people: QuerySet[Any], send: Callable[[uuid.UUID], bool]) -> tuple[int, bool]:
    """Call `send` for each person until none is left or the time is up; say (sent, all done)."""
    end, sent = time.monotonic() + PASS_SECONDS, 0
    last = uuid.UUID(int=0)
    while True:
        batch = list(people.filter(account_id__gt=last)[:BATCH])
        for last in batch:
            if time.monotonic() > end:
                return sent, False
            sent += _guarded(last, send)
        if len(batch) < BATCH:
            return sent, True


def _guarded(account_id: uuid.UUID, send: Callable[[uuid.UUID], bool]) -> bool:
    """Send to one person; what goes wrong is put off and disturbs nobody else."""
    try:
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute(
                    "SELECT pg_try_advisory_xact_lock(%s, %s)",
                    [_LOCK, int.from_bytes(account_id.bytes[:4], "big", signed=True)],
                )
                if not cursor.fetchone()[0]:
                    return False
            return send(account_id)
    except OSError as error:
        # SMTP's own errors and those of the network; both are OSError.
        log.warning("mail refused", account=str(account_id), error=type(error).__name__)
    except Exception:
        # An address or a row that cannot be written out must not stop everybody else's mail.
        log.exception("mail failed", account=str(account_id))
    _put_off(account_id)
    return False


def _put_off(account_id: uuid.UUID) -> None:
    for row in Notification.objects.filter(
        Q(account_id=account_id, mailed_at__isnull=True), ~Q(delivery=Delivery.OFF)
    ).filter(mail_after__lte=timezone.now()):
        row.mail_after = timezone.now() + FIRST_WAIT * 2**row.mail_tries
        row.mail_tries = F("mail_tries") + 1
        row.save(update_fields=["mail_after", "mail_tries"])
    # After about a day the inbox has to do.
    Notification.objects.filter(
        account_id=account_id, mailed_at__isnull=True, mail_tries__gte=MOST_TRIES
    ).update(delivery=Delivery.OFF)


def send_waiting() -> tuple[int, bool]:
    """Mail what goes out at once; several notices to one person make one mail."""
    people = _waiting(Delivery.NOW).order_by("account_id").values_list("account_id", flat=True)
    return _each(people.distinct(), lambda person: _mail(person, Delivery.NOW))


def send_digests() -> tuple[int, bool]:
    """Mail the digests of the zones where it is time; one a person and day, never an empty one."""
    sent, complete = 0, True
    for name, zone in ZONES.items():
        here = timezone.now().astimezone(zone)
        if here.hour < rules.whole("notices.digest_hour"):
            continue
        agency = "account__home_agency__province"
        others = [each for provinces in PROVINCES.values() for each in provinces]
        lives = (
            Q(**{f"{agency}__in": PROVINCES[name]})
            if name != WESTERN
            else Q(account__home_agency__isnull=True) | ~Q(**{f"{agency}__in": others})
        )
        had = Digest.objects.filter(account_id=OuterRef("account_id"), sent_on__gte=here.date())
        people = (
            _waiting(Delivery.DAILY)
            .filter(lives, ~Exists(had))
            .order_by("account_id")
            .values_list("account_id", flat=True)
            .distinct()
        )
        today = here.date()
        count, done = _each(people, partial(_digest, day=today))
        sent, complete = sent + count, complete and done
    return sent, complete


def _digest(account_id: uuid.UUID, day: datetime.date) -> bool:
    # Asked again under the lock: another worker may have been faster.
    if Digest.objects.filter(account_id=account_id, sent_on__gte=day).exists():
        return False
    if not _mail(account_id, Delivery.DAILY):
        return False
    Digest.objects.update_or_create(account_id=account_id, defaults={"sent_on": day})
    return True


def _mail(account_id: uuid.UUID, delivery: Delivery) -> bool:
    """Send one mail with all that waits for a person and note it; say whether there was any."""
    waiting = _waiting(delivery).filter(account_id=account_id)
    rows = list(waiting.select_related("tenant").order_by("created_at", "pk"))
    if not rows:
        return False
    person = correspondent(account_id)
    if person is None:
        # No address that is known to be theirs: the inbox has to do.
        waiting.filter(pk__in=[row.pk for row in rows]).update(delivery=Delivery.OFF)
        return False
    kinds = {row.kind for row in rows}
    stop = stop_url(account_id, kinds.pop() if len(kinds) == 1 else "")
    _write(person, rows, delivery, stop).send()
    Notification.objects.filter(pk__in=[row.pk for row in rows]).update(mailed_at=timezone.now())
    return True


def _write(
    person: Correspondent, rows: list[Notification], delivery: Delivery, stop: str
) -> EmailMessage:
    with translation.override(person.language or settings.LANGUAGE_CODE):
        shown = as_notices(rows[:MOST_IN_MAIL])
        context = {
            "name": person.name,
            "notices": shown,
            "count": len(rows),
            "more": len(rows) - len(shown),
            "is_digest": delivery == Delivery.DAILY,
            "first": shown[0],
            "inbox_url": hosts.portal_url("/saya/pemberitahuan/"),
            "stop_url": stop,
        }
        subject = render_to_string("notifications/emails/notices_subject.txt", context)
        body = render_to_string("notifications/emails/notices.txt", context)
    return EmailMessage(
        " ".join(subject.split()),
        body.strip() + "\n",
        settings.DEFAULT_FROM_EMAIL,
        [person.email],
        headers={"List-Unsubscribe": f"<{stop}>", "Auto-Submitted": "auto-generated"},
    )
