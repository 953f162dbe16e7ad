"""Importing questions: a file is judged question by question, then the good ones are taken.

Both are jobs. Judging changes nothing in the bank. Taking goes through the questions in batches;
`save_item` changes nothing the second time, so a batch that is repeated after a crash is harmless.
"""

import base64
import datetime
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from shared_apps.audit import services as audit
from shared_apps.jobs import services as jobs
from tenant_apps.question_bank.choices import (
    Difficulty,
    ImportOutcome,
    ImportState,
    ImportVerdict,
)
from tenant_apps.question_bank.errors import ImportRefused
from tenant_apps.question_bank.formats import reading, returning
from tenant_apps.question_bank.formats.parsed import Parsed, Reading
from tenant_apps.question_bank.import_models import ImportedQuestion, QuestionImport
from tenant_apps.question_bank.items import QuestionItem
from tenant_apps.question_bank.known import Bank
from tenant_apps.question_bank.services.questions import save_item
from tenant_apps.question_bank.sources import from_data, to_data
from toolkit.errors import DomainError

#: Kinds of job.
CHECK, APPLY = "questions.check", "questions.import"
BATCH = 100
#: Days after which the questions of an import are dropped; what was taken stays in the bank.
KEPT_DAYS = 30
GOOD = (ImportVerdict.GOOD, ImportVerdict.WARNING)
_COLUMNS = ("code", "section", "regulation")


@transaction.atomic
def start(*, by: Any, upload: UploadedFile, category: str, override: bool) -> QuestionImport:
    """Take in a file and ask for its judging; nothing enters the bank before `request_apply`."""
    old = timezone.now() - datetime.timedelta(days=KEPT_DAYS)
    ImportedQuestion.objects.filter(question_import__created_at__lt=old).delete()
    made = QuestionImport.objects.create(
        file_name=Path(upload.name or "").name[:160],
        category=category,
        override=override,
        made_by=by.pk,
    )
    job = jobs.enqueue(
        kind=CHECK,
        by=by,
        title=_("Memeriksa soal: {file}").format(file=made.file_name),
        params={"import": str(made.pk)},
        upload=upload,
    )
    made.check_job = job.pk
    made.save(update_fields=["check_job"])
    return made


def _page(made: QuestionImport) -> str:
    return reverse("question_import", args=[made.pk], urlconf="config.urls_tenant")


def check(work: jobs.Work) -> None:
    """Judge a file and keep what it holds; a file that cannot be read fails with its sentence."""
    made = QuestionImport.objects.get(pk=uuid.UUID(work.params["import"]))
    try:
        found = reading.read(
            work.input_path, made.file_name, category=made.category, override=made.override
        )
    except DomainError:
        QuestionImport.objects.filter(pk=made.pk).update(state=ImportState.FAILED)
        raise
    bank = Bank(parsed.item.code for parsed in found.items if parsed.item)
    rows = []
    for position, parsed in enumerate(found.items, start=1):
        rows.append(_row(made, position, parsed, bank))
        work.progress(position, len(found.items))
    with transaction.atomic():
        made.questions.all().delete()
        ImportedQuestion.objects.bulk_create(rows, batch_size=500)
        made.notices = found.notices
        made.unknown = [
            {"kind": each.kind, "count": each.count, "titles": list(each.titles)}
            for each in found.listed_unknown
        ]
        made.state = ImportState.READY
        made.save(update_fields=["notices", "unknown", "state"])
    _return_file(work, made, found, rows)
    good = sum(row.verdict in GOOD for row in rows)
    work.finish(
        [
            ngettext(
                "{count} soal terbaca; {good} di antaranya dapat diimpor.",
                "{count} soal terbaca; {good} di antaranya dapat diimpor.",
                len(rows),
            ).format(count=len(rows), good=good)
        ],
        next_path=_page(made),
        next_label=_("Lihat hasil pemeriksaan"),
    )


def _row(made: QuestionImport, position: int, parsed: Parsed, bank: Bank) -> ImportedQuestion:
    """Return the verdict on one question, also in the light of what the bank holds."""
    item = parsed.item
    row = ImportedQuestion(
        question_import=made,
        position=position,
        line=parsed.line,
        title=(item.code if item else parsed.title)[:200] or "–",
    )
    if item is not None:
        row.kind, row.category = str(item.kind), item.category[:800]
        known = bank.find(item)
        if not item.category:
            parsed.faults.append(_("Soal ini tanpa kategori. Pilih kategori tujuan."))
        known_images = known.source.get("images", {}) if known else {}
        missing = [name for name in bank.missing_images(item) if name not in known_images]
        parsed.faults += [
            _("Gambar {name} tidak ada di berkas dan belum tersimpan.").format(name=name[:80])
            for name in missing
        ]
        if parsed.is_good:
            row.outcome = bank.outcome(item, known)
            row.data = {
                **to_data(replace(item, images={}), {}),
                "difficulty": str(item.difficulty),
                "tags": list(item.tags),
                **{name: getattr(item, name) for name in _COLUMNS},
            }
            row.images = {
                name: base64.b64encode(data).decode() for name, data in item.images.items()
            }
    if not parsed.is_good:
        row.verdict, row.said = ImportVerdict.FAULTY, " ".join(parsed.faults)
    else:
        row.said = " ".join(parsed.warnings)
        row.verdict = ImportVerdict.WARNING if parsed.warnings else ImportVerdict.GOOD
    return row


def _return_file(
    work: jobs.Work, made: QuestionImport, found: Reading, rows: Iterable[ImportedQuestion]
) -> None:
    """Keep the same file with its errors as what comes out of the job."""
    faulty = [row for row in rows if row.verdict == ImportVerdict.FAULTY]
    if not faulty:
        return
    target = work.output_path("kesalahan")
    ending = returning.save(
        work.input_path,
        made.file_name,
        target,
        {row.line: row.said for row in faulty},
        {row.line: row.title for row in faulty},
    )
    stem = Path(made.file_name).stem[:120] or "soal"
    work.output_path(f"{stem}-kesalahan{ending}")


def item_of(row: ImportedQuestion) -> QuestionItem:
    """Return a good question of an import."""
    data: Mapping[str, Any] = row.data
    return from_data(
        row.kind,
        dict(data),
        {name: base64.b64decode(text) for name, text in row.images.items()},
        category=row.category,
        difficulty=Difficulty(data["difficulty"]),
        tags=tuple(data["tags"]),
        **{name: data[name] for name in _COLUMNS},
    )


@transaction.atomic
def request_apply(*, by: Any, import_id: uuid.UUID) -> QuestionImport:
    """Ask for the good questions of a judged file; asking twice is one job."""
    made = QuestionImport.objects.select_for_update().get(pk=import_id)
    if made.state in (ImportState.READING, ImportState.FAILED):
        raise ImportRefused(_("Berkas ini belum selesai diperiksa."))
    if not made.questions.filter(verdict__in=GOOD).exists():
        raise ImportRefused(_("Tidak ada soal yang dapat diimpor dari berkas ini."))
    if made.state == ImportState.READY:
        job = jobs.enqueue(
            kind=APPLY,
            by=by,
            title=_("Mengimpor soal: {file}").format(file=made.file_name),
            params={"import": str(made.pk)},
            key=str(made.pk),
        )
        made.apply_job, made.state = job.pk, ImportState.APPLYING
        made.save(update_fields=["apply_job", "state"])
    return made


def apply(work: jobs.Work) -> None:
    """Take the good questions into the bank, in batches; each stands for itself."""
    made = QuestionImport.objects.get(pk=uuid.UUID(work.params["import"]))
    rows = made.questions.filter(verdict__in=GOOD).order_by("position")
    total = rows.count()
    counts: dict[str, int] = dict(work.at.get("counts", {}))
    after, done = work.at.get("position", 0), work.at.get("done", 0)
    while batch := list(rows.filter(position__gt=after)[:BATCH]):
        with transaction.atomic():
            bank = Bank(row.data["code"] for row in batch)
            for row in batch:
                outcome = _take(row, bank, work.by)
                counts[outcome] = counts.get(outcome, 0) + 1
            after, done = batch[-1].position, done + len(batch)
            work.checkpoint(
                {"position": after, "done": done, "counts": counts}, done=done, total=total
            )
    with transaction.atomic():
        made.state, made.applied_at = ImportState.APPLIED, timezone.now()
        made.save(update_fields=["state", "applied_at"])
        audit.record(
            "questions.imported",
            by=work.by,
            kind="question_import",
            ref=made.pk,
            data={"file": made.file_name, **counts},
        )
    work.finish(_said(counts), next_path=_page(made), next_label=_("Lihat hasil impor"))


def _take(row: ImportedQuestion, bank: Bank, by: Any) -> str:
    """Save one question; returns what it did. A refusal is kept with the row."""
    item = item_of(row)
    known = bank.find(item)
    item = bank.with_known_images(item, known)
    outcome = str(bank.outcome(item, known))
    said = row.said
    try:
        with transaction.atomic():
            save_item(by=by, category=item.category, item=item)
    except DomainError as refusal:
        outcome, said = str(ImportOutcome.REFUSED), str(refusal)
    made = ImportedQuestion.objects.filter(
        question_import_id=row.question_import_id, position=row.position
    )
    made.update(outcome=outcome, said=said)
    return outcome


def _said(counts: Mapping[str, int]) -> list[str]:
    """Return the sentences of what came out."""
    words = {
        ImportOutcome.NEW: _("soal baru"),
        ImportOutcome.CHANGED: _("soal dengan versi baru"),
        ImportOutcome.SAME: _("soal tetap sama"),
        ImportOutcome.REFUSED: _("soal ditolak; alasannya ada di daftar"),
    }
    return [f"{counts[outcome]} {word}." for outcome, word in words.items() if counts.get(outcome)]


__all__ = ["APPLY", "CHECK", "apply", "check", "item_of", "request_apply", "start"]
