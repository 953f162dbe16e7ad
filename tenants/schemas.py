"""The schema door: the only module that switches the database schema.

`with tenant:` of django-tenants is forbidden (its stack is shared by all threads); everything
goes through the functions here.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

from django.db import connection as django_connection
from django_tenants.utils import schema_context, tenant_context  # noqa: TID251  (the door)

from tenants.choices import TenantState
from tenants.models import Tenant

Result = TypeVar("Result")

# django-tenants adds attributes that Django's types do not know.
connection: Any = django_connection


@contextmanager
def in_tenant(tenant: Tenant) -> Iterator[Tenant]:
    """Run the block in the tenant's schema; the earlier schema comes back afterwards.

    Evaluate every queryset inside the block: a lazy one evaluated outside reads another schema.
    """
    with tenant_context(tenant):
        yield tenant


@contextmanager
def in_public() -> Iterator[None]:
    """Run the block in the public schema."""
    with schema_context("public"):
        yield


@contextmanager
def in_schema(name: str) -> Iterator[None]:
    """Run the block in a schema that has no tenant row (the template while it is made)."""
    with schema_context(name):
        yield


def for_each_tenant(work: Callable[[Tenant], Result]) -> list[tuple[Tenant, Result]]:
    """Call `work(tenant)` inside each active tenant's schema; for tasks, never for a page."""
    tenants = list(Tenant.objects.filter(state=TenantState.ACTIVE).order_by("code"))
    results = []
    for tenant in tenants:
        with in_tenant(tenant):
            results.append((tenant, work(tenant)))
    return results


def enter_for_request(tenant: Tenant | None) -> None:
    """Put the connection on the request's schema; None is the portal (public).

    Skips the switch when the connection already stands there, which saves a SET per request.
    """
    if tenant is None:
        if connection.schema_name != "public":
            connection.set_schema_to_public()
    elif (
        connection.schema_name == tenant.schema_name
        and getattr(connection.tenant, "pk", None) == tenant.pk
    ):
        # The same schema, perhaps with a newer row of its tenant.
        connection.tenant = tenant
    else:
        connection.set_tenant(tenant)


def current_tenant() -> Tenant:
    """Return the tenant whose schema the connection stands on.

    Raises LookupError on the public schema.
    """
    tenant = open_tenant_or_none()
    if tenant is None:
        raise LookupError("No tenant: the connection stands on the public schema.")
    return tenant


def open_tenant_or_none() -> Tenant | None:
    """Return the tenant whose schema the connection stands on; None on the public schema."""
    tenant = connection.tenant
    return tenant if isinstance(tenant, Tenant) else None
