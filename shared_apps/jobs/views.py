"""Pages of jobs: `/kelola/pekerjaan/`. Each person sees their own."""

import uuid

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from shared_apps.jobs import selectors
from shared_apps.jobs.choices import JobState
from shared_apps.jobs.leftovers import keep_days
from shared_apps.jobs.models import Job
from toolkit.access_rules import needs

PAGE = 30


def _job(request: HttpRequest, job_id: uuid.UUID) -> Job:
    job = selectors.find_job(job_id, account=request.user)
    if job is None:
        raise Http404
    if not selectors.may_have(job, request.user):
        raise PermissionDenied
    return job


@needs("workspace.view")
@require_safe
def jobs(request: HttpRequest) -> HttpResponse:
    """The person's jobs at this tenant, newest first."""
    page = Paginator(selectors.jobs_of(request.user), PAGE).get_page(request.GET.get("halaman"))
    return render(request, "jobs/jobs.html", {"page": page})


@needs("workspace.view")
@never_cache
@require_safe
def job_page(request: HttpRequest, job_id: uuid.UUID) -> HttpResponse:
    """How far one job is and what came out; `?format=json` for the page's own asking."""
    job = _job(request, job_id)
    if request.GET.get("format") == "json":
        return JsonResponse({"state": job.state, "done": job.done, "total": job.total})
    has_file = job.is_over and bool(job.output_name)
    return render(
        request,
        "jobs/job.html",
        {
            "job": job,
            "failed": job.state == JobState.FAILED,
            "has_file": has_file and job.output_path.exists(),
            "swept": has_file and not job.output_path.exists(),
            "keep_days": keep_days(),
        },
    )


@needs("workspace.view")
@never_cache
@require_safe
def job_file(request: HttpRequest, job_id: uuid.UUID) -> FileResponse:
    """The file that came out of a job."""
    job = _job(request, job_id)
    if not job.is_over or not job.output_name or not job.output_path.exists():
        raise Http404
    return FileResponse(job.output_path.open("rb"), as_attachment=True, filename=job.output_name)
