"""Writes of jobs: asking for one. Handlers are given a `Work`."""

from pathlib import Path
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from shared_apps.jobs.errors import JobOfAnother
from shared_apps.jobs.handlers import Handler, Permission, handler_of
from shared_apps.jobs.handlers import register as _register
from shared_apps.jobs.models import Job
from shared_apps.jobs.tasks import run_job
from shared_apps.jobs.work import Work
from tenants.schemas import current_tenant

__all__ = ["Work", "enqueue", "register"]


def register(kind: str, handler: Handler, *, permission: Permission = "") -> None:
    """Name the function `handler(work: Work)` of a kind of job; called in `AppConfig.ready`.

    Whoever no longer has `permission` neither goes on with it nor sees what came out. A function
    `(params) -> permission` where it hangs on what was asked for.
    """
    _register(kind, handler, permission)


@transaction.atomic
def enqueue(
    *,
    kind: str,
    by: Any,
    title: str,
    params: dict[str, Any] | None = None,
    key: str = "",
    upload: UploadedFile | None = None,
) -> Job:
    """Ask for a job at the open tenant; the same `key` gives the same job and changes nothing.

    `upload` is kept for the handler as `work.input_path`. The caller has checked the right of
    `by`. A key is free again after a failure. Raises UnknownJobKind, or JobOfAnother when the job
    of this key is not the person's own.
    """
    handler_of(kind)
    fresh = Job(
        kind=kind,
        tenant=current_tenant(),
        requested_by_id=by.pk,
        title=title[:200],
        params=params or {},
        key=key,
        input_name=Path(upload.name or "").name[:160] if upload else "",
    )
    if key:
        wanted = {"tenant": fresh.tenant, "kind": kind, "key": key}
        values = {name: getattr(fresh, name) for name in ("title", "params", "input_name")}
        job, made = Job.objects.get_or_create(
            **wanted, defaults={"id": fresh.pk, "requested_by_id": by.pk, **values}
        )
        if not made and job.requested_by_id != by.pk:
            raise JobOfAnother(_("Pekerjaan yang sama sudah diminta oleh petugas lain."))
        if not made:
            return job
    else:
        job = fresh
        job.save(force_insert=True)
    if upload is not None:
        job.input_path.parent.mkdir(parents=True, exist_ok=True)
        with job.input_path.open("wb") as file:
            for chunk in upload.chunks():
                file.write(chunk)
    run_job.enqueue(str(job.pk))
    return job
