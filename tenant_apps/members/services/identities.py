"""Decisions of the training unit on who the people of its own agency are."""

import uuid
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from shared_apps.access.selectors import permissions_of
from shared_apps.accounts.choices import IdentityState
from shared_apps.accounts.errors import IdentityDecisionRefused
from shared_apps.accounts.services import identities as accounts
from shared_apps.employees.services import links
from shared_apps.recognition.services import totals
from tenant_apps.members.permissions import CONFIRM
from tenants.models import Tenant
from tenants.schemas import current_tenant


def tenant_of(by: Any) -> Tenant:
    """Return the open tenant; raises PermissionDenied when `by` may not decide there."""
    tenant = current_tenant()
    if CONFIRM not in permissions_of(by, tenant):
        raise PermissionDenied
    return tenant


def _move_figures(decision: accounts.Decision) -> None:
    """Let the person's JP count as confirmed or not, and tie them to the staff list or untie them,

    where the decision changed that.
    """
    was, now = (state == IdentityState.CONFIRMED for state in (decision.before, decision.after))
    if was != now:
        totals.move_identity(
            account_id=decision.account_id, agency_id=decision.agency_id, confirmed=now
        )
        links.follow(decision.account_id)


@transaction.atomic
def confirm(*, by: Any, account_id: uuid.UUID, seen: str = "") -> None:
    """Confirm a person of the open tenant's agency; their JP then count as confirmed.

    `seen` is the number that `by` looked at. Raises IdentityDecisionRefused, or PermissionDenied
    without the right.
    """
    _move_figures(accounts.confirm(by=by, account_id=account_id, tenant=tenant_of(by), seen=seen))


@transaction.atomic
def reject(*, by: Any, account_id: uuid.UUID, reason: str) -> None:
    """Reject a person's claim with a reason; JP that counted as confirmed then no longer do.

    Raises IdentityDecisionRefused, or PermissionDenied without the right.
    """
    _move_figures(
        accounts.reject(by=by, account_id=account_id, tenant=tenant_of(by), reason=reason)
    )


def confirm_many(*, by: Any, people: list[tuple[uuid.UUID, str]]) -> tuple[int, list[str]]:
    """Confirm several people (account, number as seen), each in a transaction of their own.

    Returns how many were confirmed and the distinct reasons why others were not: one person in
    doubt does not hold up the rest.
    """
    done = 0
    refusals: dict[str, None] = {}
    for account_id, seen in people:
        try:
            confirm(by=by, account_id=account_id, seen=seen)
        except IdentityDecisionRefused as error:
            refusals[str(error)] = None
        else:
            done += 1
    return done, list(refusals)
