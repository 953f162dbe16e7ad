"""Reads of a training unit: its issued certificates, their history, what can be narrowed by."""

import uuid
from collections.abc import Sequence

from django.db.models import Max, Q, QuerySet

from shared_apps.recognition import codes
from shared_apps.recognition.models import Certificate, CertificateTemplate, LegacyCertificate
from tenants.models import Tenant

#: Topics offered to narrow by; the others are found by their words.
MOST_TOPICS = 300


def issued_by(tenant: Tenant) -> QuerySet[Certificate]:
    """Return a tenant's certificates, revoked and replaced ones too."""
    return Certificate.objects.filter(tenant=tenant)


def find(tenant: Tenant, code: str) -> Certificate | None:
    """Return one certificate of a tenant by its code."""
    rows = issued_by(tenant).select_related("template_version__template", "revoked_by")
    return rows.filter(code=codes.normalise_code(code)).first()


def family(certificate: Certificate) -> list[Certificate]:
    """Return all certificates of the same person and source, oldest first."""
    return list(
        Certificate.objects.filter(
            account_id=certificate.account_id,
            tenant_id=certificate.tenant_id,
            kind=certificate.kind,
            uuid=certificate.uuid,
        ).order_by("issued_at", "version")
    )


def topics(tenant: Tenant) -> list[tuple[str, str]]:
    """Return the sources of a tenant's certificates with their title, to choose from."""
    rows = issued_by(tenant).values("uuid").annotate(name=Max("title")).order_by("name")
    return [(str(row["uuid"]), row["name"]) for row in rows[:MOST_TOPICS]]


def years(tenant: Tenant) -> list[tuple[str, str]]:
    """Return the years of a tenant's certificates, newest first."""
    found = issued_by(tenant).values_list("year", flat=True).distinct().order_by("-year")
    return [(str(year), str(year)) for year in found]


def batches(tenant: Tenant, source: str) -> list[tuple[str, str]]:
    """Return the classes (angkatan) of one source."""
    rows = issued_by(tenant).filter(uuid=source).exclude(batch="")
    found = rows.values_list("batch", flat=True).distinct().order_by("batch")
    return [(batch, batch) for batch in found[:MOST_TOPICS]]


def narrowed(rows: QuerySet[Certificate], words: str) -> QuerySet[Certificate]:
    """Keep certificates whose number, name, programme or code has the words."""
    return rows.filter(
        Q(holder_name__icontains=words)
        | Q(number__icontains=words)
        | Q(title__icontains=words)
        | Q(code__icontains=words)
    )


def templates(tenant: Tenant) -> Sequence[CertificateTemplate]:
    """Return all templates of a tenant: the default first, archived ones last."""
    rows = CertificateTemplate.objects.filter(tenant=tenant)
    return list(rows.order_by("archived_at", "-is_default", "name"))


def find_template(tenant: Tenant, template_id: uuid.UUID) -> CertificateTemplate | None:
    """Return one template of a tenant."""
    return CertificateTemplate.objects.filter(tenant=tenant, pk=template_id).first()


def earlier_of(tenant: Tenant) -> QuerySet[LegacyCertificate]:
    """Return the earlier certificates that a tenant has uploaded."""
    return LegacyCertificate.objects.filter(tenant=tenant)


def narrowed_earlier(rows: QuerySet[LegacyCertificate], words: str) -> QuerySet[LegacyCertificate]:
    """Keep earlier certificates whose code, number, name or programme has the words."""
    return rows.filter(
        Q(code__icontains=words)
        | Q(number__icontains=words)
        | Q(holder_name__icontains=words)
        | Q(title__icontains=words)
    )
