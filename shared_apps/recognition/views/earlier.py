"""Certificates from before Lintas: the list, uploading them, withdrawing one."""

import uuid

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from shared_apps.jobs import selectors as jobs
from shared_apps.recognition import issued
from shared_apps.recognition.forms.earlier import UploadForm
from shared_apps.recognition.forms.issued import RevokeForm
from shared_apps.recognition.models import LegacyCertificate
from shared_apps.recognition.permissions import MANAGE
from shared_apps.recognition.services import legacy, legacy_jobs
from tenants import hosts
from tenants.schemas import current_tenant
from toolkit import indonesian, sheets, xlsx
from toolkit.access_rules import needs
from toolkit.errors import DomainError
from toolkit.tables import Column, Filter, Listing


def _crumbs(label: str) -> list[dict[str, str]]:
    return [
        {"url": reverse("certificates"), "label": _("Sertifikat")},
        {"url": reverse("earlier_certificates"), "label": _("Sertifikat lama")},
        {"label": label},
    ]


def _code_cell(row: LegacyCertificate) -> str:
    return format_html(
        '<a class="num" href="{}">{}</a>', hosts.portal_url(f"/v/{row.code_key}/"), row.code
    )


def _state_cell(row: LegacyCertificate) -> str:
    if row.withdrawn_at is not None:
        return format_html('<span class="tag tag-bad">{}</span>', _("Ditarik"))
    return format_html(
        '<a href="{}">{}<span class="visually-hidden"> {}</span></a>',
        reverse("earlier_withdraw", args=[row.pk]), _("Tarik"), row.code,
    )  # fmt: skip


def _columns() -> list[Column]:
    return [
        Column("kode", _("Kode"), lambda r: r.code, ("code",), cell=_code_cell),
        Column("nomor", _("Nomor"), lambda r: r.number, ("number",)),
        Column("nama", _("Nama"), lambda r: r.holder_name, ("holder_name",)),
        Column("nip", "NIP", lambda r: r.holder_number, only_export=True),
        Column("program", _("Program"), lambda r: r.title, ("title",)),
        Column("jp", "JP", lambda r: r.jp, ("jp",), numeric=True,
               cell=lambda r: indonesian.jp(r.jp) if r.jp is not None else None),
        Column("mulai", _("Mulai"), lambda r: r.started_on, only_export=True),
        Column("selesai", _("Selesai"), lambda r: r.completed_on, ("completed_on",),
               cell=lambda r: indonesian.date_short(r.completed_on)),
        Column("penanda_tangan", _("Penanda tangan"), lambda r: r.signer, only_export=True),
        Column("status", _("Status"), lambda r: _("Ditarik") if r.withdrawn_at else "",
               cell=_state_cell),
    ]  # fmt: skip


@needs(MANAGE)
@require_safe
def earlier_list(request: HttpRequest) -> HttpResponse:
    """The earlier certificates that the tenant has uploaded."""
    listing = Listing(
        params=request.GET,
        rows=issued.earlier_of(current_tenant()),
        columns=_columns(),
        filters=[Filter("q", _("Kode, nomor, nama, atau program"), issued.narrowed_earlier)],
        default="-selesai",
        name="sertifikat-lama",
    )
    if listing.wants_download:
        return listing.download()
    return render(request, "recognition/workspace/earlier.html", {"listing": listing})


@needs(MANAGE)
@require_safe
def sheet(request: HttpRequest) -> HttpResponse:
    """The template to fill in."""
    return xlsx.answer("templat-sertifikat-lama", sheets.template(legacy.COLUMNS, [legacy.EXAMPLE]))


@needs(MANAGE)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def upload(request: HttpRequest) -> HttpResponse:
    """Take a file and have it checked; nothing is kept yet."""
    posted = request.method == "POST"
    form = UploadForm(request.POST, request.FILES) if posted else UploadForm()
    if form.is_valid():
        job = legacy_jobs.upload_later(
            upload=form.cleaned_data["berkas"],
            update=form.cleaned_data["perbarui"],
            by=request.user,
        )
        return HttpResponseRedirect(reverse("job", args=[job.pk]))
    context = {"form": form, "columns": legacy.COLUMNS, "crumbs": _crumbs(_("Unggah"))}
    status = 422 if form.is_bound else 200
    return render(request, "recognition/workspace/earlier_upload.html", context, status=status)


@needs(MANAGE)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def keep(request: HttpRequest, job_id: uuid.UUID) -> HttpResponse:
    """Confirm and keep the good rows of a checked file."""
    job = jobs.find_job(job_id, account=request.user)
    if job is None or job.kind != legacy_jobs.LEGACY:
        raise Http404
    if request.method == "POST":
        try:
            started = legacy_jobs.keep_later(checked=job, by=request.user)
        except DomainError as refusal:
            messages.error(request, str(refusal))
            return HttpResponseRedirect(reverse("earlier_upload"))
        return HttpResponseRedirect(reverse("job", args=[started.pk]))
    context = {"job": job, "crumbs": _crumbs(_("Simpan"))}
    return render(request, "recognition/workspace/earlier_keep.html", context)


@needs(MANAGE)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, certificate_id: uuid.UUID) -> HttpResponse:
    """Mark an earlier certificate as withdrawn, with its reason."""
    tenant = current_tenant()
    row = issued.earlier_of(tenant).filter(pk=certificate_id).first()
    if row is None:
        raise Http404
    form = RevokeForm(request.POST or None)
    if form.is_valid():
        try:
            legacy.withdraw(
                certificate_id=row.pk, tenant=tenant, reason=form.cleaned_data["reason"],
                by=request.user,
            )  # fmt: skip
        except DomainError as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        else:
            messages.success(request, _("Sertifikat lama ditarik."))
            return HttpResponseRedirect(reverse("earlier_certificates"))
    context = {"row": row, "form": form, "crumbs": _crumbs(_("Tarik"))}
    status = 422 if form.is_bound else 200
    return render(request, "recognition/workspace/earlier_withdraw.html", context, status=status)
