"""Limits on failed sign-ins: per account, per account and address, high per address."""

import datetime
from collections.abc import Callable
from typing import Any

import pytest
from django.test import RequestFactory, override_settings
from django.utils import timezone

from shared_apps.accounts import throttle
from shared_apps.accounts.addresses import client_address, is_listed, normal_address
from shared_apps.accounts.models import SignInCount

OFFICE = "203.0.113.7"


def attempt(account: str, address: str = OFFICE) -> throttle.Attempt:
    return throttle.begin_sign_in(account_key=account, address=address)


def test_a_thousand_people_behind_one_address_sign_in() -> None:
    for person in range(1000):
        entered = attempt(f"person-{person}")
        assert entered.blocked_until is None
        entered.succeeded()
    assert sum(SignInCount.objects.values_list("count", flat=True)) == 0


def test_a_thousand_people_at_the_same_instant_and_a_few_slips() -> None:
    entered = [attempt(f"person-{person}") for person in range(1000)]
    entered += [attempt(f"person-{person}") for person in range(1000)]
    assert all(one.blocked_until is None for one in entered)


def test_account_and_address_together() -> None:
    for _ in range(5):
        assert attempt("ayu").blocked_until is None
    until = attempt("ayu").blocked_until
    assert until is not None
    assert until - timezone.now() <= datetime.timedelta(minutes=15)
    assert attempt("budi").blocked_until is None
    assert attempt("ayu", "198.51.100.1").blocked_until is None


def test_account_from_many_addresses() -> None:
    for number in range(10):
        assert attempt("ayu", f"198.51.100.{number}").blocked_until is None
    assert attempt("ayu", "198.51.100.99").blocked_until is not None
    throttle.forget_account("ayu")
    assert attempt("ayu", "198.51.100.98").blocked_until is None


def test_address_alone_and_its_exception(set_rule: Callable[..., None]) -> None:
    set_rule("sign_in.failures_per_address", 3)
    for person in range(3):
        assert attempt(f"person-{person}").blocked_until is None
    assert attempt("person-9").blocked_until is not None
    set_rule("sign_in.trusted_addresses", ["salah ketik", "203.0.113.0/24"])
    assert attempt("person-10").blocked_until is None
    # Trust in an address does not lift the limit of an account.
    blocked = [attempt("ayu").blocked_until for _ in range(6)]
    assert blocked[-1] is not None


def test_window_passes() -> None:
    for _ in range(6):
        attempt("ayu")
    SignInCount.objects.update(window_ends_at=timezone.now() - datetime.timedelta(seconds=1))
    assert attempt("ayu").blocked_until is None
    assert set(SignInCount.objects.values_list("count", flat=True)) == {1}


def test_success_clears_slips_at_this_address_only() -> None:
    for _ in range(3):
        attempt("ayu")
    attempt("ayu").succeeded()
    counts = sorted(SignInCount.objects.values_list("count", flat=True))
    assert counts == [3, 3]  # the account's and the address's; the pair's is gone


def test_table_tells_nothing() -> None:
    attempt("199001012015042001")
    for key in SignInCount.objects.values_list("key", flat=True):
        assert len(key) == 64
        assert "1990" not in key or OFFICE not in key


def test_clock_is_never_too_early() -> None:
    moment = datetime.datetime(2026, 11, 22, 3, 42, 1, tzinfo=datetime.UTC)
    assert throttle.clock(moment) == "10.43 WIB"
    assert throttle.clock(moment.replace(second=0)) == "10.42 WIB"


@pytest.mark.parametrize(
    ("proxies", "forwarded", "expected"),
    [
        (0, "198.51.100.1", "10.0.0.1"),  # nobody is believed
        (1, "198.51.100.1", "198.51.100.1"),
        (1, "6.6.6.6, 198.51.100.1", "198.51.100.1"),  # the first part is the client's claim
        (2, "6.6.6.6, 198.51.100.1, 10.0.0.9", "198.51.100.1"),
        (2, "198.51.100.1", "10.0.0.1"),  # came past the proxies
        (1, "", "10.0.0.1"),
        (1, "entah", "unknown"),
    ],
)
def test_client_address(proxies: int, forwarded: str, expected: str) -> None:
    request: Any = RequestFactory().get("/", REMOTE_ADDR="10.0.0.1", HTTP_X_FORWARDED_FOR=forwarded)
    with override_settings(TRUSTED_PROXIES=proxies):
        assert client_address(request) == expected


def test_addresses_in_one_spelling() -> None:
    assert normal_address("::ffff:203.0.113.7") == OFFICE
    assert normal_address("2001:db8:1:2:3:4:5:6") == "2001:db8:1:2::/64"
    assert normal_address("") == "unknown"
    assert is_listed("2001:db8:1:2::/64", ["2001:db8:1::/48"])
    assert not is_listed("2001:db8:1:2::/64", ["203.0.113.0/24"])
    assert not is_listed("unknown", ["0.0.0.0/0"])
