"""Limits on failed sign-ins and on registrations, counted in the database for all workers.

An attempt is counted before the password is looked at and given back when it succeeds, so that a
hundred attempts at the same instant cannot all slip under the limit. Counts are written outside
of any transaction of the request: they stay when the request fails.
"""

import datetime
import hashlib
import hmac
from dataclasses import dataclass

from django.conf import settings
from django.db import connection
from django.db.models import F
from django.utils import timezone

from shared_apps.accounts.addresses import is_listed
from shared_apps.accounts.models import SignInCount
from shared_apps.rules import selectors as rules
from toolkit import indonesian

# One statement for all keys of an attempt, always in the order of the keys (no deadlocks).
_COUNT = """
INSERT INTO accounts_signincount AS c (key, window_ends_at, count)
SELECT key, %s, 1 FROM unnest(%s) AS key ORDER BY key
ON CONFLICT (key) DO UPDATE SET
    count = CASE WHEN c.window_ends_at <= %s THEN 1 ELSE c.count + 1 END,
    window_ends_at = CASE WHEN c.window_ends_at <= %s THEN excluded.window_ends_at
                          ELSE c.window_ends_at END
RETURNING key, count, window_ends_at
"""


@dataclass(frozen=True)
class Attempt:
    """One attempt that was counted; `blocked_until` is set when a limit is passed."""

    keys: tuple[str, ...]
    pair_key: str
    blocked_until: datetime.datetime | None

    def succeeded(self) -> None:
        """Give the attempt back; the person at this address is known, so their slips go too.

        The account's own count only loses this one attempt: else an attacker elsewhere would get
        a fresh count each time that the owner signs in.
        """
        others = [key for key in self.keys if key != self.pair_key]
        for key in sorted(others):
            SignInCount.objects.filter(pk=key, count__gt=0).update(count=F("count") - 1)
        SignInCount.objects.filter(pk=self.pair_key).delete()


def _key(kind: str, *parts: str) -> str:
    """Return a keyed hash: the table tells nothing about accounts or addresses."""
    text = "\x00".join((kind, *parts)).encode()
    return hmac.new(settings.SECRET_KEY.encode(), text, hashlib.sha256).hexdigest()


def _count(limits: dict[str, int]) -> datetime.datetime | None:
    """Count one attempt for each key; return when the last passed limit opens again."""
    now = timezone.now()
    ends = now + datetime.timedelta(minutes=rules.whole("sign_in.window_minutes"))
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, [ends, sorted(limits), now, now])
        rows = cursor.fetchall()
    return max((until for key, count, until in rows if count > limits[key]), default=None)


def begin_sign_in(*, account_key: str, address: str) -> Attempt:
    """Count an attempt to sign in; `account_key` names the account, or the text of an unknown one.

    Limits hold per account and per account and address; per address alone only a high one, since
    whole offices share an address, and none for `sign_in.trusted_addresses`.
    """
    pair = _key("pair", account_key, address)
    limits = {
        _key("account", account_key): rules.whole("sign_in.failures_per_account"),
        pair: rules.whole("sign_in.failures_per_account_and_address"),
    }
    if not is_listed(address, rules.names("sign_in.trusted_addresses")):
        limits[_key("address", address)] = rules.whole("sign_in.failures_per_address")
    return Attempt(keys=tuple(limits), pair_key=pair, blocked_until=_count(limits))


def begin_registration(*, address: str) -> datetime.datetime | None:
    """Count a registration; return when the address may register again if it passed its limit."""
    if is_listed(address, rules.names("sign_in.trusted_addresses")):
        return None
    return _count({_key("registration", address): rules.whole("registration.per_address")})


def forget_account(account_key: str) -> None:
    """Drop an account's count after its password was reset by mail."""
    SignInCount.objects.filter(pk=_key("account", account_key)).delete()


def clock(moment: datetime.datetime) -> str:
    """Return the clock time from which another attempt is allowed, such as `10.42 WIB`."""
    local = timezone.localtime(moment) + datetime.timedelta(seconds=59)
    return indonesian.clock(local)
