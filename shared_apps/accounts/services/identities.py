"""Declaring, confirming and rejecting who a person is."""

import uuid
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from shared_apps.accounts import selectors
from shared_apps.accounts.choices import IdentityState
from shared_apps.accounts.errors import IdentityDecisionRefused
from shared_apps.accounts.models import Account, Identity
from shared_apps.accounts.nip import Number
from shared_apps.accounts.services import head_counts
from shared_apps.audit import services as audit
from tenants.models import Tenant


@dataclass(frozen=True)
class Decision:
    """What a decision changed: the state before and after are equal when it changed nothing."""

    account_id: uuid.UUID
    agency_id: int
    before: str
    after: str


def _changed_meanwhile() -> IdentityDecisionRefused:
    return IdentityDecisionRefused(
        _("Data pegawai ini baru saja berubah. Muat ulang halaman, lalu putuskan lagi.")
    )


def _locked(account_id: uuid.UUID) -> tuple[Identity, list[Identity]]:
    """Lock an identity and all others with its number, in the order of their ids."""
    number = Identity.objects.filter(pk=account_id).values_list("number", flat=True).first()
    rows = list(
        Identity.objects.select_for_update(of=("self",))
        .select_related("account")
        .filter(number=number)
        .order_by("pk")
    )
    mine = next((row for row in rows if row.pk == account_id), None)
    if mine is None:
        raise _changed_meanwhile()
    return mine, [row for row in rows if row.pk != account_id]


def _check_decider(identity: Identity, by: Any, tenant: Tenant) -> None:
    if tenant.agency_id != identity.agency_id:
        raise IdentityDecisionRefused(
            _("Hanya unit pelatihan instansi yang bersangkutan yang dapat memutuskan.")
        )
    if by.pk == identity.pk:
        raise IdentityDecisionRefused(
            _(
                "Identitas sendiri diputuskan oleh orang lain: minta pengelola lain di instansi "
                "Anda."
            )
        )


def _decide(identity: Identity, state: IdentityState, by: Any, reason: str = "") -> Decision:
    """Write a decision with its counts and its trace."""
    before = (identity.agency_id, identity.state)
    identity.state = state
    identity.decided_at = timezone.now()
    identity.decided_by_id = by.pk
    identity.reason = reason
    identity.save(update_fields=["state", "decided_at", "decided_by", "reason"])
    head_counts.move(identity.pk, before=before, after=(identity.agency_id, state))
    audit.record(
        "identity.confirmed" if state == IdentityState.CONFIRMED else "identity.rejected",
        by=by,
        kind="account",
        ref=identity.pk,
        data={"reason": reason, "from": str(before[1])} if reason else {"from": str(before[1])},
    )
    return Decision(identity.pk, identity.agency_id, str(before[1]), str(state))


def _unchanged(identity: Identity) -> Decision:
    return Decision(identity.pk, identity.agency_id, identity.state, identity.state)


@transaction.atomic
def confirm(*, by: Any, account_id: uuid.UUID, tenant: Tenant, seen: str = "") -> Decision:
    """Confirm that a person is who they say, by the training unit of their agency.

    The caller checks the role of `by` at `tenant`. Of two who claim one number, the other's mere
    declaration is rejected with it; a confirmed one must be rejected first. Confirming twice
    changes nothing. `seen` is the number that `by` looked at: a person who states another one
    meanwhile is not confirmed with it. Raises IdentityDecisionRefused.
    """
    identity, others = _locked(account_id)
    _check_decider(identity, by, tenant)
    if seen and seen != identity.number:
        raise _changed_meanwhile()
    if identity.state == IdentityState.CONFIRMED:
        return _unchanged(identity)
    for other in others:
        if other.state == IdentityState.CONFIRMED:
            raise IdentityDecisionRefused(
                _(
                    "Nomor ini sudah dikonfirmasi pada akun lain. Tolak dahulu identitas akun itu "
                    "bila memang keliru."
                )
            )
    for other in others:
        if other.state == IdentityState.DECLARED:
            _decide(
                other,
                IdentityState.REJECTED,
                by,
                reason=_("Nomor ini dikonfirmasi sebagai milik pegawai lain."),
            )
    try:
        with transaction.atomic():
            return _decide(identity, IdentityState.CONFIRMED, by)
    except IntegrityError as error:
        # Somebody registered with the number after the rows were locked.
        raise _changed_meanwhile() from error


@transaction.atomic
def reject(*, by: Any, account_id: uuid.UUID, tenant: Tenant, reason: str) -> Decision:
    """Reject a claim, also a confirmed one, with a reason that the person reads.

    The caller checks the role of `by` at `tenant`. Rejecting twice changes nothing. Raises
    IdentityDecisionRefused.
    """
    reason = " ".join(reason.split())
    identity, _others = _locked(account_id)
    _check_decider(identity, by, tenant)
    if not reason:
        raise IdentityDecisionRefused(
            _("Tulis alasannya agar pegawai yang bersangkutan tahu apa yang perlu diperbaiki."),
            field="reason",
        )
    if identity.state == IdentityState.REJECTED:
        return _unchanged(identity)
    return _decide(identity, IdentityState.REJECTED, by, reason=reason[:300])


def declare_first(*, account: Account, number: Number, agency_id: int) -> Identity:
    """Write the first identity of an account and count the person; call it in a transaction.

    It stands as declared, or as disputed when another account holds the number.
    """
    identity = Identity(
        account=account, number=number.digits, kind=number.kind, agency_id=agency_id
    )
    _save_declaration(identity)
    head_counts.move(account.pk, before=None, after=(agency_id, identity.state))
    return identity


@transaction.atomic
def redeclare(*, by: Account, number: Number, agency_id: int) -> Identity:
    """State one's number or agency anew, as long as it is not confirmed.

    It stands as declared again, or as disputed when another account holds the number. Raises
    IdentityDecisionRefused for a confirmed identity.
    """
    identity = Identity.objects.select_for_update().filter(pk=by.pk).first()
    if identity is None:
        raise IdentityDecisionRefused(_("Akun ini tidak memakai NIP atau NI PPPK."))
    if identity.state == IdentityState.CONFIRMED:
        raise IdentityDecisionRefused(
            _(
                "Identitas Anda sudah dikonfirmasi. Perubahan dilakukan oleh unit pelatihan "
                "instansi Anda."
            )
        )
    before = (identity.agency_id, identity.state)
    identity.number = number.digits
    identity.kind = number.kind
    identity.agency_id = agency_id
    identity.declared_at = timezone.now()
    identity.decided_at = None
    identity.decided_by = None
    identity.reason = ""
    _save_declaration(identity)
    # The account's row is written only when it changes: every tenant points at it.
    Account.objects.filter(pk=by.pk).exclude(home_agency_id=agency_id).update(
        home_agency_id=agency_id
    )
    head_counts.move(identity.pk, before=before, after=(agency_id, identity.state))
    audit.record(
        "identity.redeclared",
        by=by,
        kind="account",
        ref=identity.pk,
        data={"agency": agency_id, "state": identity.state},
    )
    return identity


def _save_declaration(identity: Identity) -> None:
    """Save as declared; as disputed when another account holds the number, now or just before."""
    first = identity._state.adding
    identity.state = IdentityState.DISPUTED
    if not selectors.holder_exists(identity.number, besides=identity.pk):
        identity.state = IdentityState.DECLARED
        try:
            with transaction.atomic():
                identity.save(force_insert=first)
        except IntegrityError:
            # Somebody else took the number between the look and the write.
            identity.state = IdentityState.DISPUTED
    if identity.state == IdentityState.DISPUTED:
        identity.save(force_insert=first)
