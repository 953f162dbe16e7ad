"""Registration of a person."""

import datetime

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from shared_apps.accounts import selectors
from shared_apps.accounts.errors import RegistrationRefused
from shared_apps.accounts.models import Account
from shared_apps.accounts.names import clean_name
from shared_apps.accounts.nip import Number, clean_number
from shared_apps.accounts.services import identities
from shared_apps.audit import services as audit

#: How long a form that is sent once more still means the same registration.
REPEAT = datetime.timedelta(minutes=10)


def email_taken() -> RegistrationRefused:
    """Return the refusal of a taken e-mail address; it never says whose it is."""
    return RegistrationRefused(
        _(
            "Alamat e-mail ini sudah dipakai. Masuk dengan alamat itu, atau atur ulang kata "
            "sandinya."
        ),
        field="email",
    )


def repeated_registration(*, email: str, number: str, password: str) -> Account | None:
    """Return the account that the same person made minutes ago with the very same form.

    A button pressed twice then leads into the account instead of to a complaint. The password
    must be that of the account, so this tells a stranger nothing.
    """
    account = Account.objects.filter(
        email__iexact=email,
        identity__number=clean_number(number),
        date_joined__gt=timezone.now() - REPEAT,
    ).first()
    return account if account is not None and account.check_password(password) else None


@transaction.atomic
def register(
    *, number: Number, name: str, email: str, password: str, agency_id: int, language: str = ""
) -> Account:
    """Make an account with its identity; the person acts for themselves.

    A number that another account holds makes the identity disputed, and the registration goes
    on. Raises RegistrationRefused when the e-mail address is taken, also at the same instant, and
    for a name that cannot be printed.
    """
    if selectors.account_by_email(email) is not None:
        raise email_taken()
    account = Account(
        name=clean_name(name),
        email=email.strip().lower(),
        home_agency_id=agency_id,
        language=language,
        password=make_password(password),
    )
    try:
        with transaction.atomic():
            account.save(force_insert=True)
    except IntegrityError as error:
        raise email_taken() from error
    EmailAddress.objects.create(user=account, email=account.email, primary=True, verified=False)
    identity = identities.declare_first(account=account, number=number, agency_id=agency_id)
    audit.record(
        "account.registered",
        by=account,
        kind="account",
        ref=account.pk,
        data={"agency": agency_id, "state": identity.state},
    )
    return account
