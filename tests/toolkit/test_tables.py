"""Lists: filters and order from the address, pages, and downloads of the same rows."""

import csv
import datetime
import io
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.db.models import QuerySet
from django.test.utils import CaptureQueriesContext
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from tests.toolkit.test_xlsx import rows_of
from toolkit.csv_files import csv_lines
from toolkit.tables import Column, Filter, Listing

Makes = Callable[..., Any]
COLUMNS = [
    Column("nama", _("Nama"), lambda row: row.name, order=["name"]),
    Column(
        "instansi", _("Instansi"), lambda row: row.home_agency.name, order=["home_agency__name"]
    ),
    Column("surel", "Surel", lambda row: row.email, cell=lambda row: format_html("<b>{}</b>", "@")),
    Column("sejak", "Sejak", lambda row: row.date_joined, only_export=True),
]


@pytest.fixture(autouse=True)
def _database(db: None) -> None:
    """These tests need one."""


@pytest.fixture
def listing(make_account: Makes) -> Makes:
    """Return `listing(**params)` over four accounts."""
    from shared_apps.accounts.models import Account

    made = [
        make_account(name=name, agency=agency)
        for name, agency in (
            ("=Ayu", "bkn"), ("Budi", "kemenkumham"), ("Citra", "bkn"), ("budi", "bkn"),
        )
    ]  # fmt: skip

    def make(rows: Any = None, **params: str) -> Listing:
        found: QuerySet[Any] = Account.objects.filter(pk__in=[one.pk for one in made])
        return Listing(
            params=params,
            rows=found.select_related("home_agency"),
            columns=COLUMNS,
            filters=[
                Filter(
                    "instansi",
                    "Instansi",
                    lambda rows, value: rows.filter(home_agency__code=value),
                    choices=[("bkn", "BKN"), ("kemenkumham", "Kemenkumham")],
                ),
                Filter("q", "Nama", lambda rows, value: rows.filter(name__icontains=value)),
            ],
            default="-nama",
            name="orang",
        )

    return make


def names(one: Listing) -> list[str]:
    return [row.name for row, _cells in one.lines]


def test_filters_narrow_and_stay_in_every_address(listing: Makes) -> None:
    one = listing(instansi="bkn", q=" BUDI ")
    assert names(one) == ["budi"] and one.is_filtered and one.count == 1
    assert [field.value for field in one.fields] == ["bkn", "BUDI"]
    assert one.query(halaman="2") == "?instansi=bkn&q=BUDI&halaman=2"


@pytest.mark.parametrize("value", ["tidak-ada", "", " ", "\0", "'; DROP TABLE"])
def test_an_unknown_choice_is_no_filter(listing: Makes, value: str) -> None:
    one = listing(instansi=value)
    assert one.count == 4 and not one.is_filtered


def test_order_comes_from_the_address_and_knows_only_columns(listing: Makes) -> None:
    assert names(listing(urut="nama"))[0] == "=Ayu"
    assert names(listing(urut="-nama"))[-1] == "=Ayu"
    for strange in ("surel", "password", "-", "--nama", "home_agency__name"):
        assert names(listing(urut=strange)) == names(listing())
    heads = listing(urut="nama").heads
    assert (heads[0].sort, heads[0].url) == ("ascending", "?urut=-nama")
    assert [head.url for head in heads[1:]] == ["?urut=instansi", ""]
    assert (listing().heads[0].sort, listing().heads[0].url) == ("descending", "?urut=nama")


def test_what_is_empty_stands_last_in_both_directions(make_account: Makes) -> None:
    from shared_apps.accounts.models import Identity

    for state in ("declared", "confirmed"):
        account = make_account()
        moment = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)
        Identity.objects.filter(pk=account.pk).update(
            decided_at=moment if state == "confirmed" else None,
            decided_by=account.pk if state == "confirmed" else None,
        )
    columns = [Column("kapan", "Kapan", lambda row: row.decided_at, order=["decided_at"])]
    for order in ("kapan", "-kapan"):
        one = Listing(params={"urut": order}, rows=Identity.objects.all(), columns=columns)
        assert [row.decided_at is None for row, _cells in one.lines] == [False, True]


@pytest.mark.parametrize("page", ["0", "-1", "x", "999999999999999999999", ""])
def test_strange_pages_show_a_page(listing: Makes, page: str) -> None:
    assert listing(halaman=page).lines


def test_cells_may_be_html_and_texts_stay_texts(listing: Makes) -> None:
    _row, cells = listing().lines[0]
    assert str(cells[2].value) == "<b>@</b>" and len(cells) == 3


def test_csv_has_all_rows_and_no_formula(listing: Makes) -> None:
    one = listing(format="csv", instansi="bkn")
    assert one.wants_download
    response = one.download()
    assert response["Content-Disposition"] == 'attachment; filename="orang.csv"'
    text = response.content.decode("utf-8-sig")
    header, *rows = csv.reader(io.StringIO(text))
    assert header == ["Nama", "Instansi", "Surel", "Sejak"]
    assert {row[0] for row in rows} == {"budi", "Citra", "'=Ayu"}
    assert len(rows[0][3]) == len("2026-01-01 08:00"), "moments in local time, as in XLSX"


def test_xlsx_has_the_same_rows(listing: Makes, tmp_path: Path) -> None:
    one = listing(format="xlsx", urut="nama")
    rows = rows_of(one.download().content)
    assert [row[0] for row in rows] == ["Nama", "=Ayu", "Budi", "budi", "Citra"] or (
        {row[0] for row in rows[1:]} == {"=Ayu", "Budi", "budi", "Citra"}
    )
    noted: list[int] = []
    assert one.save(tmp_path / "a", noted.append) == 4 and noted[-1] == 4
    assert rows_of((tmp_path / "a").read_bytes()) == rows
    assert listing(format="csv").save(tmp_path / "b") == 4
    assert (tmp_path / "b").read_text("utf-8-sig").count("\n") == 5


def test_rows_are_enriched_a_chunk_at_a_time(listing: Makes) -> None:
    from django.db import connection

    one = listing()
    chunks: list[int] = []

    def enrich(rows: list[Any]) -> list[Any]:
        chunks.append(len(rows))
        return rows

    one.enrich = enrich
    with CaptureQueriesContext(connection) as queries:
        assert len(list(one.values(chunk=3))) == 4
    assert chunks == [3, 1] and len(queries) <= 2


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@A", "\t=1", "\r=1", "\n=1", " =1", "  -1"])
def test_every_beginning_of_a_formula_is_disarmed(text: str) -> None:
    (line,) = list(csv_lines(["a"], iter([[text]])))[1:]
    assert next(csv.reader(io.StringIO(line)))[0] == f"'{text}"


def test_plain_values_in_csv() -> None:
    day = datetime.date(2026, 1, 2)
    lines = list(csv_lines(["a", "b", "c", "d"], iter([[None, -5, Decimal("39.60"), day]])))
    assert lines[1] == ",-5,39.60,2026-01-02\r\n"


def test_pages_write_times_days_and_booleans_in_words(db: None) -> None:
    from shared_apps.accounts.models import Account

    Account.objects.create(name="Ayu", email="ayu@contoh.test")
    moment = datetime.datetime(2026, 11, 22, 3, 42, tzinfo=datetime.UTC)
    columns = [
        Column("a", "Saat", lambda row: moment),
        Column("b", "Hari", lambda row: moment.date()),
        Column("c", "Aktif", lambda row: row.is_active),
    ]
    ((_row, cells),) = Listing({}, Account.objects.order_by("pk"), columns).lines
    assert [cell.value for cell in cells] == ["22 Nov 2026 10.42 WIB", "22 Nov 2026", "Ya"]
