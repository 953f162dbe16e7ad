"""Importing the staff list: the file, its plan, applying it: `/kelola/pegawai/impor/`."""

import uuid

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from shared_apps.employees import selectors
from shared_apps.employees.choices import ImportState
from shared_apps.employees.models import StaffImport
from shared_apps.employees.permissions import MANAGE
from shared_apps.employees.services import imports as services
from shared_apps.jobs import exports
from shared_apps.jobs.choices import JobState
from tenant_apps.members.forms.employees import ImportForm, show_refusal
from tenant_apps.members.views import import_lines
from tenants.schemas import current_tenant
from toolkit import indonesian, xlsx
from toolkit.access_rules import needs
from toolkit.errors import DomainError

RECENT = 20
#: Share of the people who would leave (of 100) above which the page warns.
MANY_LEAVE = 10


@needs(MANAGE)
def imports(request: HttpRequest) -> HttpResponse:
    """The form for a file, and the imports of late."""
    agency_id = current_tenant().agency_id
    posted = request.method == "POST"
    form = ImportForm(request.POST, request.FILES) if posted else ImportForm()
    if posted and form.is_valid():
        try:
            made = services.start(
                by=request.user,
                upload=form.cleaned_data["file"],
                effective_on=form.cleaned_data["on"],
                complete=form.cleaned_data["complete"],
            )
        except DomainError as error:
            show_refusal(form, error)
        else:
            return HttpResponseRedirect(reverse("job", args=[made.plan_job_id]))
    return render(
        request,
        "members/imports.html",
        {"form": form, "recent": selectors.imports_of_agency(agency_id)[:RECENT]},
    )


@needs(MANAGE)
@require_safe
def template(request: HttpRequest) -> HttpResponse:
    """The file to fill in."""
    return xlsx.answer("templat-data-pegawai", services.template_file())


def _own(import_id: uuid.UUID) -> StaffImport:
    """Return an import of the tenant's agency; another one's is not there (404)."""
    found = selectors.find_import(import_id, agency_id=current_tenant().agency_id)
    if found is None:
        raise Http404
    return found


@needs(MANAGE)
@require_safe
def staff_import(request: HttpRequest, import_id: uuid.UUID) -> HttpResponse:
    """What a file would change, or changed."""
    found = _own(import_id)
    extra = {"import_id": str(found.pk)}
    listing = import_lines.build({**request.GET.dict(), **extra}, request.user)
    if listing.wants_download:
        return exports.answer(request, import_lines.EXPORT, listing, extra=extra)
    counts = found.counts
    left = counts.get("pegawai.keluar", 0)
    people = sum(selectors.standing_counts(found.agency_id).values())
    job = found.apply_job
    return render(
        request,
        "members/import.html",
        {
            "found": found,
            "listing": listing,
            "tiles": [
                (_("pegawai baru"), counts.get("pegawai.baru", 0), "tindakan=baru"),
                (_("berubah"), counts.get("pegawai.berubah", 0), "tindakan=berubah"),
                (_("tetap sama"), counts.get("same", 0), ""),
                (_("keluar"), left, "tindakan=keluar"),
                (
                    _("unit baru atau berubah"),
                    counts.get("unit.baru", 0) + counts.get("unit.berubah", 0),
                    "tentang=unit",
                ),
                (_("baris salah"), counts.get("pegawai.salah", 0), "tindakan=salah"),
            ],
            "left": indonesian.number(left),
            "many_leave": found.state == ImportState.READY and left * 100 > people * MANY_LEAVE,
            "faults_job": _own_faults(request, found),
            "failed": job is not None and job.state == JobState.FAILED,
            "plan_failed": found.state == ImportState.READING
            and found.plan_job is not None
            and found.plan_job.state == JobState.FAILED,
            "can_apply": services.has_changes(found) and services.may_apply(found),
            "own_job": job is not None and job.requested_by_id == request.user.pk,
        },
    )


def _own_faults(request: HttpRequest, found: StaffImport) -> uuid.UUID | None:
    """Return the job that holds the file with errors, if it is the person's own: others see 404."""
    job = found.plan_job
    if job is None or not job.output_name or job.requested_by_id != request.user.pk:
        return None
    return job.pk if job.tenant_id == current_tenant().pk else None


@needs(MANAGE)
@require_POST
def apply(request: HttpRequest, import_id: uuid.UUID) -> HttpResponse:
    """Apply a plan; pressing twice is one job."""
    found = _own(import_id)
    try:
        found = services.request_apply(by=request.user, import_id=found.pk)
    except DomainError as error:
        messages.warning(request, str(error))
        return HttpResponseRedirect(reverse("employee_import", args=[found.pk]))
    job = found.apply_job
    if job is not None and job.requested_by_id == request.user.pk:
        return HttpResponseRedirect(reverse("job", args=[job.pk]))
    return HttpResponseRedirect(reverse("employee_import", args=[found.pk]))


@needs(MANAGE)
@require_POST
def discard(request: HttpRequest, import_id: uuid.UUID) -> HttpResponse:
    """Throw away a plan that was never applied."""
    found = _own(import_id)
    try:
        services.discard(by=request.user, import_id=found.pk)
    except DomainError as error:
        messages.warning(request, str(error))
        return HttpResponseRedirect(reverse("employee_import", args=[found.pk]))
    messages.success(request, _("Rencana dibuang. Data pegawai tidak berubah."))
    return HttpResponseRedirect(reverse("employee_imports"))
