"""Giving and withdrawing roles from the workspace, with a notice to whom it concerns."""

import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from shared_apps.access import selectors, services
from shared_apps.access.models import RoleAssignment
from shared_apps.accounts.models import Account
from shared_apps.notifications.services import notify
from shared_apps.rules import selectors as rules
from tenant_apps.administration.permissions import ROLES
from tenants.schemas import current_tenant, in_tenant


@transaction.atomic
def give(
    *,
    by: Any,
    account: Account,
    role: str,
    valid_from: datetime.date | None = None,
    valid_until: datetime.date | None = None,
) -> RoleAssignment:
    """Give a person a role at the open tenant and tell them.

    Raises RoleRefused, UnknownRole, or PermissionDenied without the right.
    """
    assignment = services.give_role(
        by=by,
        account=account,
        tenant=current_tenant(),
        role=role,
        valid_from=valid_from,
        valid_until=valid_until,
    )
    notify(
        kind="role.granted",
        account_ids=[account.pk],
        data={"role": role},
        path="/kelola/",
        key=str(assignment.pk),
    )
    return assignment


@transaction.atomic
def take(*, by: Any, assignment: RoleAssignment) -> None:
    """Withdraw a role at the open tenant and tell the person.

    Raises RoleRefused, or PermissionDenied without the right.
    """
    services.take_role(by=by, assignment=assignment)
    notify(
        kind="role.withdrawn",
        account_ids=[assignment.account_id],
        data={"role": assignment.role},
        path="/",
        key=str(assignment.pk),
    )


def remind_of_ending() -> int:
    """Tell holders and managers of roles that end soon, once for each last day; by the schedule.

    Returns how many notices were new.
    """
    made = 0
    for row in selectors.ending_within(rules.whole("roles.reminder_days")).select_related(
        "account"
    ):
        with in_tenant(row.tenant), transaction.atomic():
            made += _remind(row)
    return made


def _remind(row: RoleAssignment) -> int:
    if row.valid_until is None:
        return 0
    data = {"role": row.role, "until_on": row.valid_until.isoformat()}
    key = f"{row.pk}:{row.valid_until}"
    managers = [each for each in selectors.holders_at(row.tenant, ROLES) if each != row.account_id]
    return notify(
        kind="role.ending", account_ids=[row.account_id], data=data, path="/kelola/", key=key
    ) + notify(
        kind="role.ending_of",
        account_ids=managers,
        data={**data, "name": row.account.name},
        path=reverse("roles", urlconf=settings.ROOT_URLCONF),
        key=key,
    )
