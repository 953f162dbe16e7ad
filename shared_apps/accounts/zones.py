"""The zone in which a person reads times: their own choice, else that of their agency's region."""

from typing import Any

from django.utils import timezone

from shared_apps.accounts.choices import Zone
from tenants.models import Agency
from toolkit.timed_cache import TimedCache

#: Provinces outside of western time (Keppres 41/1987, with the provinces made since).
CENTRAL = frozenset(
    {
        "Bali", "Nusa Tenggara Barat", "Nusa Tenggara Timur", "Kalimantan Selatan",
        "Kalimantan Timur", "Kalimantan Utara", "Sulawesi Utara", "Sulawesi Tengah",
        "Sulawesi Selatan", "Sulawesi Tenggara", "Sulawesi Barat", "Gorontalo",
    }
)  # fmt: skip
EASTERN = frozenset(
    {
        "Maluku", "Maluku Utara", "Papua", "Papua Barat", "Papua Barat Daya", "Papua Pegunungan",
        "Papua Selatan", "Papua Tengah",
    }
)  # fmt: skip

_zones: TimedCache[int, str] = TimedCache(seconds=300, size=2000)


def _load(agency_id: int) -> str:
    found = Agency.objects.filter(pk=agency_id).values_list("province", flat=True).first()
    return zone_of_province(found or "")


def zone_of_province(province: str) -> str:
    """Return the zone of a province; western time where none is named."""
    if province in CENTRAL:
        return Zone.CENTRAL
    return Zone.EASTERN if province in EASTERN else Zone.WESTERN


def zone_of(account: Any) -> str:
    """Return the zone of an account, from memory."""
    if account.time_zone:
        return str(account.time_zone)
    return _zones.get(account.home_agency_id, _load) if account.home_agency_id else Zone.WESTERN


def enter_zone(account: Any) -> None:
    """Let the request's pages show times in the person's zone."""
    timezone.activate(zone_of(account))
