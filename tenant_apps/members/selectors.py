"""Reads of members."""

from typing import Any

from django.db.models import QuerySet

from shared_apps.accounts.choices import HOLDING
from shared_apps.accounts.nip import SEPARATORS
from tenant_apps.members.models import Member
from tenants.schemas import current_tenant


def is_known(account: Any) -> bool:
    """Say whether the open tenant knows a person: a member, or one whom its agency confirmed."""
    own = current_tenant().agency_id
    return account.is_active and (
        account.confirmed_agency_id == own or Member.objects.filter(pk=account.pk).exists()
    )


def matching(words: str) -> QuerySet[Member]:
    """Return the members whose name holds the words, or whose NIP holds the digits.

    This app owns the one link to the account, so only it may follow it.
    """
    digits = SEPARATORS.sub("", words)
    if digits.isascii() and digits.isdigit():
        return Member.objects.filter(
            account__identity__number__contains=digits,
            account__identity__state__in=list(HOLDING),
        )
    return Member.objects.filter(account__name__icontains=words)
