"""Naming one person exactly: the training unit never searches the nation's accounts."""

from django.utils.translation import gettext as _

from shared_apps.accounts import selectors as accounts
from shared_apps.accounts.choices import IdentityState
from shared_apps.accounts.models import Account
from tenant_apps.administration.errors import PersonNotFound
from tenants.schemas import current_tenant


def person_named(login: str) -> Account:
    """Return the person with this NIP or e-mail address; raises PersonNotFound.

    A number names people of the tenant's own agency who are confirmed, since anybody may state
    any number; an address names anybody who has shown that it is theirs. All else gets the same
    sentence, which does not tell whether there is an account.
    """
    account = accounts.account_for_login(login)
    if account is not None and account.is_active and _is_known(account, login):
        return account
    raise PersonNotFound(
        _(
            "Tidak ada orang yang dapat dipilih dengan nomor atau alamat ini. NIP berlaku untuk "
            "pegawai instansi Anda yang identitasnya sudah dikonfirmasi; e-mail berlaku untuk "
            "alamat yang sudah dikonfirmasi pemiliknya."
        ),
        field="login",
    )


def _is_known(account: Account, login: str) -> bool:
    if "@" in login:
        return accounts.email_is_verified(account.pk)
    identity = accounts.identity_of(account.pk)
    return (
        identity is not None
        and identity.state == IdentityState.CONFIRMED
        and identity.agency_id == current_tenant().agency_id
    )
