"""Roles given and withdrawn with dates, in the workspace."""

import datetime
import threading
from collections.abc import Callable
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from allauth.account.models import EmailAddress
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.utils import timezone

from shared_apps.access import selectors
from shared_apps.access.errors import RoleRefused, UnknownRole
from shared_apps.access.models import RoleAssignment
from shared_apps.access.services import grant_role, withdraw_role
from shared_apps.accounts.models import Account
from shared_apps.audit.models import Event
from shared_apps.notifications.models import Notification
from tenant_apps.administration import tasks
from tenant_apps.administration.errors import PersonNotFound
from tenant_apps.administration.services import people, roles
from tenants.models import Tenant
from tenants.schemas import in_tenant
from tests.pages import words_of

Makes = Callable[..., Any]
URL = "/kelola/peran/"
DAY = datetime.date(2026, 12, 31)


@pytest.fixture
def made(make_account: Makes) -> Any:
    return make_account(name="Made Suarjana", agency="bkn", state="confirmed")


def number_of(account: Any) -> str:
    return str(account.identity.number)


def may(account: Any, tenant: Any) -> frozenset[str]:
    """Read the rights afresh, as the next request does."""
    return selectors.permissions_of(Account.objects.get(pk=account.pk), tenant)


# --- dates ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("zone", "moment", "holds"),
    [
        # The last day is 31 December where the tenant is.
        ("Asia/Makassar", "2026-12-31T15:59:59+00:00", True),
        ("Asia/Makassar", "2026-12-31T16:00:00+00:00", False),
        ("Asia/Jakarta", "2026-12-31T16:30:00+00:00", True),
        # The first one is 1 December.
        ("Asia/Jayapura", "2026-11-30T14:59:59+00:00", False),
        ("Asia/Jayapura", "2026-11-30T15:00:00+00:00", True),
    ],
)
def test_a_role_holds_on_its_days_where_the_tenant_is(
    zone: str,
    moment: str,
    holds: bool,
    made: Any,
    tenant_a: Any,
    monkeypatch: pytest.MonkeyPatch,
    django_assert_num_queries: Any,
) -> None:
    Tenant.objects.filter(pk=tenant_a.pk).update(time_zone=zone, oversees=True)
    tenant_a.refresh_from_db()
    days = {"valid_from": datetime.date(2026, 12, 1), "valid_until": DAY}
    grant_role(account=made, tenant=tenant_a, role="author", by=None, **days)
    grant_role(account=made, tenant=tenant_a, role="overseer", by=None, **days)
    monkeypatch.setattr(timezone, "now", lambda: datetime.datetime.fromisoformat(moment))
    fresh = Account.objects.get(pk=made.pk)
    with django_assert_num_queries(2):
        assert ("topic.edit" in selectors.permissions_of(fresh, tenant_a)) is holds
        assert ("national.view" in selectors.permissions_of(fresh, None)) is holds


def test_other_dates_replace_the_old_ones_and_history_stays(made: Any, tenant_a: Any) -> None:
    first = grant_role(account=made, tenant=tenant_a, role="author", by=None)
    again = grant_role(account=made, tenant=tenant_a, role="author", by=None, valid_until=DAY)
    assert first.pk != again.pk
    first.refresh_from_db()
    assert first.withdrawn_at is not None
    withdraw_role(account=made, tenant=tenant_a, role="author", by=None)
    grant_role(account=made, tenant=tenant_a, role="author", by=None)
    assert RoleAssignment.objects.filter(account=made).count() == 3
    rows = Event.objects.filter(ref=str(made.pk)).order_by("at")
    data = list(rows.values_list("verb", "data"))
    assert data[1] == ("role.granted", {"role": "author", "valid_until": "2026-12-31"})


# --- who may give what ------------------------------------------------------------------------


def test_only_who_leads_gives_and_only_what_they_hold(
    manager: Any, made: Any, tenant_a: Any, make_account: Makes
) -> None:
    author = make_account()
    grant_role(account=author, tenant=tenant_a, role="author", by=None)
    with in_tenant(tenant_a):
        with pytest.raises(PermissionDenied):
            roles.give(by=author, account=made, role="author")
        with pytest.raises(PermissionDenied):
            roles.take(by=author, assignment=RoleAssignment.objects.get(account=manager))
        with pytest.raises(UnknownRole):
            roles.give(by=manager, account=made, role="overseer")
        Tenant.objects.filter(pk=tenant_a.pk).update(oversees=True)
    tenant_a.refresh_from_db()
    with in_tenant(tenant_a), pytest.raises(RoleRefused):
        roles.give(by=manager, account=made, role="overseer")
    assert not RoleAssignment.objects.filter(account=made).exists()


def test_nobody_prolongs_their_own_leading(manager: Any, made: Any, tenant_a: Any) -> None:
    grant_role(account=made, tenant=tenant_a, role="manager", by=None, valid_until=DAY)
    with in_tenant(tenant_a):
        with pytest.raises(RoleRefused):
            roles.give(by=made, account=made, role="manager")
        roles.give(by=manager, account=made, role="manager")
        roles.give(by=made, account=made, role="author")


def test_the_last_manager_stays(manager: Any, made: Any, tenant_a: Any) -> None:
    own = RoleAssignment.objects.get(account=manager)
    with in_tenant(tenant_a):
        with pytest.raises(RoleRefused):
            roles.take(by=manager, assignment=own)
        standing_in = roles.give(by=manager, account=made, role="manager", valid_until=DAY)
        # One who stands in until a day does not replace one who leads without an end.
        with pytest.raises(RoleRefused):
            roles.take(by=manager, assignment=own)
        with pytest.raises(RoleRefused):
            roles.give(by=made, account=manager, role="manager", valid_until=DAY)
        roles.take(by=manager, assignment=standing_in)
        roles.take(by=manager, assignment=standing_in)
        roles.give(by=manager, account=made, role="manager")
        made.is_active = False
        made.save()
        with pytest.raises(RoleRefused):
            roles.take(by=manager, assignment=own)
        made.is_active = True
        made.save()
        roles.take(by=manager, assignment=own)
    assert "role.manage" not in may(manager, tenant_a)
    assert Event.objects.filter(verb="role.withdrawn").count() == 2


def in_threads(*works: Callable[[], Any]) -> list[Any]:
    """Run each callable at the same moment on a connection of its own; return what came out."""
    start, results = threading.Barrier(len(works), timeout=20), [None] * len(works)

    def run(index: int, work: Callable[[], Any]) -> None:
        try:
            start.wait()
            results[index] = work()
        except Exception as error:
            results[index] = error  # type: ignore[call-overload]
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=each) for each in enumerate(works)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return results


def test_two_managers_who_remove_each_other_at_once_leave_one(
    tenant_a: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The rows of this test are committed and tidied up; the audit trail cannot be.
    monkeypatch.setattr("shared_apps.access.services.audit.record", lambda *_, **__: None)
    two = [Account(name="Uji", email=f"serentak{n}@contoh.test", password="!") for n in range(2)]

    def begin() -> list[int]:
        for account in two:
            account.save()
        rows = [grant_role(account=each, tenant=tenant_a, role="manager", by=None) for each in two]
        # The same grant from four sides at once is one row.
        return [row.pk for row in rows]

    def tidy() -> None:
        RoleAssignment.objects.filter(account__in=two).delete()
        Account.objects.filter(pk__in=[each.pk for each in two]).delete()

    def take(by: Account, row: int) -> None:
        with in_tenant(tenant_a):
            assignment = RoleAssignment.objects.select_related("tenant").get(pk=row)
            from shared_apps.access.services import take_role

            take_role(by=Account.objects.get(pk=by.pk), assignment=assignment)

    (rows,) = in_threads(begin)
    try:
        results = in_threads(
            lambda: take(two[0], rows[1]),
            lambda: take(two[1], rows[0]),
        )
        assert sorted(type(each).__name__ for each in results) in (
            ["NoneType", "RoleRefused"],
            ["NoneType", "PermissionDenied"],
        )
        grants = in_threads(
            *[
                lambda: (
                    grant_role(
                        account=two[0], tenant=tenant_a, role="author", by=None, valid_until=DAY
                    ).pk
                )
            ]
            * 4
        )
        assert len(set(grants)) == 1
    finally:
        in_threads(tidy)


# --- naming a person --------------------------------------------------------------------------


def test_people_are_named_exactly_and_refusals_are_all_alike(
    made: Any, make_account: Makes, tenant_a: Any
) -> None:
    declared = make_account(agency="bkn")
    elsewhere = make_account(agency="kemenkumham", state="confirmed", email="luar@contoh.test")
    unverified = make_account(email="belum@contoh.test")
    closed = make_account(agency="bkn", state="confirmed")
    closed.is_active = False
    closed.save()
    EmailAddress.objects.create(user=elsewhere, email=elsewhere.email, primary=True, verified=True)
    with in_tenant(tenant_a):
        assert people.person_named(number_of(made)).pk == made.pk
        assert people.person_named(" LUAR@contoh.test").pk == elsewhere.pk
        sentences = set()
        for login in (
            number_of(declared),
            number_of(elsewhere),
            number_of(closed),
            unverified.email,
            "199001012015041999",
            "tidak.ada@contoh.test",
            "Made",
            "made",
            "",
        ):
            with pytest.raises(PersonNotFound) as refusal:
                people.person_named(login)
            sentences.add(str(refusal.value))
        assert len(sentences) == 1


# --- the pages --------------------------------------------------------------------------------


def test_giving_shows_who_it_is_then_gives(room: Any, made: Any, tenant_a: Any) -> None:
    form = {"login": number_of(made), "role": "reviewer", "valid_until": "2099-12-31"}
    asked = room.post(f"{URL}beri/", form)
    assert "Made Suarjana" in words_of(asked) and "31 Desember 2099" in words_of(asked)
    assert not RoleAssignment.objects.filter(account=made).exists()
    done = words_of(room.post(f"{URL}beri/", {**form, "pasti": "1"}, follow=True))
    assert "Made Suarjana sekarang memegang peran Penelaah." in done
    assert "31 Des 2099" in done and "Berlaku" in done
    assert "topic.review" in may(made, tenant_a)
    notice = Notification.objects.get(account=made)
    assert (notice.kind, notice.data, notice.tenant) == (
        "role.granted",
        {"role": "reviewer"},
        tenant_a,
    )


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"login": "1"}, "Tidak ada orang yang dapat dipilih"),
        ({"login": "\0"}, "Karakter"),
        ({"role": "overseer"}, "Pilihan itu tidak tersedia."),
        ({"valid_until": "2020-01-01", "pasti": "1"}, "Hari terakhir sudah lewat."),
        (
            {"valid_from": "2099-01-02", "valid_until": "2099-01-01", "pasti": "1"},
            "Hari terakhir mendahului hari pertama.",
        ),
        ({"valid_until": "kapan-kapan"}, "tanggal"),
    ],
)
def test_wrong_input_says_so_and_changes_nothing(
    room: Any, made: Any, changed: dict[str, str], sentence: str
) -> None:
    form = {"login": number_of(made), "role": "reviewer", **changed}
    answer = room.post(f"{URL}beri/", form)
    assert answer.status_code == 422
    assert sentence in words_of(answer)
    assert not RoleAssignment.objects.filter(account=made).exists()


def test_withdrawing_asks_first_and_refuses_the_last_manager(
    room: Any, made: Any, manager: Any, tenant_a: Any, tenant_b: Any
) -> None:
    row = grant_role(account=made, tenant=tenant_a, role="author", by=manager)
    page = f"{URL}{row.pk}/cabut/"
    assert "Cabut peran Penyusun materi dari Made Suarjana?" in words_of(room.get(page))
    assert "topic.edit" in may(made, tenant_a)
    assert "dicabut dari Made Suarjana" in words_of(room.post(page, follow=True))
    assert may(made, tenant_a) == frozenset()
    assert Notification.objects.get(account=made).kind == "role.withdrawn"
    assert room.get(page).status_code == 404
    own = RoleAssignment.objects.get(account=manager)
    refused = room.post(f"{URL}{own.pk}/cabut/")
    assert refused.status_code == 422 and "pengelola terakhir" in words_of(refused)
    other = grant_role(account=made, tenant=tenant_b, role="author", by=None)
    assert room.post(f"{URL}{other.pk}/cabut/").status_code == 404


def test_the_list_filters_by_state_and_role(
    room: Any, made: Any, make_account: Makes, tenant_a: Any, tenant_b: Any
) -> None:
    past, coming, gone = (make_account(name=name) for name in ("Lalu", "Nanti", "Tercabut"))
    day = timezone.now().astimezone(ZoneInfo(tenant_a.time_zone)).date()
    one = datetime.timedelta(days=1)
    grant_role(account=made, tenant=tenant_a, role="author", by=None, valid_until=day)
    grant_role(account=past, tenant=tenant_a, role="author", by=None, valid_until=day - one)
    grant_role(account=coming, tenant=tenant_a, role="trainer", by=None, valid_from=day + one)
    grant_role(account=gone, tenant=tenant_a, role="author", by=None)
    withdraw_role(account=gone, tenant=tenant_a, role="author", by=None)
    grant_role(account=make_account(name="Di tempat lain"), tenant=tenant_b, role="author", by=None)

    def names(**query: str) -> set[str]:
        listing = room.get(URL, query).context["listing"]
        return {row.holder.name for row, _cells in listing.lines}

    assert names() == {"Wayan Pengelola", "Made Suarjana", "Lalu", "Nanti"}
    assert names(status="berlaku") == {"Wayan Pengelola", "Made Suarjana"}
    assert names(status="berakhir") == {"Lalu"}
    assert names(status="nanti") == {"Nanti"}
    assert names(status="dicabut") == {"Tercabut"}
    assert names(peran="author") == {"Made Suarjana", "Lalu"}
    assert names(q="made") == {"Made Suarjana"}
    file = room.get(URL, {"format": "csv"})
    text = file.getvalue().decode()
    assert "Penyusun materi" in text and "Cabut" not in text


def test_the_list_costs_the_same_for_many(
    room: Any, make_account: Makes, tenant_a: Any, django_assert_num_queries: Any
) -> None:
    for _ in range(15):
        grant_role(account=make_account(), tenant=tenant_a, role="author", by=None)
    room.get(URL)
    with django_assert_num_queries(5):
        # Session, roles, count, rows, names.
        room.get(URL)


def test_every_right_has_words_and_every_role_is_explained(room: Any) -> None:
    known = set(selectors.rights())
    for role in selectors.roles().values():
        assert role.permissions <= known
    assert known == set().union(*(role.permissions for role in selectors.roles().values()))
    page = words_of(room.get(URL))
    assert "memberi dan mencabut peran" in page and "Pengawas nasional" not in page


def test_holder_and_managers_are_reminded_once(
    made: Any, manager: Any, tenant_a: Any, make_account: Makes
) -> None:
    soon = timezone.localdate() + datetime.timedelta(days=10)
    later = soon + datetime.timedelta(days=30)
    grant_role(account=made, tenant=tenant_a, role="author", by=None, valid_until=soon)
    grant_role(account=make_account(), tenant=tenant_a, role="author", by=None, valid_until=later)
    assert tasks.remind_of_ending_roles.call() == 2
    assert tasks.remind_of_ending_roles.call() == 0
    kinds = dict(Notification.objects.values_list("account", "kind"))
    assert kinds == {made.pk: "role.ending", manager.pk: "role.ending_of"}
    grant_role(account=made, tenant=tenant_a, role="author", by=None, valid_until=later)
    assert tasks.remind_of_ending_roles.call() == 0
