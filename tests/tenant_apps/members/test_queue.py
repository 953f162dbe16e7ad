"""The confirmation queue of a training unit, and joining a tenant."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.test import Client

from shared_apps.access.services import grant_role
from shared_apps.accounts.models import Account, Identity
from tenant_apps.members.models import Member
from tenant_apps.members.services import identities, joining
from tenants.schemas import in_tenant

URL = "/kelola/identitas/"
NUMBER = "199001012015042001"
Makes = Callable[..., Any]


@pytest.fixture(autouse=True)
def moved(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """Record how figures are moved; the moving itself is recognition's."""
    calls: list[dict[str, Any]] = []
    monkeypatch.setattr(identities.totals, "move_identity", lambda **kw: calls.append(kw))
    return calls


@pytest.fixture
def manager(make_account: Makes, tenant_a: Any) -> Account:
    account = make_account(name="Wayan Pengelola", agency="bkn", state="confirmed")
    grant_role(account=account, tenant=tenant_a, role="manager", by=None)
    return account


@pytest.fixture
def desk(client_for: Makes, tenant_a: Any, manager: Account) -> Client:
    client: Client = client_for(tenant_a, manager)
    return client


def state(account: Account) -> str:
    return Identity.objects.get(pk=account.pk).state


def test_lists_only_the_own_agency(desk: Client, make_account: Makes) -> None:
    make_account(name="Made Sendiri", agency="bkn", number=NUMBER)
    make_account(name="Orang Lain", agency="kemenkumham")
    page = desk.get(URL).content.decode()
    assert "Made Sendiri" in page
    assert "19900101 201504 2 001" in page
    assert "Orang Lain" not in page
    assert "Wayan Pengelola" in page  # in the header, not among those who wait
    assert 'aria-label="Wayan Pengelola"' not in page


def test_empty_queue_says_what_will_come(desk: Client) -> None:
    assert "Tidak ada yang menunggu" in desk.get(URL).content.decode()
    assert "Tidak ada yang cocok" in desk.get(URL, {"q": "zzz"}).content.decode()


def test_filters_and_search(desk: Client, make_account: Makes) -> None:
    make_account(name="Made Satu", agency="bkn", number=NUMBER)
    make_account(name="Nyoman Dua", agency="bkn", state="rejected")
    assert "Nyoman Dua" not in desk.get(URL).content.decode()
    assert "Nyoman Dua" in desk.get(URL, {"status": "ditolak"}).content.decode()
    assert "Made Satu" in desk.get(URL, {"q": "made"}).content.decode()
    assert "Made Satu" in desk.get(URL, {"q": "19900101 2015"}).content.decode()
    assert "Made Satu" not in desk.get(URL, {"q": "nyoman"}).content.decode()
    assert desk.get(URL, {"status": "aneh", "halaman": "x"}).status_code == 200


def test_query_count_is_fixed(desk: Client, make_account: Makes) -> None:
    def cost() -> int:
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        with CaptureQueriesContext(connection) as queries:
            assert desk.get(URL).status_code == 200
        return len([q for q in queries if "search_path" not in q["sql"]])

    make_account(agency="bkn", number=NUMBER)
    make_account(agency="bkn", number=NUMBER, state="disputed")
    cost()  # the host is remembered from the first request on
    few = cost()
    for _ in range(30):
        make_account(agency="bkn")
    for index in range(10):
        number = f"199001012015042{index + 10:03d}"
        make_account(agency="bkn", number=number)
        make_account(agency="bkn", number=number, state="disputed")
    assert cost() == few <= 7


def test_both_claimants_stand_side_by_side(desk: Client, make_account: Makes) -> None:
    make_account(name="Made Satu", agency="bkn", number=NUMBER, email="satu@contoh.test")
    make_account(name="Made Dua", agency="bkn", number=NUMBER, state="disputed")
    page = desk.get(URL, {"status": "dipersoalkan"}).content.decode()
    assert "Nomor ini juga dinyatakan oleh Made Satu (satu@contoh.test)" in page


def test_a_claimant_of_another_agency_stays_nameless(desk: Client, make_account: Makes) -> None:
    make_account(name="Orang Lain", agency="kemenkumham", number=NUMBER)
    make_account(name="Made Dua", agency="bkn", number=NUMBER, state="disputed")
    page = desk.get(URL).content.decode()
    assert "akun di instansi lain" in page
    assert "Orang Lain" not in page


def test_confirm_one(desk: Client, make_account: Makes, moved: list[dict[str, Any]]) -> None:
    account = make_account(agency="bkn")
    response = desk.post(f"{URL}konfirmasi/", {"orang": str(account.pk)})
    assert (response.status_code, response["Location"]) == (302, URL)
    assert state(account) == "confirmed"
    assert moved == [
        {"account_id": account.pk, "agency_id": account.home_agency_id, "confirmed": True}
    ]
    desk.post(f"{URL}konfirmasi/", {"orang": str(account.pk)})
    assert len(moved) == 1


def test_a_number_that_changed_under_the_open_page_is_not_confirmed(
    desk: Client, make_account: Makes
) -> None:
    """Who states another number while the manager reads must not be confirmed with that one."""
    from shared_apps.accounts.nip import parse_number
    from shared_apps.accounts.services import identities

    account = make_account(agency="bkn")
    page = desk.get(URL).content.decode()
    (shown,) = set(re.findall(rf'value="({account.pk}:\d{{18}})"', page))
    identities.redeclare(by=account, number=parse_number(NUMBER), agency_id=account.home_agency_id)
    for field in ("orang", "pilih"):
        desk.post(f"{URL}konfirmasi/", {field: shown})
        assert state(account) == "declared"
    desk.post(f"{URL}konfirmasi/", {"orang": f"{account.pk}:{NUMBER}"})
    assert state(account) == "confirmed"


def test_confirm_ticked_rows_one_by_one(
    desk: Client, make_account: Makes, manager: Account
) -> None:
    good = [make_account(agency="bkn") for _ in range(3)]
    foreign = make_account(agency="kemenkumham")
    ids = [str(account.pk) for account in [*good, foreign, manager]]
    back = f"{URL}?status=menunggu&q="
    response = desk.post(f"{URL}konfirmasi/", {"pilih": ids, "kembali": back})
    assert response["Location"] == back
    assert [state(account) for account in good] == ["confirmed"] * 3
    assert state(foreign) == "declared"
    page = desk.get(back).content.decode()
    assert "Identitas 3 pegawai dikonfirmasi" in page
    assert "instansi yang bersangkutan" in page


def test_nothing_ticked(desk: Client) -> None:
    desk.post(f"{URL}konfirmasi/", {"kembali": "https://jahat.test/"})
    assert "Pilih dahulu" in desk.get(URL).content.decode()


def test_way_back_stays_in_the_queue(desk: Client, make_account: Makes) -> None:
    account = make_account(agency="bkn")
    data = {"orang": str(account.pk), "kembali": "//jahat.test/kelola/identitas/"}
    assert desk.post(f"{URL}konfirmasi/", data)["Location"] == URL


def test_reject_with_reason(desk: Client, make_account: Makes, moved: list[dict[str, Any]]) -> None:
    account = make_account(name="Made Satu", agency="bkn", state="confirmed")
    address = f"{URL}{account.pk}/tolak/"
    assert "Made Satu" in desk.get(address).content.decode()
    assert desk.post(address, {"reason": " "}).status_code == 200
    assert state(account) == "confirmed"
    assert desk.post(address, {"reason": "Bukan pegawai kami."})["Location"] == URL
    assert state(account) == "rejected"
    assert [call["confirmed"] for call in moved] == [False]


def test_nobody_confirms_themselves(desk: Client, manager: Account) -> None:
    Identity.objects.filter(pk=manager.pk).update(state="declared")
    desk.post(f"{URL}konfirmasi/", {"orang": str(manager.pk)})
    assert state(manager) == "declared"
    assert "orang lain" in desk.get(URL).content.decode()


def test_other_agency_is_not_there(desk: Client, make_account: Makes) -> None:
    foreign = make_account(agency="kemenkumham")
    assert desk.post(f"{URL}konfirmasi/", {"orang": str(foreign.pk)}).status_code == 404
    assert desk.get(f"{URL}{foreign.pk}/tolak/").status_code == 404
    assert desk.post(f"{URL}{foreign.pk}/tolak/", {"reason": "x"}).status_code == 404
    assert desk.post(f"{URL}konfirmasi/", {"orang": "bukan-id"}).status_code == 404
    assert state(foreign) == "declared"


def test_who_may_come_in(
    client_for: Makes, make_account: Makes, tenant_a: Any, tenant_b: Any, manager: Account
) -> None:
    author = make_account(agency="bkn")
    grant_role(account=author, tenant=tenant_a, role="author", by=None)
    victim = make_account(agency="bkn")
    for client, expected in (
        (client_for(tenant_a), 302),
        (client_for(tenant_a, author), 403),
        (client_for(tenant_a, make_account()), 403),
        (client_for(tenant_b, manager), 403),
    ):
        assert client.get(URL).status_code == expected
        response = client.post(f"{URL}konfirmasi/", {"orang": str(victim.pk)})
        assert response.status_code == expected
        assert client.post(f"{URL}{victim.pk}/tolak/", {"reason": "x"}).status_code == expected
    assert state(victim) == "declared"
    with in_tenant(tenant_a), pytest.raises(PermissionDenied):
        identities.confirm(by=author, account_id=victim.pk)


def test_figures_and_identity_change_together(
    tenant_a: Any, manager: Account, make_account: Makes, monkeypatch: pytest.MonkeyPatch
) -> None:
    account = make_account(agency="bkn")

    def fails(**_: Any) -> None:
        raise RuntimeError("no space")

    monkeypatch.setattr(identities.totals, "move_identity", fails)
    with in_tenant(tenant_a), pytest.raises(RuntimeError):
        identities.confirm(by=manager, account_id=account.pk)
    assert state(account) == "declared"


def test_join_once_per_tenant(make_account: Makes, tenant_a: Any, tenant_b: Any) -> None:
    account = make_account()
    with in_tenant(tenant_a):
        member, new = joining.join(account_id=account.pk)
        assert (member.pk, new) == (account.pk, True)
        assert joining.join(account_id=account.pk) == (member, False)
    with in_tenant(tenant_b):
        assert Member.objects.count() == 0
        assert joining.join(account_id=account.pk)[1]


def test_login_page_of_the_queue_is_the_portals(client_for: Makes, tenant_a: Any) -> None:
    location = client_for(tenant_a).get(URL)["Location"]
    assert location.startswith(f"{settings.PORTAL_URL}/akun/masuk/?next=")
