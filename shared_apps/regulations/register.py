"""The national register as shipped: `data/regulations.csv` and `data/relations.csv`.

Each row says whether number, title and status were compared with a source; a row or relation that
was not ships as "belum diperiksa".
"""

import csv
from pathlib import Path

from django.db import transaction

from shared_apps.regulations.choices import RegulationStatus
from shared_apps.regulations.models import Regulation, Relation

DATA = Path(__file__).parent / "data"
STATUS = {
    "berlaku": RegulationStatus.IN_FORCE,
    "diubah": RegulationStatus.AMENDED,
    "dicabut": RegulationStatus.REVOKED,
    "belum diperiksa": RegulationStatus.UNKNOWN,
}


def _rows(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@transaction.atomic
def import_register() -> int:
    """Add the regulations and relations that the register lacks; returns how many were added.

    What stands in the register already is left as it is: people may have corrected it.
    """
    rows = _rows("regulations.csv")
    known = dict(Regulation.objects.filter(tenant__isnull=True).values_list("key", "pk"))
    fresh = [
        Regulation(
            key=row["key"], kind=row["kind"], number=row["number"], year=int(row["year"]),
            about=row["about"], status=STATUS[row["status"]], own_status=STATUS[row["status"]],
            checked=row["checked"] == "ya", source=row["source"],
        )
        for row in rows
        if row["key"] not in known
    ]  # fmt: skip
    Regulation.objects.bulk_create(fresh)
    known |= {row.key: row.pk for row in fresh}
    new_keys = {row.key for row in fresh}
    relations = [
        Relation(
            source_id=known[row["source"]], kind=row["relation"], target_id=known[row["target"]],
            article=row["article"], checked=row["checked"] == "ya",
        )
        for row in _rows("relations.csv")
        if {row["source"], row["target"]} & new_keys
    ]  # fmt: skip
    Relation.objects.bulk_create(relations, ignore_conflicts=True)
    return len(fresh)
