"""The tenant's front page."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_safe

from shared_apps.recognition import selectors as recognition
from shared_apps.rules import selectors as rules
from tenant_apps.administration.selectors import announcements
from tenant_apps.home import selectors
from tenant_apps.surveys import selectors as surveys
from tenants import hosts
from tenants.schemas import current_tenant
from toolkit.access_rules import public


@public
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Who teaches here, what, and with what effect."""
    tenant = current_tenant()
    topics, more = selectors.published_topics(request.user)
    paths, more_paths = selectors.published_paths(request.user)
    return render(
        request,
        "home/home.html",
        {
            "tenant": tenant,
            "announcements": announcements.on_home(),
            "topics": topics,
            "more_topics": more,
            "paths": paths,
            "more_paths": more_paths,
            "impact": recognition.tenant_impact(tenant.pk),
            "index": surveys.index(tenant_id=tenant.pk),
            "catalogue_url": hosts.portal_url("/katalog/"),
            "least_answers": rules.whole("survey.minimum_answers", tenant_id=tenant.pk),
        },
    )


@public
@require_safe
def my_learning(request: HttpRequest) -> HttpResponse:
    """`/saya/` lives on the portal: one list for all tenants."""
    query = request.META.get("QUERY_STRING", "")
    return HttpResponseRedirect(hosts.portal_url("/saya/" + (f"?{query}" if query else "")))
