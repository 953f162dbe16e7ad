"""Issuing a certificate again: a corrected one takes the place of the old one."""

import datetime
import re
import uuid
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from shared_apps.accounts import selectors as accounts
from shared_apps.audit import services as audit
from shared_apps.recognition import codes
from shared_apps.recognition.errors import ReissueRefused
from shared_apps.recognition.models import Certificate
from shared_apps.recognition.services import award, certificates, freezing, notices
from shared_apps.recognition.services.rules import truncate
from tenants.models import Tenant

_SUFFIX = re.compile(r"-R\d+$")
CENT = Decimal("0.01")


@dataclass(frozen=True)
class Correction:
    """What the new certificate says instead; None keeps what the old one says."""

    holder_name: str | None = None
    holder_agency: str | None = None
    title: str | None = None
    batch: str | None = None
    venue: str | None = None
    jp: Decimal | None = None


@transaction.atomic
def reissue(
    *,
    certificate_id: uuid.UUID,
    tenant: Tenant,
    correction: Correction,
    reason: str,
    by: Any,
    template_id: uuid.UUID | None = None,
) -> Certificate:
    """Issue a certificate again as its next version and revoke the old one, in one transaction.

    Called again for the same certificate it returns the same new one. The look is that of the
    template today (`template_id` None: the default one), the holder's number that of their
    account today. The ledger is left alone unless the JP change. Raises ReissueRefused.
    """
    reason = certificates.checked_reason(reason, ReissueRefused)
    seen = Certificate.objects.filter(pk=certificate_id, tenant=tenant).first()
    if seen is None:
        raise ReissueRefused(_("Tidak ada sertifikat itu."))
    jp = truncate(correction.jp) if correction.jp is not None else Decimal(seen.jp)
    if jp <= 0:
        raise ReissueRefused(_("JP harus lebih dari nol."), field="jp")
    # What counts can only change by the ledger, whose lock comes before that of the certificate.
    person = certificates.lock_person_of(seen) if jp != seen.jp else None
    old = Certificate.objects.select_for_update().get(pk=seen.pk)
    if old.revoked_at is not None:
        successor = Certificate.objects.filter(replaces=old).first()
        if successor is None:
            raise ReissueRefused(
                _("Sertifikat itu sudah dicabut, jadi tidak dapat diterbitkan ulang.")
            )
        return successor
    new = _next_version(old, tenant, correction, template_id)
    if person is not None:
        reversal = certificates.reverse_entry(old, person)
        amounts = award.record(
            award.Source(old.account_id, old.tenant_id, old.kind, old.uuid),
            award.Claim(person, old.year, reversal),
            old.form,
            reversal.scope,
            new.title,
            jp,
            reversal.agency_id,
            old.completed_on,
        )
        new.jp = amounts.printed
        new.curriculum = _scaled(old.curriculum, amounts.printed)
    certificates.mark_revoked(
        old, reason=f"Diganti oleh {new.code}: {reason}"[: certificates.REASON_LENGTH], by=by
    )
    new.save(force_insert=True)
    audit.record(
        "certificate.reissued",
        by=by,
        tenant_id=tenant.pk,
        kind="certificate",
        ref=new.code,
        data={"replaces": old.code, "reason": reason, "jp": str(new.jp)},
    )
    notices.reissued(new)
    return new


def _next_version(
    old: Certificate, tenant: Tenant, correction: Correction, template_id: uuid.UUID | None
) -> Certificate:
    """Return the new row, unsaved: the old one with what was corrected and today's look."""
    columns = {
        field.attname: getattr(old, field.attname)
        for field in Certificate._meta.concrete_fields
        if field.name not in ("id", "revoked_at", "revoked_by", "revoked_reason")
    }
    new = Certificate(**columns)
    now = timezone.now()
    new.code = codes.new_code()
    new.version = old.version + 1
    new.replaces = old
    new.number = _number(old, tenant)
    new.issued_at, new.issued_on = now, _day(now, tenant)
    holder = accounts.holders([old.account_id]).get(old.account_id)
    if holder is not None and holder.number:
        new.holder_number, new.holder_number_kind = holder.number, holder.kind
    for name in ("holder_name", "holder_agency", "title", "batch", "venue"):
        corrected = getattr(correction, name)
        if corrected is not None:
            setattr(new, name, " ".join(corrected.split()))
    posts = freezing.post_columns(old.account_id)
    if any(posts.values()):
        for name, text in posts.items():
            setattr(new, name, text)
    look = freezing.provider_columns(tenant, freezing.template_in_force(tenant, template_id))
    for name, value in look.items():
        setattr(new, name, value)
    return new


def _day(moment: datetime.datetime, tenant: Tenant) -> datetime.date:
    return moment.astimezone(ZoneInfo(tenant.time_zone)).date()


def _number(old: Certificate, tenant: Tenant) -> str:
    """Return the first number of the chain with the mark of the version: `…-R1`, `…-R2`.

    The counter is not touched, so that the series stays without gaps.
    """
    first = _SUFFIX.sub("", old.number) if old.version > 1 else old.number
    mark = old.version
    while Certificate.objects.filter(tenant=tenant, number=f"{first}-R{mark}").exists():
        mark += 1
    return f"{first}-R{mark}"


def _scaled(curriculum: list[dict[str, str]], jp: Decimal) -> list[dict[str, str]]:
    """Return the subjects with JP in their old proportion that add up to `jp` exactly.

    Largest remainder on hundredths of a JP.
    """
    if not curriculum:
        return []
    old = [int(Decimal(row["jp"]) / CENT) for row in curriculum]
    cents, whole = int(jp / CENT), sum(old)
    shares = [part * cents // whole for part in old]
    by_rest = sorted(range(len(old)), key=lambda index: (-(old[index] * cents % whole), index))
    for index in by_rest[: cents - sum(shares)]:
        shares[index] += 1
    return [
        {**row, "jp": str(Decimal(share) * CENT)}
        for row, share in zip(curriculum, shares, strict=True)
    ]
