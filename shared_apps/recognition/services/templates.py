"""Writes of templates: every change is a new version; what was issued keeps its own."""

import uuid
from dataclasses import asdict, dataclass, field
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from shared_apps.audit import services as audit
from shared_apps.recognition import numbering, pictures, placeholders
from shared_apps.recognition.choices import Design, Orientation
from shared_apps.recognition.errors import TemplateRefused
from shared_apps.recognition.models import CertificateTemplate, CertificateTemplateVersion
from tenants.models import Tenant

MOST_SIGNERS = 3
MOST_LOGOS = 3
_TEXTS = ("heading", "opening", "statement", "closing", "accreditation")


@dataclass(frozen=True)
class Look:
    """Everything that a version holds, as the form gives it."""

    design: str = Design.CLASSIC
    orientation: str = Orientation.LANDSCAPE
    background_sha256: str = ""
    logos: list[str] = field(default_factory=list)
    signers: list[dict[str, str]] = field(default_factory=list)
    place: str = ""
    accreditation: str = ""
    heading: str = "SERTIFIKAT"
    opening: str = ""
    statement: str = ""
    closing: str = ""
    number_pattern: str = numbering.DEFAULT
    number_yearly: bool = True
    show_score: bool = True
    show_curriculum: bool = True

    def version(self) -> CertificateTemplateVersion:
        """Return it as an unsaved version."""
        return CertificateTemplateVersion(**asdict(self))

    def check(self, tenant: Tenant) -> None:
        """Raise TemplateRefused, naming the field, for what cannot be drawn or numbered."""
        for name in _TEXTS:
            placeholders.check(getattr(self, name), field=name)
        numbering.check(self.number_pattern, yearly=self.number_yearly, unit=tenant.code)
        if not 1 <= len(self.signers) <= MOST_SIGNERS:
            raise TemplateRefused(_("Isi satu sampai tiga penanda tangan."), field="signer_1_name")
        if len(self.logos) > MOST_LOGOS or not all(map(pictures.logo, self.logos)):
            raise TemplateRefused(_("Logo itu tidak ada lagi. Unggah lagi."), field="logo_1")
        if self.background_sha256 and pictures.background(self.background_sha256) is None:
            raise TemplateRefused(
                _("Gambar latar itu tidak ada lagi. Unggah lagi."), field="background"
            )


@transaction.atomic
def create(*, tenant: Tenant, name: str, look: Look, by: Any) -> CertificateTemplate:
    """Add a template with its first version. Raises TemplateRefused."""
    look.check(tenant)
    template = CertificateTemplate(tenant=tenant, name=_name(name))
    _save(template, force_insert=True)
    _add_version(template, look, by)
    _note("created", template, by)
    return template


@transaction.atomic
def change(
    *, template_id: uuid.UUID, tenant: Tenant, name: str, look: Look, seen: int, by: Any
) -> CertificateTemplate:
    """Give a template a new version; the same look again only renames it.

    `seen` is the version that the person had before them: when somebody else was faster, it is
    refused, so that nothing is lost unseen.
    """
    look.check(tenant)
    template = _locked(template_id, tenant)
    if template.archived_at is not None:
        raise TemplateRefused(_("Templat ini diarsipkan. Pulihkan dahulu."))
    current = template.versions.get(number=template.version)
    same = all(getattr(current, key) == value for key, value in asdict(look).items())
    if template.version != seen and not same:
        raise TemplateRefused(
            _("Templat ini baru saja diubah orang lain. Muat ulang halaman, lalu ubah lagi.")
        )
    template.name = _name(name)
    if not same:
        template.version += 1
    template.changed_at = timezone.now()
    _save(template)
    if not same:
        _add_version(template, look, by)
    _note("changed", template, by)
    return template


@transaction.atomic
def make_default(*, template_id: uuid.UUID, tenant: Tenant, by: Any) -> CertificateTemplate:
    """Let new certificates be issued with this template unless another one is named."""
    # One row of the tenant is locked by all who do this, so that two of them take turns.
    list(CertificateTemplate.objects.select_for_update().filter(tenant=tenant).order_by("pk"))
    template = _locked(template_id, tenant)
    if template.archived_at is not None:
        raise TemplateRefused(_("Templat ini diarsipkan. Pulihkan dahulu."))
    if not template.is_default:
        CertificateTemplate.objects.filter(tenant=tenant, is_default=True).update(is_default=False)
        template.is_default = True
        template.save(update_fields=["is_default"])
        _note("made_default", template, by)
    return template


@transaction.atomic
def archive(*, template_id: uuid.UUID, tenant: Tenant, by: Any) -> CertificateTemplate:
    """Offer a template no more; when it was the default, the built-in look is used again."""
    template = _locked(template_id, tenant)
    if template.archived_at is None:
        template.archived_at, template.is_default = timezone.now(), False
        template.save(update_fields=["archived_at", "is_default"])
        _note("archived", template, by)
    return template


@transaction.atomic
def restore(*, template_id: uuid.UUID, tenant: Tenant, by: Any) -> CertificateTemplate:
    """Offer an archived template again."""
    template = _locked(template_id, tenant)
    if template.archived_at is not None:
        template.archived_at = None
        template.save(update_fields=["archived_at"])
        _note("restored", template, by)
    return template


def _name(name: str) -> str:
    name = " ".join(name.split())
    if not name:
        raise TemplateRefused(_("Tulis nama templat."), field="name")
    return name


def _locked(template_id: uuid.UUID, tenant: Tenant) -> CertificateTemplate:
    found = (
        CertificateTemplate.objects.select_for_update()
        .filter(pk=template_id, tenant=tenant)
        .first()
    )
    if found is None:
        raise TemplateRefused(_("Templat itu tidak ada."))
    return found


def _save(template: CertificateTemplate, *, force_insert: bool = False) -> None:
    try:
        with transaction.atomic():
            template.save(force_insert=force_insert)
    except IntegrityError as error:
        raise TemplateRefused(
            _("Sudah ada templat dengan nama itu. Pakai nama lain."), field="name"
        ) from error


def _add_version(template: CertificateTemplate, look: Look, by: Any) -> None:
    version = look.version()
    version.template, version.number = template, template.version
    version.made_by_id = getattr(by, "pk", None)
    version.save(force_insert=True)


def _note(what: str, template: CertificateTemplate, by: Any) -> None:
    audit.record(
        f"certificate_template.{what}",
        by=by,
        tenant_id=template.tenant_id,
        kind="certificate_template",
        ref=template.pk,
        data={"name": template.name, "version": template.version},
    )
