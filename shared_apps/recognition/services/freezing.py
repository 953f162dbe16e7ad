"""What a new certificate keeps for ever: provider, holder, signers, template and number."""

import uuid as uuids
from typing import Any

from shared_apps.accounts.selectors import Holder
from shared_apps.employees import selectors as employees
from shared_apps.employees.choices import PNS_GRADES
from shared_apps.recognition import documents, numbering
from shared_apps.recognition.errors import AwardRefused
from shared_apps.recognition.models import Certificate, CertificateTemplateVersion
from shared_apps.recognition.services import kept
from tenants.models import Tenant


def template_in_force(
    tenant: Tenant, template_id: uuids.UUID | None
) -> CertificateTemplateVersion | None:
    """Return the newest version of a tenant's template; without an id, of its default one.

    None is the built-in look. Raises AwardRefused for a template of somebody else.
    """
    versions = CertificateTemplateVersion.objects.filter(template__tenant_id=tenant.pk)
    if template_id is None:
        return versions.filter(template__is_default=True).order_by("-number").first()
    found = versions.filter(template_id=template_id).order_by("-number").first()
    if found is None:
        raise AwardRefused(f"Template {template_id} is not one of {tenant.code}.")
    return found


def provider_columns(tenant: Tenant, version: CertificateTemplateVersion | None) -> dict[str, Any]:
    """Return the columns that keep provider, signer and look as they are today."""
    signer = version.first_signer if version else {}
    return {
        "provider_name": tenant.name,
        "provider_agency": tenant.agency.name,
        "signer_name": signer.get("name", "") if version else tenant.signer_name,
        "signer_position": signer.get("position", "") if version else tenant.signer_position,
        "place": version.place if version else tenant.place,
        "colour": tenant.colour,
        "logo_sha256": tenant.logo_sha256,
        "layout": documents.LAYOUT,
        "template_version": version,
    }


def holder_columns(holder: Holder) -> dict[str, str]:
    """Return the columns that keep the holder as known today."""
    return {
        "holder_name": holder.name,
        "holder_number": holder.number,
        "holder_number_kind": holder.kind,
        "holder_agency": holder.agency_name,
        **post_columns(holder.account_id),
    }


def post_columns(account_id: uuids.UUID) -> dict[str, str]:
    """Return the columns that keep grade, post and unit; empty where no staff list has them."""
    grade, post, unit = employees.post_of(account_id)
    rank = next((rank for key, _id, rank in PNS_GRADES if key == grade), "")
    return {
        "holder_grade": f"{rank} ({grade})" if rank else grade,
        "holder_post": post,
        "holder_unit": unit,
    }


def next_number(
    tenant: Tenant,
    version: CertificateTemplateVersion | None,
    *,
    year: int,
    month: int,
    title: str,
    source_code: str,
) -> str:
    """Return the tenant's next number, unique and without gaps.

    Call it last: all awards of the tenant wait for the counter until this transaction ends. When
    that fails, the counter falls back with it.
    """
    pattern = version.number_pattern if version else numbering.DEFAULT
    yearly = version.number_yearly if version else True
    while True:
        parts = numbering.Parts(
            number=kept.next_number(tenant.pk, year, yearly=yearly),
            year=year,
            month=month,
            unit=tenant.code,
            topic=source_code or numbering.topic_code(title),
        )
        number = numbering.written(pattern, parts)
        # Another pattern, used earlier or by another template, may have given this one already.
        if not Certificate.objects.filter(tenant_id=tenant.pk, number=number).exists():
            return number
