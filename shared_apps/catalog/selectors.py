"""Reads of the catalogue: lists, search in two bounded tiers, providers."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import connection

from shared_apps.catalog.providers import Provider, open_providers, provider
from shared_apps.catalog.visibility import visible_sql
from tenants import hosts
from tenants.models import Tenant
from tenants.selectors import active_tenants
from toolkit import indonesian
from toolkit.search import Query

PAGE_SIZE = 20
# Entries whose title has every word; where they do not fill a page, entries that have them
# anywhere.
MOST_TITLES = 200
MOST_CANDIDATES = 400
# Above this many matches, newest-first walks the index by date instead of sorting them.
MOST_SORTED = 3000
# Deeper pages of a plain list cost more than they tell; the search leads further.
LAST_PAGE = 250

_COLUMNS = ("id", "tenant_id", "path", "title", "summary", "jp", "minutes", "published_at")
_COLUMN_SQL = ", ".join(f"catalog_entry.{name}" for name in _COLUMNS)


@dataclass(frozen=True, slots=True)
class Filters:
    """What a list is narrowed to; `jp` is a half-open range (from, below)."""

    tenant_id: int | None = None
    jp: tuple[Decimal | None, Decimal | None] = (None, None)


@dataclass(frozen=True, slots=True)
class Listed:
    """One entry as lists show it; `jp` is written out, empty for what brings none."""

    title: str
    summary: str
    url: str
    jp: str
    minutes: int
    provider_name: str
    provider_logo: str


@dataclass(frozen=True, slots=True)
class EntryPage:
    """One page of entries; `more` says that the candidates ended before the matches did."""

    entries: list[Listed]
    number: int
    has_next: bool
    more: bool = False

    @property
    def previous(self) -> int:
        """The number of the page before."""
        return self.number - 1

    @property
    def next(self) -> int:
        """The number of the page after."""
        return self.number + 1


def providers() -> list[Provider]:
    """Open providers by name, from memory where possible."""
    return open_providers()


def provider_by_code(code: str) -> Tenant | None:
    """Return an open provider with its agency."""
    return active_tenants().filter(code=code).first()


def _where(account: Any, filters: Filters) -> tuple[str, list[Any]]:
    sql, params = visible_sql(account)
    low, high = filters.jp
    for condition, value in (
        ("catalog_entry.tenant_id = %s", filters.tenant_id),
        ("catalog_entry.jp >= %s", low),
        ("catalog_entry.jp < %s", high),
    ):
        if value is not None:
            sql += f" AND {condition}"
            params.append(value)
    return sql, params


def _fetch(sql: str, params: list[Any], *, by_search_index: bool = False) -> list[tuple[Any, ...]]:
    if by_search_index and not connection.in_atomic_block:
        # The planner does not know what unpacking a long vector costs, and would rather read
        # 2,000 of them in a row than ask the index. The settings end with this statement.
        sql = f"SET LOCAL enable_seqscan TO off; SET LOCAL enable_indexscan TO off; {sql}"
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return cursor.fetchall()


def _page(rows: list[tuple[Any, ...]], number: int, *, last: int, more: bool = False) -> EntryPage:
    entries = []
    for row in rows[:PAGE_SIZE]:
        by = provider(row[1])
        entries.append(
            Listed(
                title=row[3],
                summary=row[4],
                url=hosts.tenant_url(row[1], row[2]),
                jp="" if row[5] is None else indonesian.jp(row[5]),
                minutes=row[6],
                provider_name=by.name,
                provider_logo=by.logo_sha256,
            )
        )
    return EntryPage(entries, number, len(rows) > PAGE_SIZE and number < last, more)


def newest(account: Any, *, filters: Filters | None = None, number: int = 1) -> EntryPage:
    """Return one page of what an account may find, newest first, without counting all."""
    number = max(1, min(number, LAST_PAGE))
    where, params = _where(account, filters or Filters())
    rows = _fetch(
        f"SELECT {_COLUMN_SQL} FROM catalog_entry WHERE {where} "
        "ORDER BY catalog_entry.published_at DESC, catalog_entry.id LIMIT %s OFFSET %s",
        [*params, PAGE_SIZE + 1, (number - 1) * PAGE_SIZE],
    )
    return _page(rows, number, last=LAST_PAGE)


_BY_RELEVANCE = """
WITH titled AS MATERIALIZED (
    SELECT {columns}, catalog_entry.ranking FROM catalog_entry
    WHERE catalog_entry.search @@ %s::tsquery AND {where} LIMIT {titles}
), other AS MATERIALIZED (
    SELECT {columns}, catalog_entry.ranking FROM catalog_entry
    WHERE catalog_entry.search @@ %s::tsquery AND {where}
    LIMIT (SELECT CASE WHEN count(*) < %s THEN {candidates} ELSE 0 END FROM titled)
), candidate AS (
    SELECT titled.*, 0 AS tier FROM titled
    UNION ALL
    SELECT other.*, 1 FROM other WHERE other.id NOT IN (SELECT id FROM titled)
)
SELECT {names}, (SELECT count(*) FROM titled) AS titles, (SELECT count(*) FROM other) AS others
FROM candidate
ORDER BY tier, ts_rank_cd('{{0.1, 0.3, 0.6, 1.0}}', ranking, %s::tsquery) DESC,
    published_at DESC, id
LIMIT %s OFFSET %s
"""


def search(
    query: Query, account: Any, *, filters: Filters | None = None, number: int = 1
) -> EntryPage:
    """Return one page of what a query finds, best first, with one statement (two for nothing).

    Up to 200 entries whose title has every word come first. Where they do not fill the page,
    entries that have every word anywhere follow, up to 400. Only these candidates are ranked.
    """
    last = MOST_CANDIDATES // PAGE_SIZE
    number = max(1, min(number, last))
    rows = _candidates(query, query.anywhere, account, filters or Filters(), number)
    if not rows:
        rows = _candidates(query, query.begun_anywhere, account, filters or Filters(), number)
    more = bool(rows) and (rows[0][-2] == MOST_TITLES or rows[0][-1] == MOST_CANDIDATES)
    return _page(rows, number, last=last, more=more)


def _candidates(
    query: Query, anywhere: str, account: Any, filters: Filters, number: int
) -> list[tuple[Any, ...]]:
    where, params = _where(account, filters)
    sql = _BY_RELEVANCE.format(
        columns=_COLUMN_SQL,
        names=", ".join(_COLUMNS),
        where=where,
        titles=MOST_TITLES,
        candidates=MOST_CANDIDATES,
    )
    skipped = (number - 1) * PAGE_SIZE
    needed = skipped + PAGE_SIZE + 1
    bounds = [query.ranking, PAGE_SIZE + 1, skipped]
    values = [query.in_title, *params, anywhere, *params, needed, *bounds]
    return _fetch(sql, values, by_search_index=True)


_BY_DATE = """
WITH found AS MATERIALIZED (
    SELECT {columns} FROM catalog_entry
    WHERE catalog_entry.search @@ %s::tsquery AND {where} LIMIT {sorted}
)
SELECT {names}, (SELECT count(*) FROM found) FROM found
ORDER BY published_at DESC, id LIMIT %s OFFSET %s
"""


def search_newest(
    query: Query, account: Any, *, filters: Filters | None = None, number: int = 1
) -> EntryPage:
    """Return one page of what a query finds, newest first.

    A second statement walks the index by date where a word is so common that sorting all of its
    entries would cost more than meeting twenty of them on the way.
    """
    number = max(1, min(number, LAST_PAGE))
    where, params = _where(account, filters or Filters())
    bounds = [PAGE_SIZE + 1, (number - 1) * PAGE_SIZE]
    sql = _BY_DATE.format(
        columns=_COLUMN_SQL, names=", ".join(_COLUMNS), where=where, sorted=MOST_SORTED
    )
    anywhere = query.anywhere
    rows = _fetch(sql, [anywhere, *params, *bounds], by_search_index=True)
    if not rows:
        anywhere = query.begun_anywhere
        rows = _fetch(sql, [anywhere, *params, *bounds], by_search_index=True)
    if rows and rows[0][-1] == MOST_SORTED:
        rows = _fetch(
            f"SELECT {_COLUMN_SQL} FROM catalog_entry "
            f"WHERE catalog_entry.search @@ %s::tsquery AND {where} "
            "ORDER BY catalog_entry.published_at DESC, catalog_entry.id LIMIT %s OFFSET %s",
            [anywhere, *params, *bounds],
        )
    return _page(rows, number, last=LAST_PAGE)


def words_without_match(query: Query, account: Any) -> list[str]:
    """Return the words of a query that nothing visible has: what to correct when it finds nothing.

    One statement, whatever the number of words.
    """
    where, params = visible_sql(account)
    probes = ", ".join(
        "EXISTS (SELECT 1 FROM catalog_entry "
        f"WHERE catalog_entry.search @@ %s::tsquery AND {where})"
        for _ in query.units
    )
    values = [value for unit in query.units for value in (unit.find(), *params)]
    (found,) = _fetch(f"SELECT {probes}", values, by_search_index=True)
    return [unit.text for unit, there in zip(query.units, found, strict=True) if not there]
