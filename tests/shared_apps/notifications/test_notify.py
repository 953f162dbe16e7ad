"""One inbox per person: a notice is written once, reads in the reader's language."""

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection, transaction
from django.utils import translation

from shared_apps.accounts.models import Account
from shared_apps.notifications import selectors, services
from shared_apps.notifications.choices import Delivery
from shared_apps.notifications.kinds import KINDS, Kind
from shared_apps.notifications.models import Notification
from tenants.schemas import in_tenant

Makes = Callable[..., Any]
ROLE = {"role": "Penelaah"}


def send(*people: Any, key: str = "role:1", **extra: Any) -> int:
    given = {"kind": "role.granted", "data": ROLE, "path": "/kelola/", **extra}
    return services.notify(account_ids=[each.pk for each in people], key=key, **given)


def test_a_notice_reaches_a_person_once(make_account: Makes, tenant_a: Any, tenant_b: Any) -> None:
    ayu, made = make_account(), make_account(name="Made Suarjana")
    with in_tenant(tenant_a):
        assert send(ayu) == 1
        assert send(ayu, made, ayu) == 1
        assert send(ayu, made) == 0
        assert send(ayu, key="role:2") == 1
    with in_tenant(tenant_b):
        assert send(ayu) == 1
    assert send(ayu) == 1
    assert send(ayu) == 0
    rows = Notification.objects.filter(account=ayu)
    assert sorted(str(row.tenant or "") for row in rows) == sorted(
        ["", tenant_a.name, tenant_a.name, tenant_b.name]
    )


def test_it_costs_the_same_for_many(make_account: Makes, django_assert_num_queries: Any) -> None:
    people = [make_account() for _ in range(20)]
    with django_assert_num_queries(5):
        # Savepoint twice, the choices, the rows, how many were new.
        assert send(*people) == 20


def test_it_shares_the_transaction_of_what_happened(make_account: Makes) -> None:
    ayu = make_account()
    with pytest.raises(RuntimeError), transaction.atomic():
        send(ayu)
        raise RuntimeError
    assert not Notification.objects.exists()


def test_missing_data_and_unknown_kinds_are_errors(make_account: Makes) -> None:
    ayu = make_account()
    with pytest.raises(KeyError):
        send(ayu, data={})
    with pytest.raises(KeyError):
        send(ayu, kind="tidak.ada")
    assert not Notification.objects.exists()


def test_every_kind_reads_in_both_languages_with_the_same_data() -> None:
    for name, kind in KINDS.items():
        found = {}
        for language in ("id", "en"):
            with translation.override(language):
                found[language] = kind.names()
                data = dict.fromkeys(kind.names(), "2026-11-22")
                data.update(
                    {each: "2026-11-22T10:42:00+08:00" for each in data if each.endswith("_at")}
                )
                title, text = kind.words(data)
                assert title and text and "{" not in title + text, name
        assert found["id"] == found["en"], name


def test_dates_are_written_in_the_language_and_zone_of_the_reader() -> None:
    kind = Kind(label="", title="{role} {until_on}", text="{start_at} {role}")
    data = {"role": "x", "until_on": "2026-12-01", "start_at": "2026-11-22T02:42:00+00:00"}
    with translation.override("id"):
        assert kind.words(data, "Asia/Makassar") == (
            "x 1 Desember 2026",
            "22 Nov 2026 10.42 WITA x",
        )
    with translation.override("en"):
        assert kind.words(data)[0] == "x 1 December 2026"
    assert kind.words({})[1] == "– –"


def test_reading_is_one_s_own(make_account: Makes) -> None:
    ayu, made = make_account(), make_account()
    send(ayu, made)
    send(ayu, key="role:2")
    assert selectors.unread_count(ayu.pk) == 2
    first = selectors.inbox(ayu.pk)[0]
    assert selectors.find_notice(first.pk, account=made) is None
    services.mark_read(by=made, notice=first)
    assert selectors.unread_count(ayu.pk) == 2
    services.mark_read(by=ayu, notice=first)
    assert [row.pk for row in selectors.inbox(ayu.pk)][-1] == first.pk
    assert services.mark_all_read(by=ayu) == 1
    assert (selectors.unread_count(ayu.pk), selectors.unread_count(made.pk)) == (0, 1)


def test_mail_follows_the_choice_of_the_moment(make_account: Makes) -> None:
    ayu = make_account()
    send(ayu)
    assert selectors.mail_choices(ayu.pk)["role.granted"] == Delivery.NOW
    services.choose_mail(by=ayu, choices={"role.granted": "daily", "tidak.ada": "off"})
    send(ayu, key="role:2")
    services.choose_mail(by=ayu, choices={"role.granted": "besok"})
    assert selectors.mail_choices(ayu.pk)["role.granted"] == Delivery.DAILY
    kept = dict(Notification.objects.values_list("key", "delivery"))
    assert kept == {"role:1": "now", "role:2": "daily"}
    services.choose_mail(by=ayu, choices={"role.granted": "off"})
    assert set(Notification.objects.values_list("delivery", flat=True)) == {"off"}


def in_threads(*works: Callable[[], Any]) -> None:
    """Run each callable at the same moment on a connection of its own, and commit."""
    start = threading.Barrier(len(works), timeout=20)

    def run(work: Callable[[], Any]) -> None:
        try:
            start.wait()
            work()
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[work]) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)


def test_two_at_once_write_one_notice() -> None:
    ayu = Account(name="Ayu Lestari", email="ayu.serentak@contoh.test", password="!")
    made: list[int] = []

    def tidy() -> None:
        Notification.objects.filter(account=ayu).delete()
        Account.objects.filter(pk=ayu.pk).delete()

    in_threads(ayu.save)
    try:
        in_threads(*[lambda: made.append(send(ayu))] * 4)
        assert sorted(made) == [0, 0, 0, 1]
    finally:
        in_threads(tidy)
