"""Satisfaction: the index with its unsur, from enough answers only, and anonymous comments."""

import datetime
import uuid
from collections.abc import Callable
from typing import Any
from unittest import mock

import pytest

from tests.pages import words_of
from tests.tenant_apps.reports.conftest import make_topic, queries_of
from tests.toolkit.test_xlsx import rows_of

URL = "/kelola/kepuasan/"
Makes = Callable[..., Any]


@pytest.fixture
def reader(client_for: Makes, tenant_a: Any, worker: Makes) -> Any:
    return client_for(tenant_a, worker("leader"))


@pytest.fixture
def answer(tenant_a: Any, topic: Any) -> Makes:
    """Return `answer(points=3, times=1, of=None, on=None, U9=1, comment="", offering=None)`."""
    from tenant_apps.surveys import services
    from tenant_apps.surveys.choices import Unsur
    from tenants.schemas import in_tenant

    def send(
        points: int = 3,
        *,
        times: int = 1,
        of: Any = None,
        on: datetime.date | None = None,
        comment: str = "",
        offering: uuid.UUID | None = None,
        **unsur: int,
    ) -> None:
        day = on or datetime.date(2026, 11, 20)
        with in_tenant(tenant_a), mock.patch("django.utils.timezone.localdate", lambda **_: day):
            for _time in range(times):
                services.send_response(
                    subject_kind="topic",
                    subject_uuid=(of or topic).pk,
                    answers=dict.fromkeys(Unsur.values, points) | unsur,
                    comment=comment,
                    free_service=True,
                    offering=offering,
                )

    return send


def test_empty(reader: Any) -> None:
    assert "Belum ada jawaban survei" in words_of(reader.get(URL))


def test_fewer_than_five_show_their_number_only(reader: Any, answer: Makes) -> None:
    answer(times=4, comment="Saran yang menunjuk orang")
    page = words_of(reader.get(URL))
    assert "Indeks tampil mulai 5 jawaban" in page and "Jawaban 4" in page
    assert "menunjuk orang." in page and "Saran yang menunjuk orang" not in page
    rows = rows_of(reader.get(URL, {"format": "xlsx", "tabel": "topik"}).content)
    assert rows[1][:3] == ["Cuti PNS", 4, ""]
    csv = reader.get(URL, {"format": "csv", "tabel": "saran"}).content.decode()
    assert "menunjuk" not in csv


def test_the_index_and_its_unsur(reader: Any, answer: Makes) -> None:
    """All else 3, facilities 1, the free cost at 4: (7×3 + 4 + 1) / 9 × 25 = 72,22 C."""
    answer(times=5, U9=1, U4=4, comment="Ruang kelas <b>panas</b>")
    page = reader.get(URL).content.decode()
    assert "Ruang kelas &lt;b&gt;panas&lt;/b&gt;" in page
    text = words_of(reader.get(URL))
    for part in ("IKM 72,22", "Mutu C", "Prioritas perbaikan: Sarana dan prasarana", "0,333"):
        assert part in text, part
    assert page.count("chart-strong") == 1
    (header, row) = rows_of(reader.get(URL, {"format": "xlsx", "tabel": "topik"}).content)
    assert header[1] == "Jawaban" and header[2].startswith("NRR U1")
    assert row[1] == 5 and row[10] == 1 and row[11:14] == [72.22, "C", "Kurang baik"]
    assert row[14] == "Sarana dan prasarana"


def test_a_tie_names_all_but_never_the_fixed_cost(reader: Any, answer: Makes) -> None:
    answer(4, times=5)
    text = words_of(reader.get(URL))
    assert "IKM 100,00" in text and "Mutu A" in text
    line = text.split("Prioritas perbaikan:")[1].split("Nilai rata-rata")[0]
    assert "Biaya/tarif" not in line and line.count(",") >= 7


def test_by_topic_class_and_period(reader: Any, answer: Makes, tenant_a: Any, topic: Any) -> None:
    other = make_topic(tenant_a, "disiplin", "Disiplin PNS")
    kelas = uuid.uuid4()
    answer(4, times=5, on=datetime.date(2025, 1, 5))
    answer(1, times=5, of=other, U4=4, offering=kelas)
    answer(4, times=2, of=other, offering=uuid.uuid4())
    text = words_of(reader.get(URL))
    # Weakest topic first.
    assert text.rindex("Disiplin PNS") < text.rindex("Cuti PNS")
    assert "Jawaban 12" in text and "Jan 2025" in text
    assert "IKM 100,00" in words_of(reader.get(URL, {"topik": str(topic.pk)}))
    assert "IKM 33,33" in words_of(reader.get(URL, {"kelas": str(kelas)}))
    assert "Jawaban 5" in words_of(reader.get(URL, {"periode": "2025"}))
    assert "Tidak ada jawaban" in words_of(reader.get(URL, {"topik": str(uuid.uuid4())}))
    assert "Jawaban 12" in words_of(reader.get(URL, {"topik": "x", "kelas": "\0", "periode": "?"}))
    classes = rows_of(reader.get(URL, {"format": "xlsx", "tabel": "kelas"}).content)
    assert [(row[1], row[11]) for row in classes[1:]] == [(5, 33.33), (2, "")]
    months = rows_of(reader.get(URL, {"format": "xlsx", "tabel": "bulan"}).content)
    assert [row[1] for row in months[1:]] == [5, 7]


def test_comments_show_only_out_of_a_crowd(
    reader: Any, answer: Makes, tenant_a: Any, topic: Any
) -> None:
    """Topic and class of a comment must each time stand for enough people; no month is told."""
    other = make_topic(tenant_a, "disiplin", "Disiplin PNS")
    kelas, small = uuid.uuid4(), uuid.uuid4()
    answer(times=5, comment="dari banyak sendiri")
    answer(times=4, of=other, comment="dari empat sendiri")
    answer(times=5, of=other, offering=kelas, comment="dari kelas besar")
    answer(times=4, of=other, offering=small, comment="dari kelas kecil")
    answer(times=4, offering=kelas, comment="topik lain di kelas besar")
    answer(times=1, of=other, offering=kelas, on=datetime.date(2025, 1, 5), comment="dari Januari")

    def shown(**asked: str) -> set[str]:
        """What the page and the file show, which must be the same."""
        page = words_of(reader.get(URL, asked))
        rows = rows_of(reader.get(URL, {**asked, "format": "xlsx", "tabel": "saran"}).content)
        assert rows[0] == ["Topik", "Saran"]
        found = {row[1] for row in rows[1:]}
        assert all(text in page for text in found)
        for text in {"dari empat", "dari kelas kecil", "topik lain", "dari Januari"}:
            assert (text in page) == any(text in each for each in found), text
        return found

    assert shown() == {"dari banyak sendiri", "dari kelas besar", "dari Januari"}
    assert shown(kelas=str(kelas)) == {"dari kelas besar", "dari Januari"}
    assert shown(kelas=str(small)) == set()
    assert shown(topik=str(other.pk)) == {"dari kelas besar", "dari Januari"}
    # Alone in its year it would point at who completed then.
    assert shown(periode="2025") == set()
    assert shown(kelas=str(kelas), periode="2026") == {"dari kelas besar"}


def test_a_poor_topic_asks_for_attention(
    reader: Any, answer: Makes, client_for: Makes, tenant_a: Any, worker: Makes
) -> None:
    today = datetime.date.today()
    answer(2, times=5, U4=4, on=today.replace(day=1))
    assert "Topik dengan kepuasan kurang" in words_of(reader.get("/kelola/"))
    author = client_for(tenant_a, worker("author"))
    assert "kepuasan kurang" not in words_of(author.get("/kelola/"))


def test_query_count_does_not_grow(reader: Any, answer: Makes, tenant_a: Any) -> None:
    answer(times=5, comment="a")
    queries_of(reader, URL)
    few = queries_of(reader, URL)
    for number in range(30):
        answer(times=2, of=make_topic(tenant_a, f"t-{number}", f"T {number}"), comment="b")
    assert queries_of(reader, URL) == few <= 16


def test_what_is_left_of_the_whole_tells_nobody(
    reader: Any, answer: Makes, tenant_a: Any, topic: Any
) -> None:
    """Six answers less five that are shown are the one that is hidden: both are hidden then."""
    other = make_topic(tenant_a, "disiplin", "Disiplin PNS")
    third = make_topic(tenant_a, "kinerja", "Kinerja PNS")
    answer(4, times=5)
    answer(1, of=other)
    answer(3, times=9, of=third)

    def shown(table: str, **params: str) -> list[Any]:
        rows = rows_of(reader.get(URL, {"format": "xlsx", "tabel": table, **params}).content)
        return sorted((row[1], row[11]) for row in rows[1:])

    assert shown("topik") == [(1, ""), (5, ""), (9, 75)]
    # Learning alone is in no row of the classes, but in the whole.
    answer(3, times=7, of=topic, offering=uuid.uuid4())
    answer(3, times=6, of=topic, offering=uuid.uuid4())
    assert shown("kelas", topik=str(topic.pk)) == [(6, 75), (7, 75)]
    assert shown("kelas", topik=str(other.pk)) == []
    answer(1, of=other, on=datetime.date(2026, 9, 1), offering=uuid.uuid4())
    assert shown("bulan") == [(1, ""), (28, "")]
