"""Results of learning: exact figures by topic, month and agency, without personal data."""

import datetime
from collections.abc import Callable
from typing import Any

import pytest

from tests.pages import words_of
from tests.tenant_apps.reports.conftest import make_topic, queries_of
from tests.toolkit.test_xlsx import rows_of

URL = "/kelola/hasil/"
Makes = Callable[..., Any]
NOON = datetime.time(5, tzinfo=datetime.UTC)


@pytest.fixture
def reader(client_for: Makes, tenant_a: Any, worker: Makes) -> Any:
    return client_for(tenant_a, worker("leader"))


@pytest.fixture
def people(make_account: Makes, begin: Makes, finish: Makes, tenant_a: Any) -> None:
    """Four started two topics, three completed: 40→80, 80→60 (second try), 0→70."""
    other = make_topic(tenant_a, "disiplin", "Disiplin PNS")
    for days, pre, post, attempts, of in (
        (2, 4, 8, 1, None), (4, 8, 6, 2, None), (0, 0, 7, 1, other),
    ):  # fmt: skip
        row = begin(make_account(name="Rahasia Nama", agency="bkn"), days_ago=days, of=of)
        finish(row, pre=pre, post=post, attempts=attempts)
    begin(make_account(name="Rahasia Nama", agency="kemenkumham"))


def test_empty(reader: Any) -> None:
    page = words_of(reader.get(URL))
    assert "Belum ada hasil" in page and "N-gain" not in page


def test_figures_of_all_and_of_one_topic(reader: Any, people: None) -> None:
    response = reader.get(URL)
    page = words_of(response)
    for text in (
        "Penyelesaian 75,0 %", "Rata-rata pre-test 40,0", "Rata-rata post-test 70,0",
        "Kenaikan 30,0", "N-gain 0,12", "Lulus pada kesempatan pertama 66,7 %",
        "Median hari sampai selesai 2", "JP diberikan 6", "Disiplin PNS",
        "Badan Kepegawaian Negara",
    ):  # fmt: skip
        assert text in page, text
    assert "Rahasia" not in page
    page = words_of(reader.get(URL, {"topik": "disiplin"}))
    for text in ("Kenaikan 70,0", "N-gain 0,70", "Penyelesaian 100,0 %", "N-gain tinggi 1"):
        assert text in page, text
    assert "Per instansi" not in page
    page = words_of(reader.get(URL, {"topik": "cuti-pns"}))
    assert "Median hari sampai selesai 3" in page and "N-gain −0,17" in page


def test_periods(reader: Any, make_account: Makes, begin: Makes, finish: Makes) -> None:
    moment = datetime.datetime.combine(datetime.date(2025, 3, 1), NOON)
    row = begin(make_account(), started_at=moment)
    finish(row, at=moment)
    begin(make_account())
    assert "Mulai 2 " in words_of(reader.get(URL))
    page = words_of(reader.get(URL, {"periode": "2025"}))
    assert "Mulai 1 Selesai 1" in page and "Mar 2025" in page
    page = words_of(reader.get(URL, {"periode": "bulan-ini"}))
    assert "Mulai 1 Selesai 0" in page and "Mar 2025" not in page
    assert "Tidak ada yang cocok" in words_of(reader.get(URL, {"periode": "bulan-lalu"}))


def test_what_is_unknown_in_the_address_changes_nothing(reader: Any, people: None) -> None:
    page = words_of(reader.get(URL, {"topik": "\0x", "periode": "9999", "urut": "-"}))
    assert "Mulai 4 Selesai 3" in page


def test_tables_as_files(reader: Any, people: None) -> None:
    header, first, second = rows_of(reader.get(URL, {"format": "xlsx"}).content)
    assert header[:4] == ["Topik", "Mulai", "Selesai", "Penyelesaian (%)"]
    assert first[:8] == ["Cuti PNS", 3, 2, 66.7, 60, 70, 10, -0.17]
    assert second[0] == "Disiplin PNS"
    (header, *rows) = rows_of(reader.get(URL, {"format": "xlsx", "tabel": "instansi"}).content)
    assert rows[0][:3] == ["Badan Kepegawaian Negara", 3, 3]
    assert [row[1:3] for row in rows] == [[3, 3], [1, 0]]
    csv = reader.get(URL, {"format": "csv", "tabel": "bulan"}).content.decode("utf-8-sig")
    assert csv.startswith("Bulan,Mulai,Selesai") and len(csv.splitlines()) >= 2


def test_order_by_figures(reader: Any, people: None) -> None:
    for column, first in (
        ("-ngain", "Disiplin PNS"),
        ("ngain", "Cuti PNS"),
        ("-mulai", "Cuti PNS"),
    ):
        rows = rows_of(reader.get(URL, {"format": "xlsx", "urut": column}).content)
        assert rows[1][0] == first, column


def test_query_count_does_not_grow(
    reader: Any, tenant_a: Any, topic: Any, people: None, make_account: Makes, begin: Makes
) -> None:
    queries_of(reader, URL)
    few = queries_of(reader, URL)
    for number in range(60):
        begin(
            make_account(agency="bkn"),
            of=make_topic(tenant_a, f"topik-{number}", f"Topik {number}"),
            days_ago=number * 20,
        )
    assert queries_of(reader, URL) == few <= 16


def test_who_may_read(
    client_for: Makes, tenant_a: Any, tenant_b: Any, worker: Makes, make_account: Makes
) -> None:
    manager = worker("manager")
    for url in (URL, "/kelola/kepuasan/"):
        for client, expected in (
            (client_for(tenant_a), 302),
            (client_for(tenant_a, make_account()), 403),
            (client_for(tenant_a, worker("trainer")), 403),
            (client_for(tenant_a, worker("author")), 403),
            (client_for(tenant_a, worker("assessor")), 200),
            (client_for(tenant_a, manager), 200),
            (client_for(tenant_b, manager), 403),
        ):
            assert client.get(url).status_code == expected


def test_means_of_few_are_for_who_may_see_the_people(
    client_for: Makes, tenant_a: Any, worker: Makes, people: None
) -> None:
    """An assessor sees no names, so no mean that is one person's score either."""
    leader, assessor = (
        client_for(tenant_a, worker("leader")),
        client_for(tenant_a, worker("assessor")),
    )
    assert "Rata-rata post-test 70,0" in words_of(leader.get(URL))
    page = words_of(assessor.get(URL))
    assert "Selesai 3" in page and "70,0" not in page and "N-gain tinggi" not in page
    for query in ({}, {"tabel": "instansi"}, {"tabel": "bulan"}):
        rows = rows_of(assessor.get(URL, {"format": "xlsx", **query}).content)
        assert all(cell in ("", None) for row in rows[1:] for cell in row[4:9]), query
