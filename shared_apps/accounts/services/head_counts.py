"""Kept numbers of people per agency; always changed with the identity, in one transaction."""

import uuid

from django.db import connection

from shared_apps.accounts.choices import IdentityState
from toolkit.shards import shard_of

#: What a state counts as. A rejected claim counts for nobody.
COUNTS_AS = {
    IdentityState.DECLARED: "declared",
    IdentityState.DISPUTED: "declared",
    IdentityState.CONFIRMED: "confirmed",
}
_ADD = """
INSERT INTO accounts_headcount AS h (agency_id, shard, declared, confirmed)
VALUES (%s, %s, %s, %s)
ON CONFLICT (agency_id, shard) DO UPDATE SET
    declared = h.declared + excluded.declared, confirmed = h.confirmed + excluded.confirmed
"""


def move(
    account_id: uuid.UUID,
    *,
    before: tuple[int, str] | None,
    after: tuple[int, str] | None,
) -> None:
    """Count a person over from one (agency, state) to another; None is outside of the count."""
    steps: dict[int, dict[str, int]] = {}
    for place, step in ((before, -1), (after, 1)):
        if place is None or place[1] not in COUNTS_AS:
            continue
        agency = steps.setdefault(place[0], {"declared": 0, "confirmed": 0})
        agency[COUNTS_AS[IdentityState(place[1])]] += step
    shard = shard_of(account_id)
    with connection.cursor() as cursor:
        for agency_id in sorted(steps):
            change = steps[agency_id]
            if any(change.values()):
                cursor.execute(_ADD, [agency_id, shard, change["declared"], change["confirmed"]])
