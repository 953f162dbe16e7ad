"""Confirming, rejecting and stating anew who a person is."""

import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from shared_apps.accounts import selectors
from shared_apps.accounts.choices import IdentityState
from shared_apps.accounts.errors import IdentityDecisionRefused
from shared_apps.accounts.models import Account, HeadCount, Identity
from shared_apps.accounts.nip import parse_number
from shared_apps.accounts.services import identities, registration
from shared_apps.audit.models import Event
from tenants.models import Agency
from tests.shared_apps.accounts.people import NUMBER

OTHER = "199001012015042002"
Makes = Callable[..., Any]


@pytest.fixture
def register() -> Makes:
    """Return a maker of accounts by way of the registration, with its counts."""

    def make(number: str = NUMBER, agency: str = "bkn") -> Account:
        return registration.register(
            number=parse_number(number),
            name="Ayu Lestari",
            email=f"{uuid.uuid4().hex}@contoh.test",
            password="kopi-tubruk-17",
            agency_id=Agency.objects.get(code=agency).pk,
        )

    return make


@pytest.fixture
def manager(make_account: Makes) -> Account:
    return make_account(name="Pengelola", agency="bkn", state="confirmed")


def state(account: Account) -> str:
    return Identity.objects.get(pk=account.pk).state


def counts(agency: str = "bkn") -> tuple[int, int]:
    pk = Agency.objects.get(code=agency).pk
    total = selectors.head_counts([pk]).get(pk, {"declared": 0, "confirmed": 0})
    return total["declared"], total["confirmed"]


def test_confirm_moves_head_counts(register: Makes, manager: Account, tenant_a: Any) -> None:
    account = register()
    assert counts() == (1, 0)
    decision = identities.confirm(by=manager, account_id=account.pk, tenant=tenant_a)
    assert (decision.before, decision.after) == ("declared", "confirmed")
    assert (state(account), counts()) == ("confirmed", (0, 1))
    again = identities.confirm(by=manager, account_id=account.pk, tenant=tenant_a)
    assert again.before == again.after
    assert counts() == (0, 1)
    identity = Identity.objects.get(pk=account.pk)
    assert identity.decided_by == manager
    assert identity.decided_at is not None
    assert Event.objects.filter(verb="identity.confirmed", ref=str(account.pk)).count() == 1


def test_only_the_own_agency_decides(
    register: Makes, manager: Account, tenant_a: Any, tenant_b: Any
) -> None:
    account = register()
    for decide in (
        lambda: identities.confirm(by=manager, account_id=account.pk, tenant=tenant_b),
        lambda: identities.reject(by=manager, account_id=account.pk, tenant=tenant_b, reason="x"),
    ):
        with pytest.raises(IdentityDecisionRefused, match="instansi yang bersangkutan"):
            decide()
    assert (state(account), counts()) == ("declared", (1, 0))


def test_nobody_decides_on_themselves(register: Makes, tenant_a: Any) -> None:
    account = register()
    with pytest.raises(IdentityDecisionRefused, match="orang lain"):
        identities.confirm(by=account, account_id=account.pk, tenant=tenant_a)
    with pytest.raises(IdentityDecisionRefused, match="orang lain"):
        identities.reject(by=account, account_id=account.pk, tenant=tenant_a, reason="x")


def test_confirming_a_disputed_claim_rejects_the_declared_one(
    register: Makes, manager: Account, tenant_a: Any
) -> None:
    first, second = register(), register()
    assert (state(first), state(second), counts()) == ("declared", "disputed", (2, 0))
    identities.confirm(by=manager, account_id=second.pk, tenant=tenant_a)
    assert (state(first), state(second), counts()) == ("rejected", "confirmed", (0, 1))
    assert Identity.objects.get(pk=first.pk).reason
    assert selectors.account_for_login(NUMBER) == second


def test_a_confirmed_holder_must_be_rejected_first(
    register: Makes, manager: Account, tenant_a: Any
) -> None:
    first, second = register(), register()
    identities.confirm(by=manager, account_id=first.pk, tenant=tenant_a)
    with pytest.raises(IdentityDecisionRefused, match="Tolak dahulu"):
        identities.confirm(by=manager, account_id=second.pk, tenant=tenant_a)
    assert (state(first), state(second)) == ("confirmed", "disputed")
    decision = identities.reject(
        by=manager, account_id=first.pk, tenant=tenant_a, reason="Bukan  pegawai kami."
    )
    assert (decision.before, decision.after) == ("confirmed", "rejected")
    assert Identity.objects.get(pk=first.pk).reason == "Bukan pegawai kami."
    assert counts() == (1, 0)
    identities.confirm(by=manager, account_id=second.pk, tenant=tenant_a)
    assert (state(second), counts()) == ("confirmed", (0, 1))


def test_rejection_needs_a_reason_and_can_be_taken_back(
    register: Makes, manager: Account, tenant_a: Any
) -> None:
    account = register()
    with pytest.raises(IdentityDecisionRefused) as refusal:
        identities.reject(by=manager, account_id=account.pk, tenant=tenant_a, reason="  ")
    assert refusal.value.field == "reason"
    identities.reject(by=manager, account_id=account.pk, tenant=tenant_a, reason="Salah ketik")
    assert (state(account), counts()) == ("rejected", (0, 0))
    assert selectors.account_for_login(NUMBER) is None
    identities.confirm(by=manager, account_id=account.pk, tenant=tenant_a)
    assert (state(account), counts()) == ("confirmed", (0, 1))


def test_unknown_account(manager: Account, tenant_a: Any) -> None:
    with pytest.raises(IdentityDecisionRefused, match="Muat ulang"):
        identities.confirm(by=manager, account_id=uuid.uuid4(), tenant=tenant_a)


def test_redeclare_number_and_agency(register: Makes) -> None:
    account = register()
    new = Agency.objects.get(code="kemenkumham")
    identities.redeclare(by=account, number=parse_number(OTHER), agency_id=new.pk)
    account.refresh_from_db()
    assert (account.identity.number, account.identity.agency_id) == (OTHER, new.pk)
    assert account.home_agency_id == new.pk
    assert (counts(), counts("kemenkumham")) == ((0, 0), (1, 0))
    assert Event.objects.filter(verb="identity.redeclared").count() == 1


def test_redeclare_after_rejection_clears_the_decision(
    register: Makes, manager: Account, tenant_a: Any
) -> None:
    account = register()
    identities.reject(by=manager, account_id=account.pk, tenant=tenant_a, reason="Salah ketik")
    identities.redeclare(by=account, number=parse_number(OTHER), agency_id=tenant_a.agency_id)
    identity = Identity.objects.get(pk=account.pk)
    assert (identity.state, identity.reason, identity.decided_by) == ("declared", "", None)
    assert counts() == (1, 0)


def test_redeclaring_a_held_number_is_disputed(
    register: Makes, monkeypatch: pytest.MonkeyPatch, tenant_a: Any
) -> None:
    holder, other = register(), register(number=OTHER)
    identities.redeclare(by=other, number=parse_number(NUMBER), agency_id=tenant_a.agency_id)
    assert (state(holder), state(other), counts()) == ("declared", "disputed", (2, 0))
    # Also when the number is taken between the look and the write.
    third = register(number="199001012015042003")
    monkeypatch.setattr(selectors, "holder_exists", lambda number, besides=None: False)
    identities.redeclare(by=third, number=parse_number(NUMBER), agency_id=tenant_a.agency_id)
    assert state(third) == "disputed"


def test_a_confirmed_person_cannot_redeclare(
    register: Makes, manager: Account, tenant_a: Any
) -> None:
    account = register()
    identities.confirm(by=manager, account_id=account.pk, tenant=tenant_a)
    with pytest.raises(IdentityDecisionRefused, match="sudah dikonfirmasi"):
        identities.redeclare(by=account, number=parse_number(OTHER), agency_id=tenant_a.agency_id)


def test_database_lets_one_hold_a_number(make_account: Makes) -> None:
    make_account(number=NUMBER, state=IdentityState.CONFIRMED)
    with pytest.raises(IntegrityError), transaction.atomic():
        make_account(number=NUMBER, state=IdentityState.DECLARED)
    make_account(number=NUMBER, state=IdentityState.DISPUTED)
    make_account(number=NUMBER, state=IdentityState.REJECTED)


def test_head_counts_are_sharded(register: Makes) -> None:
    for sequence in range(1, 30):
        register(number=f"199001012015042{sequence:03d}")
    assert HeadCount.objects.count() > 1
    assert counts() == (29, 0)


def test_holders_show_no_number_that_is_not_theirs(register: Makes) -> None:
    first, second = register(), register()
    found = selectors.holders([first.pk, second.pk])
    assert (found[first.pk].number, found[second.pk].number) == (NUMBER, "")
    assert found[first.pk].agency_name == first.home_agency.name
    assert selectors.identities_waiting(first.home_agency_id) == 2
