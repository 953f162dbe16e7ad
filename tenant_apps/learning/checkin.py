"""Rotating codes for attendance: who scans was near the screen less than a minute ago.

A code names its session and a window of 30 seconds, signed; it holds in its own window and in the
next, so that a slow phone is not locked out. Nothing is stored.
"""

import base64
import datetime
import hashlib
import hmac
import time
import uuid

from django.conf import settings

from shared_apps.rules import selectors as rules
from tenant_apps.learning.models import ClassSession
from tenants.schemas import current_tenant

SECONDS = 30
#: Windows in which a code holds: its own and the following one.
WINDOWS = 2
#: How long somebody who scanned in time may take to sign in and confirm.
PATIENCE_SECONDS = 900


def _sign(session_id: uuid.UUID, window: int) -> bytes:
    text = f"attendance:{current_tenant().pk}:{session_id}:{window}".encode()
    return hmac.new(settings.SECRET_KEY.encode(), text, hashlib.sha256).digest()[:12]


def _text(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def token_for(session_id: uuid.UUID, *, at: float | None = None) -> str:
    """Return the code of a session for this moment: 41 letters that fit a coarse QR."""
    window = int((time.time() if at is None else at) // SECONDS)
    return _text(session_id.bytes + window.to_bytes(6, "big") + _sign(session_id, window))


def read_token(token: str, *, at: float | None = None) -> uuid.UUID | None:
    """Return the session that a code names; None for one that was not made here or has run out."""
    try:
        data = base64.urlsafe_b64decode(token + "=" * (-len(token) % 4))
    except ValueError:
        return None
    if len(data) != 34 or _text(data) != token:
        return None
    session_id, window = uuid.UUID(bytes=data[:16]), int.from_bytes(data[16:22], "big")
    if not hmac.compare_digest(data[22:], _sign(session_id, window)):
        return None
    moment = time.time() if at is None else at
    age = int(moment // SECONDS) - window
    return session_id if 0 <= age < WINDOWS else None


def window_of(session: ClassSession) -> tuple[datetime.datetime, datetime.datetime]:
    """Return when presence at a session can be confirmed by its code: first and last moment."""
    tenant_id = current_tenant().pk
    before = rules.whole("offering.qr_opens_minutes_before", tenant_id=tenant_id)
    after = rules.whole("offering.qr_closes_minutes_after", tenant_id=tenant_id)
    return (
        session.starts_at - datetime.timedelta(minutes=before),
        session.ends_at + datetime.timedelta(minutes=after),
    )
