"""What happens to a certificate after it was issued: release, revocation, handing out."""

import hashlib
import uuid
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from shared_apps.audit import services as audit
from shared_apps.recognition import codes, documents
from shared_apps.recognition.errors import RevocationRefused
from shared_apps.recognition.models import Certificate, LedgerEntry, PersonTotal, Rendition
from shared_apps.recognition.services import kept, notices
from tenants.models import Tenant
from toolkit.errors import DomainError

REASON_LENGTH = 300


def release(*, certificate_id: uuid.UUID) -> None:
    """Open the download (the survey was sent); a second call changes nothing.

    No audit row and no time are written, so that none stands beside an anonymous answer. A
    certificate that has replaced it meanwhile is opened too.
    """
    wanted = [certificate_id]
    while wanted:
        Certificate.objects.filter(pk__in=wanted, released=False).update(released=True)
        wanted = list(Certificate.objects.filter(replaces__in=wanted).values_list("pk", flat=True))


@transaction.atomic
def revoke(*, code: str, reason: str, by: Any, tenant: Tenant | None = None) -> Certificate:
    """Revoke a certificate and reverse its JP in the ledger and in every sum; tell its holder.

    `tenant` is the provider that asks: only its own certificates are found. Without it, this is
    for operators. Raises RevocationRefused without a reason, for an unknown code and for a
    revoked one.
    """
    reason = checked_reason(reason, RevocationRefused)
    found = Certificate.objects.filter(code=codes.normalise_code(code))
    seen = (found if tenant is None else found.filter(tenant=tenant)).first()
    if seen is None:
        raise RevocationRefused(_("Tidak ada sertifikat dengan kode itu."), field="code")
    person = lock_person_of(seen)
    certificate = Certificate.objects.select_for_update().get(pk=seen.pk)
    if certificate.revoked_at is not None:
        raise RevocationRefused(_("Sertifikat itu sudah dicabut."), field="code")
    reverse_entry(certificate, person)
    mark_revoked(certificate, reason=reason, by=by)
    audit.record(
        "certificate.revoked",
        by=by,
        tenant_id=certificate.tenant_id,
        kind="certificate",
        ref=certificate.code,
        data={"reason": reason},
    )
    notices.revoked(certificate)
    return certificate


def checked_reason(reason: str, refusal: type[DomainError]) -> str:
    """Return the reason without needless blanks; raises the refusal when it cannot be shown."""
    reason = " ".join(reason.split())
    if not reason:
        raise refusal(_("Tulis alasannya."), field="reason")
    if len(reason) > REASON_LENGTH:
        raise refusal(_("Alasan paling panjang {n} huruf.").format(n=REASON_LENGTH), field="reason")
    return reason


def mark_revoked(certificate: Certificate, *, reason: str, by: Any) -> None:
    """Note on the locked row that it holds no more."""
    certificate.revoked_at = timezone.now()
    certificate.revoked_by = by
    certificate.revoked_reason = reason
    certificate.save(update_fields=["revoked_at", "revoked_by", "revoked_reason"])


def lock_person_of(certificate: Certificate) -> PersonTotal:
    """Lock the total that a certificate counts in; always before the certificate itself."""
    return kept.lock_person(
        account_id=certificate.account_id,
        year=certificate.year,
        agency_id=_last_entry(certificate).agency_id,
        confirmed=False,
        kind=certificate.holder_number_kind,
    )


def reverse_entry(certificate: Certificate, person: PersonTotal) -> LedgerEntry:
    """Take a certificate's JP back in the ledger and in every sum; returns the reversing row.

    Reads the row under the lock: the one seen before may have been reversed meanwhile.
    """
    entry = _last_entry(certificate)
    reversal = _reverse(entry)
    kept.apply(
        person,
        kept.Change(-entry.jp_credited, -entry.jp_printed, -1),
        tenant_id=certificate.tenant_id,
    )
    return reversal


def _last_entry(certificate: Certificate) -> LedgerEntry:
    return LedgerEntry.objects.filter(
        account_id=certificate.account_id,
        year=certificate.year,
        tenant_id=certificate.tenant_id,
        kind=certificate.kind,
        uuid=certificate.uuid,
    ).latest("revision")


def _reverse(entry: LedgerEntry) -> LedgerEntry:
    """Add the row that takes an award back."""
    return LedgerEntry.objects.create(
        account_id=entry.account_id,
        year=entry.year,
        tenant_id=entry.tenant_id,
        kind=entry.kind,
        uuid=entry.uuid,
        revision=entry.revision + 1,
        answers=entry.id,
        form=entry.form,
        scope=entry.scope,
        rule_set=entry.rule_set,
        title=entry.title,
        jp_claimed=-entry.jp_claimed,
        jp_computed=-entry.jp_computed,
        jp_printed=-entry.jp_printed,
        jp_credited=-entry.jp_credited,
        cap_reason=entry.cap_reason,
        agency_id=entry.agency_id,
        completed_on=entry.completed_on,
    )


@transaction.atomic
def hand_out(*, certificate: Certificate, by: Any, quiet: bool = False) -> bytes:
    """Return the PDF of a certificate and note its hash, so that this very file verifies.

    The caller has checked that the person may have it; `quiet` leaves the audit row to the
    caller, who hands out many.
    """
    data = documents.certificate_pdf(certificate)
    Rendition.objects.get_or_create(
        sha256=hashlib.sha256(data).hexdigest(),
        defaults={
            "certificate": certificate,
            "renderer": documents.renderer(certificate),
            "size": len(data),
        },
    )
    if not quiet:
        audit.record(
            "certificate.downloaded",
            by=by,
            tenant_id=certificate.tenant_id,
            kind="certificate",
            ref=certificate.code,
        )
    return data


def file_name(certificate: Certificate) -> str:
    """Return the name under which a certificate is downloaded, without ending."""
    return slugify(f"Sertifikat {certificate.number}".replace("/", "-")) or "sertifikat"
