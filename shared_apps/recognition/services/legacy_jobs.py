"""Uploads of earlier certificates as jobs: a dry run first, then the good rows."""

from pathlib import Path
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from shared_apps.audit import services as audit
from shared_apps.jobs import services as jobs
from shared_apps.jobs.models import Job
from shared_apps.recognition.errors import LegacyRefused
from shared_apps.recognition.services import legacy
from tenants.schemas import current_tenant
from toolkit import sheets

LEGACY = "certificates.legacy"


def upload_later(*, upload: Any, update: bool, by: Any) -> Job:
    """Ask for a job that only checks a file; its page leads to keeping the good rows."""
    return jobs.enqueue(
        kind=LEGACY,
        by=by,
        title=_("Periksa sertifikat lama: {name}").format(name=Path(upload.name or "").name),
        params={"dry": True, "update": update},
        upload=upload,
    )


def keep_later(*, checked: Job, by: Any) -> Job:
    """Ask for a job that keeps the good rows of a checked file; asked twice it is the same one."""
    if checked.kind != LEGACY or not checked.params.get("dry") or not checked.output_path.exists():
        raise LegacyRefused(_("Berkas itu tidak ada lagi. Unggah lagi."))
    with checked.output_path.open("rb") as file:
        return jobs.enqueue(
            kind=LEGACY,
            by=by,
            title=_("Simpan sertifikat lama: {name}").format(name=checked.input_name),
            params={"dry": False, "update": bool(checked.params.get("update"))},
            key=f"keep-{checked.pk}",
            upload=UploadedFile(file, name=checked.output_name),
        )


def run(work: jobs.Work) -> None:
    """Check or keep the rows in batches, each with its checkpoint, and return the faulty ones."""
    dry, tenant = bool(work.params["dry"]), current_tenant()
    sheet = sheets.read(
        work.input_path, legacy.COLUMNS, name=work.job.input_name, most_rows=legacy.MOST_ROWS
    )
    kept = work.at
    start = int(kept.get("next", 0))
    outcome = legacy.Outcome(
        new=kept.get("new", 0),
        known=kept.get("known", 0),
        changed=kept.get("changed", 0),
        faults={int(row): text for row, text in kept.get("faults", {}).items()},
    )
    seen: dict[str, int] = {}
    for row in sheet.rows[:start]:
        seen.setdefault(legacy.normal_code(row.values.get("kode", "")), row.number)
    for place in range(start, len(sheet.rows), legacy.BATCH):
        batch = sheet.rows[place : place + legacy.BATCH]
        with transaction.atomic():
            legacy.store(
                batch,
                tenant=tenant,
                by=work.by,
                outcome=outcome,
                seen=seen,
                update=bool(work.params["update"]),
                dry=dry,
            )
            done = place + len(batch)
            work.checkpoint(
                {
                    "next": done,
                    "new": outcome.new,
                    "known": outcome.known,
                    "changed": outcome.changed,
                    "faults": outcome.faults,
                },
                done=done,
                total=len(sheet.rows),
            )
    if dry or outcome.faults:
        path = work.output_path("sertifikat-lama-diperiksa.xlsx")
        sheets.save_returned(path, sheet, outcome.faults, only_faulty=not dry)
    if not dry:
        audit.record(
            "earlier_certificate.uploaded",
            by=work.by,
            tenant_id=tenant.pk,
            kind="job",
            ref=work.job.pk,
            data={"new": outcome.new, "changed": outcome.changed},
        )
    _finish(work, outcome, dry=dry)


def _finish(work: jobs.Work, outcome: legacy.Outcome, *, dry: bool) -> None:
    useful = outcome.new + outcome.changed
    if dry and useful:
        next_path, label = reverse("earlier_keep", args=[work.job.pk]), _("Simpan baris yang benar")
    elif dry:
        next_path, label = reverse("earlier_upload"), _("Unggah lagi")
    else:
        next_path, label = reverse("earlier_certificates"), _("Daftar sertifikat lama")
    work.finish(_sentences(outcome), next_path=next_path, next_label=str(label))


def _sentences(outcome: legacy.Outcome) -> list[str]:
    new = ngettext("{n} sertifikat baru.", "{n} sertifikat baru.", outcome.new)
    known = ngettext("{n} sudah tercatat.", "{n} sudah tercatat.", outcome.known)
    changed = ngettext("{n} diperbarui.", "{n} diperbarui.", outcome.changed)
    faulty = ngettext(
        "{n} baris salah; sebabnya ada di kolom kesalahan.",
        "{n} baris salah; sebabnya ada di kolom kesalahan.",
        len(outcome.faults),
    )
    return [
        text.format(n=count)
        for text, count in (
            (new, outcome.new),
            (known, outcome.known),
            (changed, outcome.changed),
            (faulty, len(outcome.faults)),
        )
        if count or text == new
    ]
