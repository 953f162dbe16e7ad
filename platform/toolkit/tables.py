"""Lists of the workspace: filtered, sorted and paged by the address, and downloaded whole.

A view describes its columns and filters once; page, XLSX and CSV come from the same description.
"""

import datetime
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import FieldDoesNotExist
from django.core.paginator import Page, Paginator
from django.db.models import F, OrderBy, QuerySet
from django.http import HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from toolkit import indonesian, xlsx
from toolkit.csv_files import csv_lines

Text = str | Promise
PAGE_SIZE = 50
#: Rows up to which a download is answered at once; above it is a job.
MOST_AT_ONCE = 5_000
#: Rows fetched together while a download runs.
CHUNK = 1_000


@dataclass(frozen=True)
class Column:
    """One column. `value(row)` is the plain value of exports and, unless `cell` is given, of pages.

    `order` are the ORM fields that it sorts by (ascending); none means that it does not sort.
    `cell(row)` may return safe HTML for the page. The first column names the row.
    """

    key: str
    label: Text
    value: Callable[[Any], object]
    order: Sequence[str] = ()
    numeric: bool = False
    cell: Callable[[Any], object] | None = None
    only_export: bool = False


@dataclass(frozen=True)
class Filter:
    """One field of the filter row: a choice, or a search text where `choices` is None.

    `apply(rows, value)` narrows the rows; it is not called for an empty value or an unknown
    choice. Values come from the address and may be anything.
    """

    key: str
    label: Text
    apply: Callable[[Any, str], Any]
    choices: Sequence[tuple[str, Text]] | None = None


@dataclass(frozen=True)
class _Head:
    label: Text
    numeric: bool
    url: str
    sort: str


@dataclass(frozen=True)
class _Cell:
    label: Text
    value: object
    numeric: bool


@dataclass(frozen=True)
class _Field:
    key: str
    label: Text
    choices: Sequence[tuple[str, Text]] | None
    value: str


def _shown(value: object) -> object:
    """Return a value as pages write it: times and days the Indonesian way, yes and no in words."""
    if isinstance(value, datetime.datetime):
        return indonesian.date_time(value)
    if isinstance(value, datetime.date):
        return indonesian.date_short(value)
    if isinstance(value, bool):
        return _("Ya") if value else _("Tidak")
    return value


@dataclass
class Listing:
    """A list as the address asks for it; `params` is `request.GET` or what a job has kept.

    `rows` is a queryset. `enrich(rows)` may turn one page or chunk of rows into what the columns
    read (names from another table), keeping their order: a fixed number of queries each time.
    `default` names the column that sorts at first, with `-` for descending.
    """

    params: Mapping[str, str]
    rows: QuerySet[Any]
    columns: Sequence[Column]
    filters: Sequence[Filter] = ()
    default: str = ""
    enrich: Callable[[list[Any]], Sequence[Any]] | None = None
    name: str = "daftar"
    _chosen: dict[str, str] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        """Apply filters and order."""
        for each in self.filters:
            value = self.params.get(each.key, "").replace("\0", "").strip()[:100]
            known = each.choices is None or value in {key for key, _label in each.choices}
            self._chosen[each.key] = value if known else ""
            if value and known:
                self.rows = each.apply(self.rows, value)
        self._sort = self._asked_sort()
        order = self._order(self._sort)
        if order:
            self.rows = self.rows.order_by(*order, "pk")

    def _asked_sort(self) -> str:
        asked = self.params.get("urut", "")
        sortable = {column.key for column in self.columns if column.order}
        return asked if asked.removeprefix("-") in sortable else self.default

    def _order(self, sort: str) -> list[str | OrderBy]:
        column = next((c for c in self.columns if c.key == sort.removeprefix("-")), None)
        if column is None:
            return []
        down = sort.startswith("-")
        return [
            self._by(name.removeprefix("-"), down != name.startswith("-")) for name in column.order
        ]

    def _by(self, name: str, down: bool) -> str | OrderBy:
        """Order by one field; what is empty stands last either way."""
        if not down:
            return name
        try:
            never_empty = not self.rows.model._meta.get_field(name).null
        except FieldDoesNotExist:
            never_empty = False
        # Without "nulls last" where nothing is empty, so that an index serves the order.
        return f"-{name}" if never_empty else F(name).desc(nulls_last=True)

    # --- the page ---------------------------------------------------------------------------

    @property
    def page(self) -> Page[Any]:
        """The page that the address names, made once."""
        if not hasattr(self, "_page"):
            self._page = Paginator(self.rows, PAGE_SIZE).get_page(self.params.get("halaman"))
        return self._page

    @property
    def count(self) -> int:
        """How many rows there are in all."""
        return self.page.paginator.count

    @property
    def is_filtered(self) -> bool:
        """Whether any filter narrows the rows."""
        return any(self._chosen.values())

    @property
    def fields(self) -> list[_Field]:
        """The filter row."""
        return [
            _Field(each.key, each.label, each.choices, self._chosen[each.key])
            for each in self.filters
        ]

    def chosen(self, key: str) -> str:
        """Return the value of a filter, empty for none."""
        return self._chosen[key]

    @property
    def sort(self) -> str:
        """The column that sorts, with `-` for descending; the filter form carries it along."""
        return self._sort if self._sort != self.default else ""

    def query(self, **changed: str) -> str:
        """Return the address's query with some parts changed; empty ones are left out."""
        parts = {**self._chosen, "urut": self.sort, **changed}
        return "?" + urlencode({key: value for key, value in parts.items() if value})

    @property
    def heads(self) -> list[_Head]:
        """The header row, each with the address that sorts by it."""
        heads = []
        for column in self.columns:
            if column.only_export:
                continue
            here = self._sort.removeprefix("-") == column.key
            down = here and self._sort.startswith("-")
            url = ""
            if column.order:
                url = self.query(urut=column.key if not here or down else f"-{column.key}")
            sort = ("descending" if down else "ascending") if here and column.order else ""
            heads.append(_Head(column.label, column.numeric, url, sort))
        return heads

    @property
    def lines(self) -> list[tuple[Any, list[_Cell]]]:
        """The rows of the page, each with its cells."""
        rows = list(self.page.object_list)
        shown = [column for column in self.columns if not column.only_export]
        return [
            (row, [_Cell(c.label, _shown((c.cell or c.value)(row)), c.numeric) for c in shown])
            for row in (self.enrich(rows) if self.enrich else rows)
        ]

    # --- downloads --------------------------------------------------------------------------

    @property
    def header(self) -> list[str]:
        """The header of downloads."""
        return [str(column.label) for column in self.columns]

    def values(self, chunk: int = CHUNK) -> Iterator[list[object]]:
        """Yield every row's plain values, `chunk` rows at a time from the database."""
        waiting: list[Any] = []
        for row in self.rows.iterator(chunk_size=chunk):
            waiting.append(row)
            if len(waiting) == chunk:
                yield from self._plain(waiting)
                waiting = []
        yield from self._plain(waiting)

    def _plain(self, rows: list[Any]) -> Iterator[list[object]]:
        if rows:
            for row in self.enrich(rows) if self.enrich else rows:
                yield [column.value(row) for column in self.columns]

    @property
    def wants_download(self) -> bool:
        """Whether the address asks for a file."""
        return self.params.get("format") in {"xlsx", "csv"}

    def download(self) -> HttpResponse:
        """Return the file that the address asks for; for lists up to MOST_AT_ONCE."""
        return answer(self.name, self.header, self.values(), self.params.get("format", ""))

    def save(self, path: Path, note: Callable[[int], object] = lambda done: None) -> int:
        """Write the file to `path` without holding the rows in memory; returns their number.

        `note(done)` is called after each row that it may report.
        """
        done = 0

        def counted() -> Iterator[list[object]]:
            nonlocal done
            for row in self.values():
                yield row
                done += 1
                note(done)

        if self.params.get("format") == "csv":
            with path.open("w", encoding="utf-8", newline="") as file:
                file.writelines(csv_lines(self.header, counted()))
        else:
            xlsx.save(path, self.header, counted())
        return done


def answer(
    name: str, header: Sequence[object], rows: Iterator[Sequence[object]], kind: str
) -> HttpResponse:
    """Return a table as a file: CSV where `kind` is "csv", else XLSX."""
    if kind != "csv":
        return xlsx.download(name, header, rows)
    # Made whole while the request's schema is open, and so never a file cut short.
    lines = "".join(csv_lines(header, rows))
    response = HttpResponse(lines, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response
