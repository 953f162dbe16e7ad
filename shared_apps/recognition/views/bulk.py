"""Certificates of a whole class: as one file, or issued again."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from shared_apps.recognition import issued, selectors
from shared_apps.recognition.forms.issued import BulkReissueForm
from shared_apps.recognition.permissions import MANAGE
from shared_apps.recognition.services import batches
from tenants.schemas import current_tenant
from toolkit.access_rules import needs
from toolkit.errors import DomainError


def _chosen(request: HttpRequest) -> tuple[batches.Selection | None, dict[str, Any]]:
    """Return what the address asks for, and the fields to choose from."""
    tenant = current_tenant()
    topics, years = issued.topics(tenant), issued.years(tenant)
    asked = request.GET
    topic = asked.get("topik", "") if asked.get("topik", "") in dict(topics) else ""
    year = asked.get("tahun", "") if asked.get("tahun", "") in dict(years) else ""
    found = issued.batches(tenant, topic) if topic else []
    batch = asked.get("angkatan", "") if asked.get("angkatan", "") in dict(found) else ""
    context = {
        "topics": topics,
        "years": years,
        "batches": found,
        "topic": topic,
        "year": year,
        "batch": batch,
    }
    if not topic:
        return None, context
    return batches.Selection(source=topic, batch=batch, year=int(year or 0)), context


@needs(MANAGE)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def bulk(request: HttpRequest) -> HttpResponse:
    """Choose a topic (and class and year), then download all or issue all again."""
    selection, context = _chosen(request)
    templates = selectors.templates_of(current_tenant())
    form = BulkReissueForm(templates=templates, initial={"kunci": uuid.uuid4()})
    status = 200
    if request.method == "POST" and selection is not None:
        action = request.POST.get("aksi", "")
        try:
            if action in ("zip", "pdf"):
                job = batches.bundle_later(
                    selection=selection, merged=action == "pdf", by=request.user
                )
                return HttpResponseRedirect(reverse("job", args=[job.pk]))
            form = BulkReissueForm(request.POST, templates=templates)
            if form.is_valid():
                job = batches.reissue_later(
                    selection=selection,
                    reason=form.cleaned_data["reason"],
                    template_id=form.template_id,
                    by=request.user,
                    key=f"reissue-{form.cleaned_data['kunci']}",
                )
                return HttpResponseRedirect(reverse("job", args=[job.pk]))
        except DomainError as refusal:
            if form.is_bound:
                form.add_error(
                    refusal.field if refusal.field in form.fields else None, str(refusal)
                )
            else:
                messages.error(request, str(refusal))
        status = 422
    context |= {
        "form": form,
        "count": selection.rows().count() if selection else None,
        "most_merged": batches.MOST_MERGED,
        "crumbs": [
            {"url": reverse("certificates"), "label": _("Sertifikat")},
            {"label": _("Satu kelas sekaligus")},
        ],
    }
    return render(request, "recognition/workspace/bulk.html", context, status=status)
