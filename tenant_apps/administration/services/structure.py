"""Changing the structure of the tenant's corporate university."""

import uuid
from collections.abc import Mapping
from typing import Any, TypeVar

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from shared_apps.accounts import selectors as accounts
from shared_apps.audit import services as audit
from tenant_apps.administration.errors import StructureRefused
from tenant_apps.administration.models import Academy, Seat
from tenant_apps.administration.permissions import TENANT
from tenant_apps.administration.services.people import person_named
from tenant_apps.members.services.joining import join

Placed = TypeVar("Placed", Seat, Academy)


def _seat_person(place: Seat | Academy, *, login: str, name: str) -> None:
    """Set who it is: the account of a login, else a name; the same name keeps the account."""
    if login:
        account = person_named(login)
        place.member = join(account_id=account.pk)[0]
        place.name = account.name
        return
    known = accounts.holders([place.member_id]) if place.member_id else {}
    if place.member_id and name not in {each.name for each in known.values()}:
        place.member = None
    place.name = name


def _save(
    place: Placed, *, by: Any, values: Mapping[str, Any], kind: str, data: dict[str, str]
) -> Placed:
    if not by.has_perm(TENANT):
        raise PermissionDenied
    rest = dict(values)
    _seat_person(place, login=rest.pop("login"), name=rest.pop("name"))
    for name, value in rest.items():
        setattr(place, name, value)
    place.save()
    audit.record("structure.saved", by=by, kind=kind, ref=place.pk, data=data)
    return place


@transaction.atomic
def save_seat(*, by: Any, seat: Seat, values: Mapping[str, Any]) -> Seat:
    """Keep a new or changed seat; `values` are the fields, with `login` or `name` of who sits.

    Raises PersonNotFound, StructureRefused, or PermissionDenied without the right.
    """
    if not values["login"] and not values["name"]:
        raise StructureRefused(_("Tulis nama orangnya, atau NIP atau e-mailnya."), field="name")
    return _save(seat, by=by, values=values, kind="corpu_role", data={"seat": str(values["role"])})


@transaction.atomic
def save_academy(*, by: Any, academy: Academy, values: Mapping[str, Any]) -> Academy:
    """Keep a new or changed academy; its head may be left open. Raises as `save_seat`."""
    return _save(academy, by=by, values=values, kind="academy", data={"name": values["title"]})


@transaction.atomic
def remove(*, by: Any, place: Seat | Academy) -> None:
    """Take a seat or an academy out of the structure. Raises PermissionDenied."""
    if not by.has_perm(TENANT):
        raise PermissionDenied
    key: uuid.UUID = place.pk
    if isinstance(place, Seat):
        kind, data = "corpu_role", {"seat": place.role}
    else:
        kind, data = "academy", {"name": place.title}
    place.delete()
    audit.record("structure.removed", by=by, kind=kind, ref=key, data=data)
