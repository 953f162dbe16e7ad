"""Training providers as lists show them, kept in memory: every search and list needs them."""

from dataclasses import dataclass

from tenants.choices import TenantState
from tenants.models import Tenant
from toolkit.timed_cache import TimedCache


@dataclass(frozen=True, slots=True)
class Provider:
    """A training provider; `is_open` says whether its pages can be opened."""

    pk: int
    code: str
    name: str
    agency_id: int
    agency: str
    logo_sha256: str
    is_open: bool


# A change of a tenant's row is seen by every worker after this time.
_all: TimedCache[str, dict[int, Provider]] = TimedCache(seconds=15, size=2)


def _load(_: str) -> dict[int, Provider]:
    rows = Tenant.objects.order_by("name").values_list(
        "pk", "code", "name", "agency_id", "agency__name", "logo_sha256", "state"
    )
    return {
        pk: Provider(pk, code, name, agency_id, agency, logo, state == TenantState.ACTIVE)
        for pk, code, name, agency_id, agency, logo, state in rows
    }


def forget_providers() -> None:
    """Drop what this process remembers of providers."""
    _all.clear()


def provider(tenant_id: int) -> Provider:
    """Return a provider, reading again where it is not known yet."""
    known = _all.get("all", _load)
    if tenant_id not in known:
        forget_providers()
        known = _all.get("all", _load)
    return known[tenant_id]


def open_providers() -> list[Provider]:
    """Open providers by name."""
    return [found for found in _all.get("all", _load).values() if found.is_open]


def closed_ids() -> list[int]:
    """Ids of providers whose pages cannot be opened now."""
    return [pk for pk, found in _all.get("all", _load).items() if not found.is_open]


def ids_of_agency(agency_id: int) -> list[int]:
    """Ids of the open providers of one agency."""
    return [found.pk for found in open_providers() if found.agency_id == agency_id]
