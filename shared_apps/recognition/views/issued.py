"""Issued certificates: the list, one of them, revoking it, issuing it again."""

import base64
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from shared_apps.accounts import nip
from shared_apps.recognition import documents, issued, selectors
from shared_apps.recognition.forms.issued import ReissueForm, RevokeForm
from shared_apps.recognition.models import Certificate
from shared_apps.recognition.permissions import MANAGE
from shared_apps.recognition.services import certificates as service
from shared_apps.recognition.services import reissue as reissuing
from tenants import hosts
from tenants.schemas import current_tenant
from toolkit import indonesian, pdf_pages
from toolkit.access_rules import needs
from toolkit.errors import DomainError
from toolkit.tables import Column, Filter, Listing

PICTURE_WIDTH = 900


def state_of(row: Certificate) -> str:
    """Return in words whether a certificate holds."""
    if row.revoked_at is None:
        return _("Berlaku")
    return _("Diganti") if hasattr(row, "replacement") else _("Dicabut")


def _state_cell(row: Certificate) -> str:
    look = "tag-ok" if row.revoked_at is None else "tag-bad"
    return format_html('<span class="tag {}">{}</span>', look, state_of(row))


def _number_cell(row: Certificate) -> str:
    return format_html(
        '<a class="num" href="{}">{}</a>', reverse("certificate", args=[row.code]), row.number
    )


def _columns() -> list[Column]:
    return [
        Column("nomor", _("Nomor"), lambda r: r.number, ("number",), cell=_number_cell),
        Column("nama", _("Nama"), lambda r: r.holder_name, ("holder_name",)),
        Column("program", _("Program"), lambda r: r.title, ("title",)),
        Column("angkatan", _("Angkatan"), lambda r: r.batch, only_export=True),
        Column(
            "terbit", _("Terbit"), lambda r: r.issued_on, ("issued_at",),
            cell=lambda r: indonesian.date_short(r.issued_on),
        ),
        Column("jp", "JP", lambda r: r.jp, ("jp",), numeric=True,
               cell=lambda r: indonesian.jp(r.jp)),
        Column("versi", _("Versi"), lambda r: r.version, ("version",), numeric=True),
        Column("status", _("Status"), state_of, cell=_state_cell),
        Column("kode", _("Kode"), lambda r: r.code, only_export=True),
        Column("alasan", _("Alasan"), lambda r: r.revoked_reason, only_export=True),
    ]  # fmt: skip


def _by_state(rows: Any, state: str) -> Any:
    if state == "berlaku":
        return rows.filter(revoked_at__isnull=True)
    return rows.filter(revoked_at__isnull=False, replacement__isnull=state == "dicabut")


@needs(MANAGE)
@require_safe
def certificates(request: HttpRequest) -> HttpResponse:
    """All certificates that the tenant has issued."""
    tenant = current_tenant()
    states = [("berlaku", _("Berlaku")), ("dicabut", _("Dicabut")), ("diganti", _("Diganti"))]
    listing = Listing(
        params=request.GET,
        rows=issued.issued_by(tenant).select_related("replacement"),
        columns=_columns(),
        filters=[
            Filter("q", _("Nomor, nama, program, atau kode"), issued.narrowed),
            Filter("topik", _("Program"), lambda rows, value: rows.filter(uuid=value),
                   issued.topics(tenant)),
            Filter("tahun", _("Tahun"), lambda rows, value: rows.filter(year=value),
                   issued.years(tenant)),
            Filter("status", _("Status"), _by_state, states),
        ],
        default="-terbit",
        name="sertifikat",
    )  # fmt: skip
    if listing.wants_download:
        return listing.download()
    return render(request, "recognition/workspace/certificates.html", {"listing": listing})


def _own(code: str) -> Certificate:
    found = issued.find(current_tenant(), code)
    if found is None:
        raise Http404
    return found


def _crumbs(row: Certificate | None = None) -> list[dict[str, str]]:
    crumbs = [{"url": reverse("certificates"), "label": _("Sertifikat")}]
    if row is not None:
        crumbs.append({"url": reverse("certificate", args=[row.code]), "label": row.number})
    return crumbs


@needs(MANAGE)
@never_cache
@require_safe
def certificate(request: HttpRequest, code: str) -> HttpResponse:
    """One certificate: what it says, how it looks, its versions and the PDFs handed out."""
    row = _own(code)
    picture = pdf_pages.pictures(documents.certificate_pdf(row), width=PICTURE_WIDTH, most_pages=1)[
        0
    ]
    context = {
        "c": row,
        "crumbs": [*_crumbs(), {"label": row.number}],
        "state": state_of(row),
        "number": nip.format_number(row.holder_number),
        "number_label": nip.number_label(row.holder_number_kind),
        "dates": indonesian.date_range(row.started_on, row.completed_on),
        "family": [(each, state_of(each)) for each in issued.family(row)],
        "renditions": selectors.renditions_of(row.pk),
        "picture": base64.b64encode(picture).decode("ascii"),
        "verify_url": hosts.portal_url(f"/v/{row.code}/"),
    }
    return render(request, "recognition/workspace/certificate.html", context)


@needs(MANAGE)
@never_cache
@require_safe
def download(request: HttpRequest, code: str) -> HttpResponse:
    """The PDF, for the training unit; a revoked one is not handed out."""
    row = _own(code)
    if row.revoked_at is not None:
        messages.error(request, _("Sertifikat ini sudah dicabut, jadi tidak dapat diunduh."))
        return HttpResponseRedirect(reverse("certificate", args=[row.code]))
    data = service.hand_out(certificate=row, by=request.user)
    return HttpResponse(
        data,
        content_type="application/pdf",
        headers={
            "Content-Disposition": f'attachment; filename="{service.file_name(row)}.pdf"',
            "Cache-Control": "private, no-store",
        },
    )


@needs(MANAGE)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def revoke(request: HttpRequest, code: str) -> HttpResponse:
    """Ask for the reason and say what follows, then revoke."""
    row = _own(code)
    form = RevokeForm(request.POST or None)
    here = HttpResponseRedirect(reverse("certificate", args=[row.code]))
    if row.revoked_at is not None:
        messages.warning(request, _("Sertifikat itu sudah dicabut."))
        return here
    if form.is_valid():
        try:
            service.revoke(
                code=row.code,
                reason=form.cleaned_data["reason"],
                by=request.user,
                tenant=current_tenant(),
            )
        except DomainError as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        else:
            messages.success(request, _("Sertifikat dicabut, dan pemiliknya diberi tahu."))
            return here
    context = {"c": row, "form": form, "crumbs": [*_crumbs(row), {"label": _("Cabut")}]}
    status = 422 if form.is_bound else 200
    return render(request, "recognition/workspace/revoke.html", context, status=status)


@needs(MANAGE)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def reissue(request: HttpRequest, code: str) -> HttpResponse:
    """Correct what the certificate says and issue it again as its next version."""
    row, tenant = _own(code), current_tenant()
    if row.revoked_at is not None and request.method != "POST":
        messages.warning(request, _("Sertifikat itu sudah dicabut."))
        return HttpResponseRedirect(reverse("certificate", args=[row.code]))
    form = ReissueForm(
        request.POST or None, certificate=row, templates=selectors.templates_of(tenant)
    )
    if form.is_valid():
        try:
            new = reissuing.reissue(
                certificate_id=row.pk,
                tenant=tenant,
                correction=form.correction(),
                reason=form.cleaned_data["reason"],
                template_id=form.template_id,
                by=request.user,
            )
        except DomainError as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        else:
            messages.success(
                request, _("Diterbitkan ulang dengan nomor {number}.").format(number=new.number)
            )
            return HttpResponseRedirect(reverse("certificate", args=[new.code]))
    context = {"c": row, "form": form, "crumbs": [*_crumbs(row), {"label": _("Terbitkan ulang")}]}
    status = 422 if form.is_bound else 200
    return render(request, "recognition/workspace/reissue.html", context, status=status)
