"""Moving a person's figures to another agency, and counting a tenant's learners."""

import uuid

from django.db import transaction
from django.utils import timezone

from shared_apps.recognition.models import PersonTotal
from shared_apps.recognition.services import kept
from toolkit.shards import shard_of


@transaction.atomic
def move_identity(
    *, account_id: uuid.UUID, agency_id: int, confirmed: bool, kind: str | None = None
) -> None:
    """Let a person's figures count at an agency, as confirmed or declared.

    Call it in the transaction that changes the identity. The current year moves along with the
    person; a year that has ended stays with the agency that held the person on its last day,
    and only takes over the trust when that is this same agency. `kind` (pns, pppk) is given
    when it changed too.
    """
    rows = PersonTotal.objects.select_for_update().filter(account_id=account_id)
    for total in rows.order_by("period_start"):
        settle(
            total,
            agency_id=agency_id,
            confirmed=confirmed,
            kind=total.kind if kind is None else kind,
        )


def settle(total: PersonTotal, *, agency_id: int, confirmed: bool, kind: str) -> None:
    """Make a locked total count where the person is now; does nothing when it already does."""
    over = total.period_end < timezone.localdate()
    if over and total.agency_id != agency_id:
        return
    if over:
        kind = total.kind
    if (total.agency_id, total.confirmed, total.kind) == (agency_id, confirmed, kind):
        return
    # Out of the old sum and into the new one, in the order of their keys: two people who swap
    # agencies at the same moment must not wait for each other.
    old = kept.all_of(total, sign=-1)
    total.agency_id, total.confirmed, total.kind = agency_id, confirmed, kind
    total.met = kept.is_met(total.jp_credited, kind, total.period_start.year)
    total.save(update_fields=["agency_id", "confirmed", "kind", "met"])
    for figures in sorted((old, kept.all_of(total, sign=1)), key=lambda f: f.key):
        kept.add_to_agency(figures)


@transaction.atomic
def count_learner(*, tenant_id: int, account_id: uuid.UUID) -> None:
    """Count one more person who learns at a tenant; the tenant calls it once per member."""
    kept.add_to_tenant(tenant_id, shard_of(account_id), people=1)
