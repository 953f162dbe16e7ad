"""Ties between employees and accounts; they follow the identity."""

import uuid

from django.db import transaction

from shared_apps.accounts import selectors as accounts
from shared_apps.accounts.choices import IdentityState
from shared_apps.employees.models import Employee
from shared_apps.employees.services.recording import link_confirmed


@transaction.atomic
def follow(account_id: uuid.UUID) -> None:
    """Tie an account to its employee while its identity is confirmed, and untie it otherwise.

    Call it in the transaction that decides on the identity.
    """
    identity = accounts.identity_of(account_id)
    tied = Employee.objects.filter(account_id=account_id)
    if identity is None or identity.state != IdentityState.CONFIRMED:
        tied.update(account=None)
        return
    tied.exclude(agency_id=identity.agency_id, number=identity.number).update(account=None)
    link_confirmed([identity.number], identity.agency_id)
