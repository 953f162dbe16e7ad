"""Granting and withdrawing roles."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from shared_apps.access import selectors
from shared_apps.access.errors import UnknownRole
from shared_apps.access.models import RoleAssignment
from shared_apps.audit import services as audit
from tenants.models import Tenant


def _check(role: str, tenant: Tenant) -> None:
    found = selectors.roles().get(role)
    if found is None or (found.on_portal and not tenant.oversees):
        raise UnknownRole(
            _("Peran {role} tidak ada di {tenant}.").format(role=role, tenant=tenant.name),
            field="role",
        )


@transaction.atomic
def grant_role(*, account: Any, tenant: Tenant, role: str, by: Any) -> RoleAssignment:
    """Give a role at a tenant; giving it twice changes nothing. Raises UnknownRole.

    For operators: no right of `by` is checked here, and None is the system itself.
    """
    _check(role, tenant)
    assignment, made = RoleAssignment.objects.get_or_create(
        account=account, tenant=tenant, role=role, defaults={"granted_by": by}
    )
    if made:
        audit.record(
            "role.granted",
            by=by,
            tenant_id=tenant.pk,
            kind="account",
            ref=account.pk,
            data={"role": role},
        )
    return assignment


@transaction.atomic
def withdraw_role(*, account: Any, tenant: Tenant, role: str, by: Any) -> None:
    """Take a role away; taking it twice changes nothing. For operators, like `grant_role`."""
    deleted, _rows = RoleAssignment.objects.filter(
        account=account, tenant=tenant, role=role
    ).delete()
    if deleted:
        audit.record(
            "role.withdrawn",
            by=by,
            tenant_id=tenant.pk,
            kind="account",
            ref=account.pk,
            data={"role": role},
        )
