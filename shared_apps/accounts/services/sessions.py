"""Ending sessions from the list of one's own."""

from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils.crypto import salted_hmac

from shared_apps.accounts.models import Session
from shared_apps.audit import services as audit


@transaction.atomic
def end_others(*, by: Any, kept: str | None) -> int:
    """End all sessions of an account but the one with key `kept`; returns how many ended."""
    return _end(Session.objects.filter(account_id=by.pk).exclude(session_key=kept or ""), by)


@transaction.atomic
def end_one(*, by: Any, mark: str, kept: str | None) -> int:
    """End the session of an account that the list shows under `mark`; returns 0 or 1.

    The list never shows session keys, since whoever holds a key is signed in; see `mark_of`.
    """
    keys = [
        key
        for key in Session.objects.filter(account_id=by.pk).values_list("session_key", flat=True)
        if mark_of(key) == mark and key != kept
    ]
    return _end(Session.objects.filter(account_id=by.pk, session_key__in=keys), by)


def _end(sessions: QuerySet[Session], by: Any) -> int:
    ended, _rows = sessions.delete()
    if ended:
        audit.record(
            "account.session_ended", by=by, kind="account", ref=by.pk, data={"count": ended}
        )
    return ended


def mark_of(session_key: str) -> str:
    """Return a name for a session that does not give its key away."""
    return salted_hmac("accounts.session", session_key, algorithm="sha256").hexdigest()[:20]
