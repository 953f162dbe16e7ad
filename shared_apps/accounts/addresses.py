"""Where a request comes from: the client's network address behind our own proxies."""

import ipaddress

from django.conf import settings
from django.http import HttpRequest

#: What counts when no address can be read (a unix socket without a forwarded address).
UNKNOWN = "unknown"
#: One subscriber owns a whole /64 of IPv6, so single addresses of it say nothing.
IPV6_PREFIX = 64


def client_address(request: HttpRequest) -> str:
    """Return the client's IPv4 address, or the /64 network of its IPv6 address.

    Only the last `settings.TRUSTED_PROXIES` entries of X-Forwarded-For were written by proxies of
    ours; whatever stands before them is the client's own claim and is not believed.
    """
    proxies = settings.TRUSTED_PROXIES
    found = request.META.get("REMOTE_ADDR", "")
    if proxies:
        hops = [hop.strip() for hop in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")]
        if len(hops) >= proxies and hops[-proxies]:
            found = hops[-proxies]
    return normal_address(found)


def normal_address(text: str) -> str:
    """Return an address in one spelling; `unknown` if it is none."""
    try:
        address = ipaddress.ip_address(text.strip().strip("[]"))
    except ValueError:
        return UNKNOWN
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped is not None:
            return str(address.ipv4_mapped)
        return str(ipaddress.ip_network((address, IPV6_PREFIX), strict=False))
    return str(address)


def is_listed(address: str, listed: list[str]) -> bool:
    """Say whether an address of `client_address` lies in one of the listed addresses or networks.

    Entries that cannot be read are passed over: a typing mistake in the list trusts nobody.
    """
    if address == UNKNOWN:
        return False
    network = ipaddress.ip_network(address)
    for entry in listed:
        try:
            trusted = ipaddress.ip_network(entry, strict=False)
        except ValueError:
            continue
        if isinstance(trusted, ipaddress.IPv4Network):
            if isinstance(network, ipaddress.IPv4Network) and network.subnet_of(trusted):
                return True
        elif isinstance(network, ipaddress.IPv6Network) and (
            network.subnet_of(trusted) or trusted.subnet_of(network)
        ):
            return True
    return False
