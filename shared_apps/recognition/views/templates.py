"""Templates of certificates: the list, the form with its preview, default and archive."""

import base64
import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from shared_apps.recognition import documents, issued, placeholders, samples
from shared_apps.recognition.forms.templates import TemplateForm
from shared_apps.recognition.models import CertificateTemplate, CertificateTemplateVersion
from shared_apps.recognition.permissions import MANAGE
from shared_apps.recognition.services import templates as service
from tenants.models import Tenant
from tenants.schemas import current_tenant
from toolkit import pdf_pages
from toolkit.access_rules import needs
from toolkit.errors import DomainError

PICTURE_WIDTH = 800


def _crumbs(label: str) -> list[dict[str, str]]:
    return [
        {"url": reverse("certificates"), "label": _("Sertifikat")},
        {"url": reverse("certificate_templates"), "label": _("Templat")},
        {"label": label},
    ]


def _pictures(tenant: Tenant, version: CertificateTemplateVersion) -> list[tuple[str, list[str]]]:
    """Return the pages of both samples as pictures, each under its label."""
    found = []
    for label, sample in (
        (_("Data contoh"), samples.ordinary(tenant, version)),
        (_("Data terpanjang"), samples.longest(tenant, version)),
    ):
        data = documents.sample_pdf(sample, version)
        pages = pdf_pages.pictures(data, width=PICTURE_WIDTH)
        found.append((label, [base64.b64encode(page).decode("ascii") for page in pages]))
    return found


@needs(MANAGE)
@require_safe
def template_list(request: HttpRequest) -> HttpResponse:
    """All templates of the tenant, with the built-in look where none is default."""
    rows = issued.templates(current_tenant())
    context = {
        "templates": [row for row in rows if row.archived_at is None],
        "archived": [row for row in rows if row.archived_at is not None],
        "built_in": not any(row.is_default for row in rows),
    }
    return render(request, "recognition/workspace/templates.html", context)


def _first_look(tenant: Tenant) -> CertificateTemplateVersion:
    """Return today's look as a version: what the built-in certificate prints."""
    signer = {"name": tenant.signer_name, "position": tenant.signer_position}
    return CertificateTemplateVersion(
        signers=[signer], place=tenant.place, logos=[], background_sha256=""
    )


def _answer(
    request: HttpRequest,
    form: TemplateForm,
    version: CertificateTemplateVersion | None,
    template: CertificateTemplate | None = None,
    *,
    status: int = 200,
) -> HttpResponse:
    tenant = current_tenant()
    name = template.name if template else _("Templat baru")
    context: dict[str, Any] = {
        "form": form,
        "template": template,
        "unit": tenant.code.upper(),
        "names": [(f"{{{key}}}", label) for key, label in placeholders.NAMES.items()],
        "pictures": _pictures(tenant, version) if version is not None else [],
        "crumbs": _crumbs(name),
        "versions": template.versions.order_by("-number")[:20] if template else [],
    }
    return render(request, "recognition/workspace/template.html", context, status=status)


@needs(MANAGE)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def template_new(request: HttpRequest) -> HttpResponse:
    """A new template, beginning with today's look."""
    tenant = current_tenant()
    if request.method != "POST":
        version = _first_look(tenant)
        form = TemplateForm(tenant=tenant, initial=TemplateForm.initial_of("", version))
        return _answer(request, form, version)
    form = TemplateForm(request.POST, request.FILES, tenant=tenant)
    if not form.is_valid():
        return _answer(request, form, None, status=422)
    if request.POST.get("aksi") == "pratinjau":
        return _answer(request, form, form.look().version())
    try:
        template = service.create(
            tenant=tenant, name=form.cleaned_data["name"], look=form.look(), by=request.user
        )
    except DomainError as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        return _answer(request, form, None, status=422)
    messages.success(request, _("Templat disimpan."))
    return HttpResponseRedirect(reverse("certificate_template", args=[template.pk]))


@needs(MANAGE)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def template_edit(request: HttpRequest, template_id: uuid.UUID) -> HttpResponse:
    """Change a template; what was issued keeps the version that it was issued with."""
    tenant = current_tenant()
    template = issued.find_template(tenant, template_id)
    if template is None:
        raise Http404
    if request.method != "POST":
        version = template.versions.get(number=template.version)
        form = TemplateForm(tenant=tenant, initial=TemplateForm.initial_of(template.name, version))
        return _answer(request, form, version, template)
    form = TemplateForm(request.POST, request.FILES, tenant=tenant)
    if not form.is_valid():
        return _answer(request, form, None, template, status=422)
    if request.POST.get("aksi") == "pratinjau":
        return _answer(request, form, form.look().version(), template)
    seen = request.POST.get("versi", "")
    try:
        service.change(
            template_id=template.pk,
            tenant=tenant,
            name=form.cleaned_data["name"],
            look=form.look(),
            seen=int(seen) if seen.isascii() and seen.isdigit() else 0,
            by=request.user,
        )
    except DomainError as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        return _answer(request, form, None, template, status=422)
    messages.success(request, _("Templat disimpan. Sertifikat yang sudah terbit tidak berubah."))
    return HttpResponseRedirect(reverse("certificate_template", args=[template.pk]))


@needs(MANAGE)
@require_POST
def template_action(request: HttpRequest, template_id: uuid.UUID, action: str) -> HttpResponse:
    """Make a template the default, archive it or bring it back."""
    actions = {
        "bawaan": (service.make_default, _("Sertifikat baru memakai templat ini.")),
        "arsip": (service.archive, _("Templat diarsipkan.")),
        "pulihkan": (service.restore, _("Templat dipulihkan.")),
    }
    tenant = current_tenant()
    if action not in actions or issued.find_template(tenant, template_id) is None:
        raise Http404
    work, sentence = actions[action]
    try:
        work(template_id=template_id, tenant=tenant, by=request.user)
    except DomainError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, sentence)
    return HttpResponseRedirect(reverse("certificate_templates"))
