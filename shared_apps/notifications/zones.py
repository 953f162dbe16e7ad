"""In which zone a person lives, by the province of the agency that employs them."""

from zoneinfo import ZoneInfo

WESTERN = "Asia/Jakarta"
_CENTRAL = (
    "Bali", "Nusa Tenggara Barat", "Nusa Tenggara Timur", "Kalimantan Selatan",
    "Kalimantan Timur", "Kalimantan Utara", "Sulawesi Utara", "Sulawesi Tengah",
    "Sulawesi Selatan", "Sulawesi Tenggara", "Sulawesi Barat", "Gorontalo",
)  # fmt: skip
_EASTERN = (
    "Maluku", "Maluku Utara", "Papua", "Papua Barat", "Papua Barat Daya", "Papua Pegunungan",
    "Papua Selatan", "Papua Tengah",
)  # fmt: skip
#: Provinces of each zone but the western one, which is everybody else's: central agencies and
#: people without an agency.
PROVINCES: dict[str, tuple[str, ...]] = {"Asia/Makassar": _CENTRAL, "Asia/Jayapura": _EASTERN}
ZONES = {name: ZoneInfo(name) for name in (WESTERN, *PROVINCES)}
