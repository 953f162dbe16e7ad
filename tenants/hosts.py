"""Host names and addresses of the portal and of tenants."""

from django.conf import settings

from tenants.models import Domain, Tenant
from toolkit.timed_cache import TimedCache

# Host name -> tenant or None; a change of a tenant's row is seen by every worker after this time.
_tenants_by_host: TimedCache[str, Tenant | None] = TimedCache(seconds=15, size=2000)


def tenant_for_host(host: str) -> Tenant | None:
    """Return the tenant that the host name (no port) belongs to, from memory where possible."""
    return _tenants_by_host.get(host, _load)


def _load(host: str) -> Tenant | None:
    # Asked before the request's own schema is open; these tables are only in the public one, which
    # every search path includes.
    row = Domain.objects.select_related("tenant__agency").filter(domain=host).first()
    return row.tenant if row else None


def forget_hosts() -> None:
    """Drop what this process remembers of hosts (after opening or changing a tenant)."""
    _tenants_by_host.clear()
    _primary_domains.clear()


_primary_domains: TimedCache[int, str] = TimedCache(seconds=15, size=2000)


def _load_primary(tenant_id: int) -> str:
    row = Domain.objects.filter(tenant_id=tenant_id).order_by("-is_primary", "pk").first()
    return row.domain if row else ""


def _port() -> str:
    return f":{settings.PUBLIC_PORT}" if settings.PUBLIC_PORT else ""


def tenant_url(tenant_id: int, path: str = "/") -> str:
    """Return the absolute address of a path on the tenant's primary host."""
    host = _primary_domains.get(tenant_id, _load_primary)
    return f"{settings.PUBLIC_SCHEME}://{host}{_port()}{path}"


def portal_url(path: str = "/") -> str:
    """Return the absolute address of a path on the portal."""
    return f"{settings.PORTAL_URL}{path}"


def is_known_host(host_and_port: str) -> bool:
    """Say whether `host[:port]` is the portal or a tenant, so that a redirect there is safe."""
    host = host_and_port.split(":")[0].lower()
    if host_and_port != host + _port() and host_and_port != host:
        return False
    return host == settings.BASE_DOMAIN or tenant_for_host(host) is not None
