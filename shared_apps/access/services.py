"""Granting and withdrawing roles."""

import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from shared_apps.access import selectors
from shared_apps.access.errors import RoleRefused, UnknownRole
from shared_apps.access.models import RoleAssignment
from shared_apps.audit import services as audit
from tenants.models import Tenant
from tenants.schemas import current_tenant
from tenants.selectors import today_at

#: The right to give and withdraw roles; who has it leads the tenant.
MANAGE = "role.manage"


def _check(role: str, tenant: Tenant) -> None:
    found = selectors.roles().get(role)
    if found is None or (found.on_portal and not tenant.oversees):
        raise UnknownRole(
            _("Peran {role} tidak ada di {tenant}.").format(role=role, tenant=tenant.name),
            field="role",
        )


def _record(verb: str, assignment: RoleAssignment, by: Any) -> None:
    dates = {
        name: getattr(assignment, name).isoformat()
        for name in ("valid_from", "valid_until")
        if getattr(assignment, name)
    }
    audit.record(
        verb,
        by=by,
        tenant_id=assignment.tenant_id,
        kind="account",
        ref=assignment.account_id,
        data={"role": assignment.role, **dates},
    )


def _lock(tenant: Tenant) -> None:
    """Let changes of a tenant's roles come one after the other."""
    Tenant.objects.select_for_update(no_key=True).get(pk=tenant.pk)


def _running(account: Any, tenant: Tenant, role: str) -> RoleAssignment | None:
    return RoleAssignment.objects.filter(
        account=account, tenant=tenant, role=role, withdrawn_at__isnull=True
    ).first()


@transaction.atomic
def grant_role(
    *,
    account: Any,
    tenant: Tenant,
    role: str,
    by: Any,
    valid_from: datetime.date | None = None,
    valid_until: datetime.date | None = None,
) -> RoleAssignment:
    """Give a role at a tenant; giving it twice changes nothing, other dates replace the old ones.

    For operators: no right of `by` is checked here, and None is the system itself. Raises
    UnknownRole.
    """
    _check(role, tenant)
    _lock(tenant)
    found = _running(account, tenant, role)
    if found and (found.valid_from, found.valid_until) == (valid_from, valid_until):
        return found
    if found:
        _end(found, by=by)
    assignment = RoleAssignment.objects.create(
        account=account,
        tenant=tenant,
        role=role,
        granted_by_id=getattr(by, "pk", None),
        valid_from=valid_from,
        valid_until=valid_until,
    )
    _record("role.granted", assignment, by)
    return assignment


@transaction.atomic
def withdraw_role(*, account: Any, tenant: Tenant, role: str, by: Any) -> None:
    """Take a role away; taking it twice changes nothing. For operators, like `grant_role`."""
    _lock(tenant)
    found = _running(account, tenant, role)
    if found:
        _end(found, by=by)
        _record("role.withdrawn", found, by)


def _end(assignment: RoleAssignment, *, by: Any) -> None:
    assignment.withdrawn_at = timezone.now()
    assignment.withdrawn_by_id = getattr(by, "pk", None)
    assignment.save(update_fields=["withdrawn_at", "withdrawn_by"])


@transaction.atomic
def give_role(
    *,
    by: Any,
    account: Any,
    tenant: Tenant,
    role: str,
    valid_from: datetime.date | None,
    valid_until: datetime.date | None,
) -> RoleAssignment:
    """Give a role as somebody who leads the tenant; raises RoleRefused or PermissionDenied.

    Nobody gives a right that they lack, and nobody prolongs their own: whoever stands in until a
    date does not decide that they stay.
    """
    _may_manage(by)
    _check(role, tenant)
    given = selectors.roles()[role]
    if given.on_portal or not given.permissions <= selectors.permissions_of(by, tenant):
        raise RoleRefused(
            _("Peran ini tidak dapat Anda berikan karena memuat hak yang tidak Anda miliki."),
            field="role",
        )
    if valid_from and valid_until and valid_until < valid_from:
        raise RoleRefused(_("Hari terakhir mendahului hari pertama."), field="valid_until")
    if valid_until and valid_until < today_at(tenant):
        raise RoleRefused(_("Hari terakhir sudah lewat."), field="valid_until")
    _lock(tenant)
    if MANAGE in given.permissions and account.pk == by.pk:
        raise RoleRefused(
            _("Peran pengelola Anda sendiri hanya dapat diubah oleh pengelola lain."), field="role"
        )
    found = _running(account, tenant, role)
    if found and (valid_until or (valid_from and valid_from > today_at(tenant))):
        _keep_a_manager(found)
    return grant_role(
        account=account,
        tenant=tenant,
        role=role,
        by=by,
        valid_from=valid_from,
        valid_until=valid_until,
    )


@transaction.atomic
def take_role(*, by: Any, assignment: RoleAssignment) -> None:
    """Withdraw a role as somebody who leads the tenant; raises RoleRefused or PermissionDenied."""
    _may_manage(by)
    if assignment.tenant_id != current_tenant().pk:
        raise PermissionDenied
    _lock(assignment.tenant)
    assignment.refresh_from_db()
    if assignment.withdrawn_at is not None:
        return
    _keep_a_manager(assignment)
    _end(assignment, by=by)
    _record("role.withdrawn", assignment, by)


def _may_manage(by: Any) -> None:
    if not by.has_perm(MANAGE):
        raise PermissionDenied


def _keep_a_manager(leaving: RoleAssignment) -> None:
    """Refuse what would leave the tenant without anybody who leads it.

    Where the leaving one holds without an end, so must one who stays.
    """
    roles = selectors.roles()
    leading = [name for name, role in roles.items() if MANAGE in role.permissions]
    if leaving.role not in leading:
        return
    others = (
        selectors.assignments_at(leaving.tenant)
        .filter(
            selectors.running_on(today_at(leaving.tenant)),
            role__in=leading,
            account__is_active=True,
        )
        .exclude(pk=leaving.pk)
    )
    if leaving.valid_until is None:
        others = others.filter(valid_until__isnull=True)
    if not others.exists():
        raise RoleRefused(
            _(
                "Ini pengelola terakhir. Beri dahulu peran pengelola kepada orang lain, "
                "tanpa hari terakhir."
            )
        )
