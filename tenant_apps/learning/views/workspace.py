"""The training unit's view of topics and participants (read only)."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from shared_apps.accounts import selectors as accounts
from shared_apps.desk.choices import Step
from tenant_apps.learning.models import Topic
from tenant_apps.learning.selectors.participants import enrolments_of, participants
from tenant_apps.learning.selectors.topics import topics_with_progress
from tenants.schemas import current_tenant
from toolkit import xlsx
from toolkit.access_rules import needs

PAGE = 50
HEADER = (
    _("Nama"), _("NIP/NI PPPK"), _("Instansi"), _("Tahap"), _("Mulai pada"), _("Pre-test"),
    _("Post-test"), _("Kesempatan dipakai"), _("Menit membaca"), _("Selesai"),
)  # fmt: skip


@needs("workspace.view")
@require_safe
def workspace(request: HttpRequest) -> HttpResponse:
    """The workspace: topics with their numbers, and what waits."""
    agency_id = current_tenant().agency_id
    return render(
        request,
        "learning/workspace.html",
        {
            "topics": topics_with_progress(),
            "waiting": accounts.identities_waiting(agency_id),
        },
    )


@needs("participant.view")
@require_safe
def topic_participants(request: HttpRequest, slug: str) -> HttpResponse:
    """Who learns a topic, filtered by step, 50 a page; `?format=xlsx` for all of them."""
    topic = get_object_or_404(Topic, slug=slug)
    step = request.GET.get("tahap", "")
    found = enrolments_of(topic, step=step)
    if request.GET.get("format") == "xlsx":
        rows = (
            (
                row.name, row.number, row.agency, row.step, row.started_at, row.pre_score,
                row.post_score, row.attempts, row.minutes, row.completed_at,
            )
            for row in participants(list(found))
        )  # fmt: skip
        return xlsx.download(f"peserta-{topic.slug}", HEADER, rows)
    page = Paginator(found, PAGE).get_page(request.GET.get("halaman"))
    return render(
        request,
        "learning/participants.html",
        {
            "topic": topic,
            "page": page,
            "rows": participants(list(page.object_list)),
            "step": step,
            "step_choices": Step.choices,
        },
    )
