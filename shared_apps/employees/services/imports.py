"""Importing a staff file: first a plan that shows what it would change, then applying it.

Both are jobs. Applying goes through the plan's lines in batches and compares each person anew, so
that a batch that is repeated after a crash, or a second import of the same file, changes nothing.
"""

import datetime
import uuid
from collections.abc import Callable
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from shared_apps.audit import services as audit
from shared_apps.employees.choices import Action, ImportState, Subject
from shared_apps.employees.columns import template_file
from shared_apps.employees.errors import ImportRefused
from shared_apps.employees.models import ImportLine, StaffImport
from shared_apps.employees.planning import Plan
from shared_apps.employees.services.locking import agency_of
from shared_apps.employees.services.people import check_day
from shared_apps.employees.services.recording import record, record_left
from shared_apps.employees.services.units import record_units
from shared_apps.jobs import services as jobs
from shared_apps.jobs.choices import JobState
from toolkit import indonesian

__all__ = ["PLAN", "APPLY", "apply", "make_plan", "request_apply", "start", "template_file"]

#: Kinds of job. The handler of APPLY stands in a higher app, which also confirms identities.
PLAN, APPLY = "employees.plan", "employees.import"
BATCH = 1_000
#: Days after which the lines of an import are dropped; the import itself stays.
LINES_KEPT_DAYS = 30


@transaction.atomic
def start(
    *, by: Any, upload: UploadedFile, effective_on: datetime.date, complete: bool
) -> StaffImport:
    """Take in a staff file for the open tenant's agency and ask for its plan.

    `complete`: people who are not in the file have left. Nothing changes before the plan is
    applied. Raises EmployeeRefused for a day in the future, or PermissionDenied without the right.
    """
    agency_id = agency_of(by)
    check_day(effective_on)
    old = timezone.now() - datetime.timedelta(days=LINES_KEPT_DAYS)
    ImportLine.objects.filter(
        staff_import__agency_id=agency_id, staff_import__created_at__lt=old
    ).delete()
    staff_import = StaffImport.objects.create(
        agency_id=agency_id,
        made_by_id=by.pk,
        file_name=(upload.name or "")[:160],
        effective_on=effective_on,
        complete=complete,
    )
    staff_import.plan_job = jobs.enqueue(
        kind=PLAN,
        by=by,
        title=_("Memeriksa data pegawai: {file}").format(file=staff_import.file_name),
        params={"import": str(staff_import.pk)},
        upload=upload,
    )
    staff_import.save(update_fields=["plan_job"])
    return staff_import


def _page(staff_import: StaffImport) -> str:
    return reverse("employee_import", args=[staff_import.pk], urlconf="config.urls_tenant")


def make_plan(work: jobs.Work) -> None:
    """Read the file, compare it with what is stored, and keep what it would change."""
    staff_import = StaffImport.objects.get(pk=work.params["import"])
    if staff_import.state not in (ImportState.READING, ImportState.READY):
        return
    plan = Plan(staff_import, work)
    plan.make()
    if plan.faults:
        plan.save_faults(work.output_path("kesalahan-data-pegawai.xlsx"))
    staff_import.counts = dict(plan.counts)
    staff_import.state = ImportState.READY
    staff_import.save(update_fields=["counts", "state"])
    rows = plan.counts["rows"]
    summary = [
        ngettext(
            "{count} baris diperiksa. Belum ada yang diubah.",
            "{count} baris diperiksa. Belum ada yang diubah.",
            rows,
        ).format(count=indonesian.number(rows))
    ]
    if plan.faults:
        summary.append(
            ngettext(
                "{count} baris salah: unduh berkasnya, perbaiki menurut kolom “kesalahan”, lalu "
                "unggah lagi.",
                "{count} baris salah: unduh berkasnya, perbaiki menurut kolom “kesalahan”, lalu "
                "unggah lagi.",
                len(plan.faults),
            ).format(count=indonesian.number(len(plan.faults)))
        )
    work.finish(summary, next_path=_page(staff_import), next_label=_("Lihat perubahannya"))


def has_changes(staff_import: StaffImport) -> bool:
    """Say whether applying an import would do anything."""
    doing = (Action.NEW, Action.CHANGED, Action.LEFT)
    return any(
        staff_import.counts.get(f"{subject}.{action}") for subject in Subject for action in doing
    )


def may_apply(staff_import: StaffImport) -> bool:
    """Say whether an import waits to be applied, for the first time or after a failure."""
    job = staff_import.apply_job
    failed = job is not None and job.state == JobState.FAILED
    return staff_import.state == ImportState.READY or (
        staff_import.state == ImportState.APPLYING and failed
    )


@transaction.atomic
def request_apply(*, by: Any, import_id: uuid.UUID) -> StaffImport:
    """Ask for an import to be applied; asking twice gives the same job.

    One whose job failed may be asked for again: what was done stays done. Raises ImportRefused, or
    PermissionDenied without the right.
    """
    agency_id = agency_of(by)
    staff_import = (
        StaffImport.objects.select_for_update(of=("self",))
        .select_related("apply_job")
        .filter(pk=import_id, agency_id=agency_id)
        .first()
    )
    if staff_import is None:
        raise ImportRefused(_("Impor ini tidak ada lagi."))
    if staff_import.state == ImportState.READING:
        raise ImportRefused(_("Berkas masih diperiksa. Tunggu sampai selesai."))
    if not may_apply(staff_import):
        return staff_import
    if not has_changes(staff_import):
        raise ImportRefused(_("Tidak ada yang perlu diterapkan: datanya sudah sama."))
    staff_import.state = ImportState.APPLYING
    staff_import.apply_job = jobs.enqueue(
        kind=APPLY,
        by=by,
        title=_("Menerapkan data pegawai: {file}").format(file=staff_import.file_name),
        params={"import": str(staff_import.pk)},
    )
    staff_import.save(update_fields=["state", "apply_job"])
    return staff_import


@transaction.atomic
def discard(*, by: Any, import_id: uuid.UUID) -> None:
    """Throw away a plan that was never applied, with its lines; twice changes nothing.

    Raises ImportRefused, or PermissionDenied without the right.
    """
    agency_id = agency_of(by)
    rows = StaffImport.objects.select_for_update().filter(pk=import_id, agency_id=agency_id)
    staff_import = rows.first()
    if staff_import is None:
        raise ImportRefused(_("Impor ini tidak ada lagi."))
    if staff_import.state == ImportState.DISCARDED:
        return
    if staff_import.state != ImportState.READY:
        raise ImportRefused(_("Hanya rencana yang belum diterapkan dapat dibuang."))
    staff_import.lines.all().delete()
    staff_import.state = ImportState.DISCARDED
    staff_import.save(update_fields=["state"])
    audit.record(
        "employees.plan_discarded",
        by=by,
        kind="staff_import",
        ref=staff_import.pk,
        data={"file": staff_import.file_name},
    )


def apply(work: jobs.Work, staff_import: StaffImport) -> None:
    """Do what the plan says: units, people, people who left. Goes on from the checkpoint."""
    if work.at.get("phase") == "people done":
        return
    todo = staff_import.lines.exclude(action=Action.FAULT)
    total = todo.filter(subject=Subject.PERSON).count()
    if not work.at:
        with transaction.atomic():
            lines = todo.filter(subject=Subject.UNIT)
            said = dict(lines.values_list("key", "values"))
            record_units(agency_id=staff_import.agency_id, said=said)
            work.checkpoint({"phase": "people", "after": 0, "done": 0}, done=0, total=total)
    _in_batches(
        work,
        staff_import,
        "people",
        (Action.NEW, Action.CHANGED),
        lambda lines: record(
            by=work.by,
            agency_id=staff_import.agency_id,
            people={line.key: line.values for line in lines},
            on=staff_import.effective_on,
        ),
    )
    _in_batches(
        work,
        staff_import,
        "left",
        (Action.LEFT,),
        lambda lines: record_left(
            agency_id=staff_import.agency_id,
            numbers=[line.key for line in lines],
            on=staff_import.effective_on,
        ),
    )
    if total >= BATCH:
        _tell_planner()
    with transaction.atomic():
        _note_applied(work, staff_import)
        work.checkpoint({"phase": "people done"}, done=total)


def _in_batches(
    work: jobs.Work,
    staff_import: StaffImport,
    phase: str,
    actions: tuple[Action, ...],
    write: Callable[[list[ImportLine]], dict[str, str]],
) -> None:
    """Write the lines of one phase; each batch and its checkpoint are one transaction."""
    phases = ("people", "left")
    if phases.index(work.at["phase"]) > phases.index(phase):
        return
    after = work.at["after"] if work.at["phase"] == phase else 0
    done = work.at["done"]
    rows = staff_import.lines.filter(subject=Subject.PERSON, action__in=actions).order_by("pk")
    while lines := list(rows.filter(pk__gt=after)[:BATCH]):
        after, done = lines[-1].pk, done + len(lines)
        _write_batch(work, lines, write, {"phase": phase, "after": after, "done": done})


def _write_batch(
    work: jobs.Work,
    lines: list[ImportLine],
    write: Callable[[list[ImportLine]], dict[str, str]],
    at: dict[str, Any],
) -> None:
    for attempt in (1, 2, 3):
        try:
            with transaction.atomic():
                faults = write(lines)
                refused = [line for line in lines if line.key in faults]
                for line in refused:
                    line.action, line.fault = Action.FAULT, faults[line.key]
                ImportLine.objects.bulk_update(refused, ["action", "fault"], batch_size=500)
                work.checkpoint(at, done=at["done"])
            return
        except IntegrityError:
            # Another agency took one of the numbers at this moment; next time it is seen.
            if attempt == 3:
                raise


def _tell_planner() -> None:
    """Let the database look at tables that have just grown by much, before others read them."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE employees_employee, employees_assignment, employees_unit")


def _note_applied(work: jobs.Work, staff_import: StaffImport) -> None:
    staff_import.state = ImportState.APPLIED
    staff_import.applied_at = timezone.now()
    faults = staff_import.lines.filter(action=Action.FAULT)
    key = f"{Subject.PERSON}.{Action.FAULT}"
    refused = faults.count() - staff_import.counts.get(key, 0)
    staff_import.counts = {**staff_import.counts, "refused": refused}
    staff_import.save(update_fields=["state", "applied_at", "counts"])
    audit.record(
        "employees.imported",
        by=work.by,
        kind="staff_import",
        ref=staff_import.pk,
        data={"file": staff_import.file_name, **staff_import.counts},
    )
