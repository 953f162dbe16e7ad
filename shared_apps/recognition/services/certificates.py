"""What happens to a certificate after it was issued: release, revocation, handing out."""

import hashlib
import uuid
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from shared_apps.audit import services as audit
from shared_apps.recognition import codes, documents
from shared_apps.recognition.errors import RevocationRefused
from shared_apps.recognition.models import Certificate, LedgerEntry, Rendition
from shared_apps.recognition.services import kept

REASON_LENGTH = 300


def release(*, certificate_id: uuid.UUID) -> None:
    """Open the download (the survey was sent); a second call changes nothing.

    No audit row and no time are written, so that none stands beside an anonymous answer.
    """
    Certificate.objects.filter(pk=certificate_id, released=False).update(released=True)


@transaction.atomic
def revoke(*, code: str, reason: str, by: Any) -> Certificate:
    """Revoke a certificate and reverse its JP in the ledger and in every sum.

    For operators: no right of `by` is checked here, and None is the system itself. Raises
    RevocationRefused without a reason, for an unknown code and for a revoked one.
    """
    reason = " ".join(reason.split())
    if not reason:
        raise RevocationRefused(_("Tulis alasan pencabutan."), field="reason")
    if len(reason) > REASON_LENGTH:
        raise RevocationRefused(
            _("Alasan pencabutan paling panjang {n} huruf.").format(n=REASON_LENGTH),
            field="reason",
        )
    seen = Certificate.objects.filter(code=codes.normalise_code(code)).first()
    if seen is None:
        raise RevocationRefused(_("Tidak ada sertifikat dengan kode itu."), field="code")
    entry = _entry_to_reverse(seen)
    person = kept.lock_person(
        account_id=seen.account_id,
        year=seen.year,
        agency_id=entry.agency_id,
        confirmed=False,
        kind=seen.holder_number_kind,
    )
    certificate = Certificate.objects.select_for_update().get(pk=seen.pk)
    if certificate.revoked_at is not None:
        raise RevocationRefused(_("Sertifikat itu sudah dicabut."), field="code")
    # Read again under the lock: the row seen before may have been reversed meanwhile.
    entry = _entry_to_reverse(certificate)
    _reverse(entry)
    kept.apply(
        person,
        kept.Change(-entry.jp_credited, -entry.jp_printed, -1),
        tenant_id=certificate.tenant_id,
    )
    certificate.revoked_at = timezone.now()
    certificate.revoked_by = by
    certificate.revoked_reason = reason
    certificate.save(update_fields=["revoked_at", "revoked_by", "revoked_reason"])
    audit.record(
        "certificate.revoked",
        by=by,
        tenant_id=certificate.tenant_id,
        kind="certificate",
        ref=certificate.code,
        data={"reason": reason},
    )
    return certificate


def _entry_to_reverse(certificate: Certificate) -> LedgerEntry:
    return LedgerEntry.objects.filter(
        account_id=certificate.account_id,
        year=certificate.year,
        tenant_id=certificate.tenant_id,
        kind=certificate.kind,
        uuid=certificate.uuid,
    ).latest("revision")


def _reverse(entry: LedgerEntry) -> None:
    """Add the row that takes an award back."""
    LedgerEntry.objects.create(
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
def hand_out(*, certificate: Certificate, by: Any) -> bytes:
    """Return the PDF of a certificate and note its hash, so that this very file verifies.

    The caller has checked that the person may have it.
    """
    data = documents.certificate_pdf(certificate)
    Rendition.objects.get_or_create(
        sha256=hashlib.sha256(data).hexdigest(),
        defaults={
            "certificate": certificate,
            "renderer": documents.renderer(),
            "size": len(data),
        },
    )
    audit.record(
        "certificate.downloaded",
        by=by,
        tenant_id=certificate.tenant_id,
        kind="certificate",
        ref=certificate.code,
    )
    return data
