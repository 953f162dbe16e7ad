"""Reads of accounts, identities and sessions."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from allauth.account.models import EmailAddress
from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from shared_apps.accounts.choices import HOLDING, IdentityState
from shared_apps.accounts.models import Account, HeadCount, Identity, Session
from shared_apps.accounts.nip import SEPARATORS, clean_number


@dataclass(frozen=True)
class Holder:
    """Who a certificate, a list of participants or an award is about."""

    account_id: uuid.UUID
    name: str
    # Empty while the number is disputed or rejected: it may be somebody else's.
    number: str
    kind: str
    state: str
    agency_id: int
    agency_name: str

    @property
    def is_confirmed(self) -> bool:
        """Whether the agency has confirmed number and agency."""
        return self.state == IdentityState.CONFIRMED


@dataclass(frozen=True)
class Correspondent:
    """Whom a mail goes to."""

    email: str
    name: str
    # Empty where the person never chose one.
    language: str


def account_for_login(login: str) -> Account | None:
    """Return the account that a NIP, NI PPPK or e-mail address signs in to; None if there is none.

    A number leads to the account that holds it: one with a disputed number signs in by e-mail.
    """
    number = clean_number(login)
    if number:
        return Account.objects.filter(
            identity__number=number, identity__state__in=list(HOLDING)
        ).first()
    return account_by_email(login) if "@" in login else None


def account_by_email(email: str) -> Account | None:
    """Return the account with this e-mail address, whatever its case."""
    return Account.objects.filter(email__iexact=email.strip()).first()


def login_key(login: str) -> str:
    """Return what failed sign-ins of a login are counted under.

    NIP and e-mail of one account share a count; what leads to no account is counted as typed, so
    that the limits do not tell which accounts exist.
    """
    account = account_for_login(login)
    return str(account.pk) if account else clean_number(login) or login.strip().lower()


def identity_of(account_id: uuid.UUID) -> Identity | None:
    """Return the identity of an account with its agency."""
    return Identity.objects.select_related("agency").filter(pk=account_id).first()


def holders(account_ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, Holder]:
    """Return what is known of each account, in one query; unknown ids are left out."""
    rows = Account.objects.filter(pk__in=list(account_ids)).values_list(
        "pk",
        "name",
        "identity__number",
        "identity__kind",
        "identity__state",
        "home_agency_id",
        "home_agency__name",
    )
    return {
        pk: Holder(
            account_id=pk,
            name=name,
            number=(number or "") if state in HOLDING else "",
            kind=kind or "",
            state=state or "",
            agency_id=agency_id,
            agency_name=agency_name or "",
        )
        for pk, name, number, kind, state, agency_id, agency_name in rows
    }


def holder(account_id: uuid.UUID) -> Holder:
    """Return what is known of one account; raises KeyError for an unknown one."""
    return holders([account_id])[account_id]


def email_is_verified(account_id: uuid.UUID) -> bool:
    """Say whether the person has shown that the account's e-mail address is theirs."""
    return EmailAddress.objects.filter(user_id=account_id, verified=True).exists()


def correspondent(account_id: uuid.UUID) -> Correspondent | None:
    """Return where mail reaches a person; None while no address is known to be theirs."""
    row = EmailAddress.objects.filter(
        user_id=account_id, verified=True, user__is_active=True
    ).values_list("email", "user__name", "user__language")
    found = row.order_by("-primary", "pk").first()
    return Correspondent(*found) if found else None


def unverified_email(account_id: uuid.UUID) -> EmailAddress | None:
    """Return the e-mail address of an account that still waits for its confirmation."""
    return EmailAddress.objects.filter(user_id=account_id, verified=False).first()


def sessions_of(account_id: uuid.UUID) -> QuerySet[Session]:
    """Sessions of an account that still hold, newest first."""
    return (
        Session.objects.filter(account_id=account_id, expire_date__gt=timezone.now())
        .only("session_key", "device", "signed_in_at", "expire_date")
        .order_by("-signed_in_at", "session_key")
    )


def identities_of_agency(
    agency_id: int, *, states: tuple[str, ...] = (), words: str = ""
) -> QuerySet[Identity]:
    """Identities that name an agency, oldest declaration first.

    `states` keeps only those; `words` searches names and numbers (spaces and dots in a number do
    not matter).
    """
    found = Identity.objects.filter(agency_id=agency_id).select_related("account", "decided_by")
    if states:
        found = found.filter(state__in=states)
    words = words.strip()
    if words:
        digits = SEPARATORS.sub("", words)
        if digits.isascii() and digits.isdigit():
            found = found.filter(number__contains=digits)
        else:
            found = found.filter(account__name__icontains=words)
    return found.order_by("declared_at", "pk")


def confirmed_holders(numbers: Iterable[str], agency_id: int) -> dict[str, uuid.UUID]:
    """Return the accounts confirmed at an agency under these numbers, in one query."""
    rows = Identity.objects.filter(
        number__in=list(numbers), agency_id=agency_id, state=IdentityState.CONFIRMED
    )
    return dict(rows.values_list("number", "pk"))


def declared_with_numbers(
    agency_id: int, numbers: Any, *, after: uuid.UUID | None = None
) -> QuerySet[Identity]:
    """Identities that merely declare an agency and one of the numbers, in the order of their ids.

    `numbers` may be a queryset of one column; `after` goes on behind an id.
    """
    rows = Identity.objects.filter(
        agency_id=agency_id, state=IdentityState.DECLARED, number__in=numbers
    )
    if after is not None:
        rows = rows.filter(pk__gt=after)
    return rows.select_related("account").order_by("pk")


def state_counts(agency_id: int) -> dict[str, int]:
    """Return how many identities of an agency stand in each state."""
    counts = dict.fromkeys(IdentityState.values, 0)
    rows = Identity.objects.filter(agency_id=agency_id).values("state").annotate(n=Count("pk"))
    counts.update({row["state"]: row["n"] for row in rows.order_by()})
    return counts


def identities_waiting(agency_id: int) -> int:
    """Return how many identities of an agency wait for its training unit."""
    return Identity.objects.filter(
        agency_id=agency_id, state__in=[IdentityState.DECLARED, IdentityState.DISPUTED]
    ).count()


def other_claims(identities: list[Identity]) -> dict[uuid.UUID, list[Identity]]:
    """Return for each disputed identity the other ones that claim its number, in one query.

    Claims that were rejected are left out.
    """
    numbers = {row.number for row in identities if row.state == IdentityState.DISPUTED}
    if not numbers:
        return {}
    claims: dict[str, list[Identity]] = {}
    rows = (
        Identity.objects.filter(number__in=numbers)
        .exclude(state=IdentityState.REJECTED)
        .select_related("account")
        .order_by("declared_at", "pk")
    )
    for row in rows:
        claims.setdefault(row.number, []).append(row)
    return {
        identity.pk: [row for row in claims.get(identity.number, []) if row.pk != identity.pk]
        for identity in identities
        if identity.state == IdentityState.DISPUTED
    }


def head_counts(agency_ids: list[int] | None = None) -> dict[int, dict[str, int]]:
    """Return `{agency: {"declared": n, "confirmed": n}}` from the kept numbers, for all or some."""
    rows: Any = HeadCount.objects.all()
    if agency_ids is not None:
        rows = rows.filter(agency_id__in=agency_ids)
    totals: dict[int, dict[str, int]] = {}
    for agency_id, declared, confirmed in rows.values_list("agency_id", "declared", "confirmed"):
        total = totals.setdefault(agency_id, {"declared": 0, "confirmed": 0})
        total["declared"] += declared
        total["confirmed"] += confirmed
    return totals


def holder_exists(number: str, *, besides: uuid.UUID | None = None) -> bool:
    """Say whether an account (other than `besides`) holds a number."""
    held = Identity.objects.filter(Q(number=number), state__in=list(HOLDING))
    if besides is not None:
        held = held.exclude(pk=besides)
    return held.exists()


def confirmed_at(agency_id: int, numbers: Iterable[str]) -> dict[str, uuid.UUID]:
    """Return the accounts that an agency confirmed under these numbers, by number: one query."""
    rows = Identity.objects.filter(
        agency_id=agency_id, number__in=list(numbers), state=IdentityState.CONFIRMED
    )
    return dict(rows.values_list("number", "account_id"))
