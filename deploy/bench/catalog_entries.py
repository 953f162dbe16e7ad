"""Fills the catalogue with generated entries, for measuring the search at national size.

Run from the project's root: `python deploy/bench/catalog_entries.py 100000`. Only for a database
that may be thrown away: the entries lead nowhere.
"""

import io
import itertools
import json
import os
import random
import sys
import uuid
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

SEED = 20240314
BODIES = 400
WORDS_IN_BODY = 900
KIND = "topic"
# Marks generated entries, so that they can be told from real ones and removed.
PATH = "/topik/uji-{number}/"
NEWEST = datetime(2026, 6, 30, 3, 0, tzinfo=UTC)

WORDS: dict[str, list[str]] = json.loads(
    (Path(__file__).resolve().parent / "catalog_words.json").read_text(encoding="utf-8")
)
FRAMES = (
    "{action} {thing}",
    "{action} {thing} bagi {people}",
    "Dasar-dasar {thing}",
    "{thing} untuk {people}",
    "{action} {thing} dan {other}",
    "Praktik baik {thing} di {place}",
    "Memahami {thing} menurut {law}",
    "{action} {thing} di {place}",
)


def bodies() -> list[str]:
    """Return the lexemes of texts of 900 words whose frequencies fall as in natural language.

    Some words of the field stand in nearly every text, the others where they are the topic.
    """
    from Sastrawi.Stemmer.StemmerFactory import StemmerFactory

    from toolkit.search import find_vector

    chance = random.Random(SEED + 1)
    phrases = WORDS["actions"] + WORDS["things"] + WORDS["people"] + WORDS["places"]
    field = list(dict.fromkeys(" ".join(phrases).lower().split()))
    roots = sorted({word for word in StemmerFactory().get_words() if word.isalpha()})
    chance.shuffle(roots)
    general = [*WORDS["common"], *roots[:6000]]
    weights = list(itertools.accumulate(1 / (rank + 12) for rank in range(len(general))))
    texts = []
    for _ in range(BODIES):
        topical = chance.sample(field, 20)
        words = chance.choices(general, cum_weights=weights, k=WORDS_IN_BODY * 4 // 5)
        words += chance.choices(topical, k=WORDS_IN_BODY // 5)
        texts.append(" ".join([*words, chance.choice(WORDS["laws"])]))
    return [find_vector(title="", keywords=[], summary="", body=text) for text in texts]


def rows(count: int, tenants: list[int]) -> Iterator[list[str]]:
    """Yield the columns of `count` entries as texts for COPY; the same for the same arguments."""
    from toolkit.search import find_vector, rank_vector

    chance = random.Random(SEED + 2)
    made = bodies()
    for number in range(count):
        thing, other = chance.sample(WORDS["things"], 2)
        words = {
            "action": chance.choice(WORDS["actions"]),
            "thing": thing,
            "other": other,
            "people": chance.choice(WORDS["people"]),
            "place": chance.choice(WORDS["places"]),
            "law": chance.choice(WORDS["laws"]),
        }
        title = chance.choice(FRAMES).format(**words)
        title = title[0].upper() + title[1:]
        summary = (
            f"Setelah mempelajari topik ini, {words['people']} dapat menerapkan {thing} "
            f"di {words['place']} dan menjelaskan hubungannya dengan {other}."
        )
        keywords = [thing, words["law"], chance.choice(WORDS["people"])]
        published = NEWEST - timedelta(minutes=chance.randrange(3 * 365 * 24 * 60))
        yield [
            str(uuid.UUID(int=chance.getrandbits(128), version=4)),
            str(chance.choice(tenants)),
            KIND,
            str(uuid.UUID(int=chance.getrandbits(128), version=4)),
            PATH.format(number=number),
            title,
            summary,
            str(chance.choice((1, 2, 2, 2, 3, 4))),
            str(chance.randrange(10, 90)),
            chance.choices(("all_asn", "public", "own"), (70, 25, 5))[0],
            "{}",
            published.isoformat(),
            published.isoformat(),
            find_vector(title=title, keywords=keywords, summary=summary, body="")
            + " "
            + chance.choice(made),
            rank_vector(title=title, keywords=keywords, summary=summary),
        ]


COLUMNS = (
    "id, tenant_id, kind, uuid, path, title, summary, jp, minutes, visibility, agencies, "
    "published_at, updated_at, search, ranking"
)


class _Lines(io.TextIOBase):
    """Hands COPY its lines as they are made, so that they never stand in memory together."""

    def __init__(self, source: Iterator[list[str]]) -> None:
        self._lines = (self._line(columns) for columns in source)
        self._rest = ""

    @staticmethod
    def _line(columns: list[str]) -> str:
        return "\t".join(text.replace("\\", "\\\\").replace("\t", " ") for text in columns) + "\n"

    def readable(self) -> bool:
        return True

    def read(self, size: int | None = -1) -> str:
        while size is None or size < 0 or len(self._rest) < size:
            line = next(self._lines, None)
            if line is None:
                break
            self._rest += line
        size = len(self._rest) if size is None or size < 0 else size
        chunk, self._rest = self._rest[:size], self._rest[size:]
        return chunk


def fill(count: int) -> int:
    """Replace generated entries by `count` new ones of the open tenants; returns their number.

    The search index is made anew afterwards, which is far faster than growing it row by row.
    """
    from django.db import connection, transaction

    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL search_path TO public")
        cursor.execute("SET LOCAL maintenance_work_mem TO '256MB'")
        cursor.execute("SELECT id FROM tenants_tenant WHERE state = 'active' ORDER BY id")
        tenants = [row[0] for row in cursor.fetchall()]
        if not tenants:
            raise SystemExit("No open tenant: open one first (manage.py open_tenant).")
        cursor.execute("DROP INDEX catalog_entry_search")
        cursor.execute("DELETE FROM catalog_entry WHERE path LIKE '/topik/uji-%'")
        cursor.copy_expert(
            f"COPY catalog_entry ({COLUMNS}) FROM STDIN", _Lines(rows(count, tenants))
        )
        # An index cannot be made while checks of the new rows are pending.
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(
            "CREATE INDEX catalog_entry_search ON catalog_entry USING gin (search) "
            "WITH (fastupdate = off)"
        )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE catalog_entry")
    return count


def remove() -> None:
    """Delete all generated entries."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM public.catalog_entry WHERE path LIKE '/topik/uji-%'")


def main() -> None:
    """Fill as many entries as the first argument says (default 100,000)."""
    root = Path(__file__).resolve().parent.parent.parent
    sys.path[:0] = [str(root / "platform"), str(root)]
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    import django

    django.setup()
    count = fill(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
    print(f"{count} entries.")


if __name__ == "__main__":
    main()
