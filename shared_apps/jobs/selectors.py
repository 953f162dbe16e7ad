"""Reads of jobs."""

import uuid
from typing import Any

from django.db.models import QuerySet

from shared_apps.access.selectors import role_names, roles
from shared_apps.jobs.handlers import permission_of
from shared_apps.jobs.models import Job
from tenants.schemas import current_tenant


def jobs_of(account: Any) -> QuerySet[Job]:
    """Return the jobs that a person asked for at the open tenant, newest first."""
    return Job.objects.filter(tenant=current_tenant(), requested_by=account).order_by("-created_at")


def find_job(job_id: uuid.UUID, *, account: Any) -> Job | None:
    """Return one job of the person at the open tenant, None if there is no such."""
    return jobs_of(account).filter(pk=job_id).select_related("tenant").first()


def may_have(job: Job, account: Any) -> bool:
    """Say whether a person (still) has the right that a job asks for, by the roles of now."""
    wanted = permission_of(job.kind, job.params)
    if not wanted:
        return True
    names = role_names(account, job.tenant, afresh=True)
    return account.is_active and any(wanted in roles()[name].permissions for name in names)
