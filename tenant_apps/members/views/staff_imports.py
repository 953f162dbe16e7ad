"""Importing the staff list: the file, its plan, applying it: `/kelola/pegawai/impor/`."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from shared_apps.accounts import nip
from shared_apps.employees import selectors
from shared_apps.employees.choices import Action, ImportState, StaffKind, Standing, Subject
from shared_apps.employees.models import ImportLine, StaffImport
from shared_apps.employees.permissions import MANAGE
from shared_apps.employees.services import imports as services
from shared_apps.jobs.choices import JobState
from tenant_apps.members.forms.employees import ImportForm, show_refusal
from tenants.schemas import current_tenant
from toolkit import indonesian, xlsx
from toolkit.access_rules import needs
from toolkit.errors import DomainError
from toolkit.tables import Column, Filter, Listing

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


def _field_labels() -> dict[str, str]:
    return {
        "name": _("Nama"),
        "parent": _("Unit induk"),
        "unit": _("Unit kerja"),
        "post": _("Jabatan"),
        "post_kind": _("Jenis jabatan"),
        "grade": _("Golongan"),
        "superior_number": _("NIP atasan langsung"),
        "kind": _("Status kepegawaian"),
        "standing": _("Kedudukan hukum"),
    }


def _shown(field: str, value: str) -> str:
    choices: dict[str, Any] = {"kind": StaffKind, "standing": Standing}
    if value and field in choices:
        return str(choices[field](value).label)
    return value or "–"


def _changes(line: ImportLine) -> list[tuple[str, str]]:
    """Return (field, what happens) for each field of a line."""
    labels = _field_labels()
    if line.action == Action.CHANGED:
        return [
            (labels[field], f"{_shown(field, old)} → {_shown(field, line.values[field])}")
            for field, old in line.before.items()
        ]
    if line.action != Action.NEW:
        return []
    return [
        (labels[field], _shown(field, value))
        for field, value in line.values.items()
        if value and field != "name"
    ]


def _cell(line: ImportLine) -> object:
    if line.action == Action.FAULT:
        return line.fault
    return format_html_join(
        "",
        '<span class="d-block"><b class="fw-normal text-muted">{}:</b> {}</span>',
        _changes(line),
    )


def _text(line: ImportLine) -> str:
    return line.fault or "; ".join(f"{label}: {text}" for label, text in _changes(line))


_TAGS = {
    Action.NEW: "tag-ok",
    Action.CHANGED: "tag-info",
    Action.LEFT: "tag-warn",
    Action.FAULT: "tag-bad",
}


def _action(line: ImportLine) -> object:
    tag = _TAGS[Action(line.action)]
    return format_html('<span class="tag {}">{}</span>', tag, line.get_action_display())


def _key(line: ImportLine) -> object:
    is_number = line.subject == Subject.PERSON and line.action != Action.FAULT
    return nip.format_number(line.key) if is_number else line.key


def _listing(request: HttpRequest, found: StaffImport) -> Listing:
    return Listing(
        params=request.GET,
        rows=found.lines.all(),
        columns=[
            Column("nama", _("Nama"), lambda r: r.name or "–", order=("name",)),
            Column("nomor", _("Nomor atau kode"), lambda r: r.key, cell=_key),
            Column("baris", _("Baris"), lambda r: r.row or None, order=("row",), numeric=True),
            Column("tindakan", _("Yang terjadi"), lambda r: r.get_action_display(), cell=_action),
            Column("isi", _("Isi perubahan atau kesalahan"), _text, cell=_cell),
        ],
        filters=[
            Filter(
                "q",
                _("Nama atau nomor"),
                lambda r, v: (
                    r.filter(key__contains=nip.SEPARATORS.sub("", v))
                    if any(letter.isdigit() for letter in v)
                    else r.filter(name__icontains=v)
                ),
            ),
            Filter("tentang", _("Tentang"), lambda r, v: r.filter(subject=v), Subject.choices),
            Filter("tindakan", _("Yang terjadi"), lambda r, v: r.filter(action=v), Action.choices),
        ],
        default="baris",
        name="perubahan-data-pegawai",
    )


@needs(MANAGE)
@require_safe
def staff_import(request: HttpRequest, import_id: uuid.UUID) -> HttpResponse:
    """What a file would change, or changed."""
    found = _own(import_id)
    listing = _listing(request, found)
    if listing.wants_download:
        return listing.download()
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
