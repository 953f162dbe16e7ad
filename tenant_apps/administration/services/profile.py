"""Who the tenant is and how it looks: written to its row, seen by every worker within seconds."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from shared_apps.audit import services as audit
from tenant_apps.administration.permissions import TENANT
from tenants import hosts, looks
from tenants.models import Tenant
from tenants.schemas import current_tenant
from toolkit import colours

#: What the form of the profile changes.
FIELDS = (
    "name", "tagline", "description", "address", "phone", "email", "website", "place",
    "signer_name", "signer_position", "time_zone",
)  # fmt: skip


def _locked(by: Any) -> Tenant:
    if not by.has_perm(TENANT):
        raise PermissionDenied
    return Tenant.objects.select_for_update(no_key=True).get(pk=current_tenant().pk)


def _save(tenant: Tenant, values: Mapping[str, str], *, verb: str, by: Any) -> list[str]:
    """Write what is different, note it and let this process read the row anew."""
    changed = [name for name, value in values.items() if getattr(tenant, name) != value]
    if changed:
        for name in changed:
            setattr(tenant, name, values[name])
        tenant.save(update_fields=changed)
        audit.record(verb, by=by, kind="tenant", ref=tenant.code, data={"fields": changed})
        transaction.on_commit(partial(hosts.forget_hosts))
    return changed


@transaction.atomic
def save_profile(*, by: Any, values: Mapping[str, str]) -> list[str]:
    """Change names, contacts and defaults of the open tenant; returns what was different.

    Raises PermissionDenied without the right.
    """
    tenant = _locked(by)
    known = {name: values[name] for name in FIELDS}
    return _save(tenant, known, verb="tenant.profile_saved", by=by)


@transaction.atomic
def save_look(
    *, by: Any, colour: str, logo: UploadedFile | None = None, without_logo: bool = False
) -> str:
    """Change colour and logo of the open tenant; returns the colour as it was kept.

    A colour that is too light for white text is darkened. Raises LogoRefused for a file that is
    no picture we take, or PermissionDenied.
    """
    tenant = _locked(by)
    values = {"colour": colours.darkened(colour)}
    if logo is not None:
        values["logo_sha256"] = looks.keep_logo(looks.read_logo(logo))
    elif without_logo:
        values["logo_sha256"] = ""
    _save(tenant, values, verb="tenant.look_saved", by=by)
    return values["colour"]
