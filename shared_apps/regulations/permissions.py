"""Who may write the register."""

from typing import Any

from shared_apps.regulations.models import Regulation
from tenants.models import Tenant
from tenants.schemas import open_tenant_or_none

#: On the portal: the national register. At a tenant: its own local regulations.
NATIONAL, LOCAL = "regulation.national", "regulation.edit"


def may_write(account: Any, regulation: Regulation) -> bool:
    """Say whether a person may write a regulation from where they are."""
    return writes_here(account) and regulation.tenant_id == getattr(open_tenant(), "pk", None)


def writes_here(account: Any) -> bool:
    """Say whether a person may add regulations to the register of this place."""
    return bool(account.has_perm(NATIONAL if open_tenant() is None else LOCAL))


def open_tenant() -> Tenant | None:
    """Return the tenant whose register is written; None is the national one."""
    return open_tenant_or_none()
