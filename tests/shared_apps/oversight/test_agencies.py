"""`/lan/`: numbers, refusals, filters, order and the workbook."""

import io
import uuid
import zipfile
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from python_calamine import CalamineWorkbook

from shared_apps.access import services as access
from shared_apps.accounts.models import HeadCount
from shared_apps.employees.models import StaffCount
from shared_apps.employees.services.counts import Moves
from shared_apps.oversight import documents, selectors
from shared_apps.oversight.selectors import NOBODY, AgencyRow, Group
from shared_apps.recognition.models import AgencyTotal
from tenants.models import Agency, Tenant
from tests.pages import text_of
from tests.shared_apps.employees.conftest import make_employee
from toolkit import xlsx

__all__ = ["make_employee"]
YEAR = timezone.localdate().year


@pytest.fixture
def overseer(make_account: Any, client_for: Any, tenant_a: Any) -> Client:
    """A client on the portal with the overseer's role at the tenant that oversees."""
    Tenant.objects.filter(pk=tenant_a.pk).update(oversees=True)
    tenant_a.oversees = True
    account = make_account(agency="lan")
    access.grant_role(account=account, tenant=tenant_a, role="overseer", by=None)
    client: Client = client_for(None, account)
    return client


@pytest.fixture
def totals(db: None) -> None:
    """Kept totals of two agencies, over several shards."""
    HeadCount.objects.all().delete()
    bkn, kumham = (Agency.objects.get(code=code) for code in ("bkn", "kemenkumham"))
    for agency, shard, declared, confirmed in (
        (bkn, 0, 5, 1_000),
        (bkn, 1, 3, 204),
        (kumham, 0, 88, 0),
    ):
        HeadCount.objects.create(agency=agency, shard=shard, declared=declared, confirmed=confirmed)
    for agency, confirmed, shard, jp, certificates, learners, met in (
        (bkn, True, 0, "30.00", 15, 10, 1),
        (bkn, True, 1, "12.50", 6, 4, 602),
        (bkn, False, 0, "2.00", 1, 1, 0),
        (kumham, False, 0, "40.00", 20, 7, 2),
    ):
        AgencyTotal.objects.create(
            agency=agency,
            year=YEAR,
            confirmed=confirmed,
            shard=shard,
            jp_credited=Decimal(jp),
            certificates=certificates,
            learners=learners,
            met=met,
        )


def names(text: str) -> list[str]:
    """Return the agencies of the table, in order."""
    return [part.split("</th>")[0] for part in text.split('<th scope="row">')[1:]]


@pytest.mark.usefixtures("totals")
def test_numbers_per_agency() -> None:
    """Shards are summed, confirmed and declared people stay apart."""
    rows = {row.short_name: row for row in selectors.agency_rows(YEAR)}
    assert rows["BKN"].confirmed == Group(1_204, 14, 603, 21, Decimal("42.50"))
    assert rows["BKN"].declared == Group(8, 1, 0, 1, Decimal("2.00"))
    assert rows["BKN"].met_percent == 50
    assert rows["Kemenkumham"].confirmed == NOBODY
    assert rows["Kemenkumham"].declared == Group(88, 7, 2, 20, Decimal("40.00"))
    assert rows["Kemenkumham"].met_percent is None
    total = selectors.national(list(rows.values()))
    assert total.confirmed == Group(1_204, 14, 603, 21, Decimal("42.50"))
    assert total.declared == Group(96, 8, 2, 21, Decimal("42.00"))


@pytest.mark.usefixtures("totals")
def test_people_of_an_earlier_year_count_for_that_year_only() -> None:
    """JP belong to their year; people are those of today."""
    rows = {row.short_name: row for row in selectors.agency_rows(YEAR - 1)}
    assert rows["BKN"].confirmed == Group(1_204, 0, 0, 0, Decimal(0))


@pytest.mark.usefixtures("totals")
def test_active_employees_are_the_denominator_once_known(make_employee: Any) -> None:
    """Where an agency has entered its staff, percents are of its active people; never above 100."""
    for standing in ("aktif", "aktif", "cltn"):
        count(make_employee(standing=standing))
    rows = {row.short_name: row for row in selectors.agency_rows(YEAR)}
    assert (rows["BKN"].active, rows["BKN"].met_percent) == (2, 100)
    assert rows["Kemenkumham"].active is None
    assert selectors.national(list(rows.values())).active == 2
    StaffCount.objects.filter(standing="aktif").update(people=1_206)
    assert {row.short_name: row for row in selectors.agency_rows(YEAR)}["BKN"].met_percent == 50


def count(employee: Any) -> None:
    """Count an employee that a test made by hand."""
    moves = Moves()
    moves.move(None, (None, employee.assignments.get().standing))
    moves.write(employee.agency_id)


@pytest.mark.usefixtures("totals")
def test_page(overseer: Client) -> None:
    """Tiles with the confirmed as headline, agencies with people, the time of counting."""
    HeadCount.objects.filter(agency__code="lan").delete()
    text = text_of(overseer, "/lan/")
    assert "<dd>1.204<small>+ 96 dinyatakan sendiri</small></dd>" in text
    assert "<dd>603<small>+ 2 dinyatakan sendiri</small></dd>" in text
    assert "<dd>42,50<small>+ 42 dinyatakan sendiri</small></dd>" in text
    assert "Dihitung pada" in text
    assert set(names(text)) == {
        "Badan Kepegawaian Negara",
        Agency.objects.get(code="kemenkumham").name,
    }


@pytest.mark.usefixtures("totals")
def test_filters_and_order(overseer: Client) -> None:
    """All in the address: name, kind, everyone, order; wrong values count as not given."""
    HeadCount.objects.filter(agency__code="lan").delete()
    kumham = Agency.objects.get(code="kemenkumham").name
    assert names(text_of(overseer, "/lan/?q=kepegawaian")) == ["Badan Kepegawaian Negara"]
    assert names(text_of(overseer, "/lan/?jenis=kementerian")) == [kumham]
    assert names(text_of(overseer, "/lan/?urut=-jp"))[0] == "Badan Kepegawaian Negara"
    assert names(text_of(overseer, "/lan/?urut=jp"))[0] == kumham
    assert 'aria-sort="descending"' in text_of(overseer, "/lan/?urut=-jp")
    assert len(names(text_of(overseer, "/lan/?semua=1"))) == 100
    assert names(text_of(overseer, "/lan/?semua=1&halaman=2"))
    assert "Tidak ada instansi yang cocok" in text_of(overseer, "/lan/?q=tidakadayangbegini")
    for wrong in ("tahun=1800", "tahun=x", "urut=--x", "jenis=x", "halaman=x", "tahun=²²²²"):
        assert f"JP tahun {YEAR}" in text_of(overseer, f"/lan/?{wrong}")


@pytest.mark.parametrize("address", ["/lan/", "/lan/unduh/"])
def test_refusals(
    address: str, portal_client: Client, client_for: Any, make_account: Any, tenant_a: Any
) -> None:
    """Strangers sign in first; without the overseer's role nobody sees the page."""
    assert portal_client.get(address).status_code == 302
    account = make_account()
    access.grant_role(account=account, tenant=tenant_a, role="manager", by=None)
    assert client_for(None, account).get(address).status_code == 403
    assert client_for(tenant_a, account).get(address).status_code == 404


@pytest.mark.usefixtures("totals")
def test_fixed_number_of_statements_in_public_only(
    overseer: Client, django_assert_max_num_queries: Any
) -> None:
    """Session, account, roles, agencies, heads, totals; never a tenant's schema."""
    overseer.get("/lan/")
    with django_assert_max_num_queries(6) as captured:
        overseer.get("/lan/?semua=1")
    tenants = list(Tenant.objects.exclude(schema_name="public"))
    for query in captured.captured_queries:
        assert "search_path" not in query["sql"].lower()
        assert not any(tenant.schema_name in query["sql"] for tenant in tenants)


@pytest.mark.usefixtures("totals")
def test_workbook(overseer: Client) -> None:
    """The same rows and filters as the page, numbers as numbers."""
    response = overseer.get("/lan/unduh/?q=kepegawaian")
    assert response["Content-Disposition"] == f'attachment; filename="lintas-instansi-{YEAR}.xlsx"'
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(response.content)).get_sheet_by_index(0)
    rows = sheet.to_python()
    assert rows[0][:5] == [
        "Instansi", "Nama singkat", "Jenis", "Pegawai aktif", "orang (dikonfirmasi)",
    ]  # fmt: skip
    assert rows[1][:2] == ["Badan Kepegawaian Negara", "BKN"]
    assert rows[1][3:] == ["", 1204, 14, 21, 42.5, 603, 8, 1, 1, 2, 0]
    assert rows[3][0].startswith("Dihitung pada")


@pytest.mark.parametrize("name", ['=HYPERLINK("http://x")', "+1+1", "-2", "@SUM(A1)", "http://x"])
def test_workbook_has_no_formulas(name: str) -> None:
    """A name is a text, whatever it begins with."""
    row = AgencyRow(name, name, "pemkab", "Kabupaten", NOBODY, NOBODY)
    data = xlsx.workbook(*documents.agency_table([row]))
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
        relations = [part for part in book.namelist() if "_rels/sheet" in part]
    assert "<f>" not in sheet
    assert not relations
    rows = CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0).to_python()
    assert rows[1][:2] == [name, name]


def test_registered_people_are_counted(make_account: Any, overseer: Client) -> None:
    """An agency appears as soon as somebody of it has recognised hours."""
    agency = Agency.objects.get(code="bkn")
    AgencyTotal.objects.create(
        agency=agency, year=YEAR, confirmed=False, shard=uuid.uuid4().int % 8, learners=1
    )
    assert "Badan Kepegawaian Negara" in names(text_of(overseer, "/lan/"))
