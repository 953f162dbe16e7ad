"""The list of topics, a topic's page, and starting it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from tenant_apps.learning import rules, steps
from tenant_apps.learning.choices import TestPurpose
from tenant_apps.learning.errors import TopicClosed
from tenant_apps.learning.permissions import visible_paths, visible_topics
from tenant_apps.learning.selectors.offerings import upcoming_of_topic
from tenant_apps.learning.selectors.paths import with_totals
from tenant_apps.learning.selectors.topics import as_listed, law_changes, sections_of
from tenant_apps.learning.services import enrolments
from tenant_apps.learning.views.shared import find_topic, topic_url
from tenants.schemas import current_tenant
from toolkit.access_rules import public, signed_in


@public
@require_safe
def topic_list(request: HttpRequest) -> HttpResponse:
    """All topics of the tenant that this person may see."""
    topics = as_listed(visible_topics(request.user).order_by("title"))
    paths = with_totals(visible_paths(request.user).order_by("-published_at", "title"))[:3]
    return render(request, "learning/topic_list.html", {"topics": topics, "paths": paths})


@public
@require_safe
def topic_page(request: HttpRequest, slug: str) -> HttpResponse:
    """What a topic teaches, where the person stands, and the one button to go on."""
    topic, enrolment = find_topic(request, slug)
    sections = sections_of(topic, enrolment)
    left_at = enrolment and next((s for s in sections if s.pk == enrolment.section_id), None)
    tenant_id = current_tenant().pk
    return render(
        request,
        "learning/topic.html",
        {
            "topic": topic,
            "law_changes": law_changes(topic),
            "enrolment": enrolment,
            "sections": sections,
            "left_at": left_at,
            "steps": steps.step_bar(topic, enrolment),
            "test_rules": rules.test_rules(topic, tenant_id=tenant_id),
            "continue_url": steps.path_of(enrolment.step, topic) if enrolment else "",
            "purposes": TestPurpose,
            "classes": upcoming_of_topic(topic, request.user),
        },
    )


@signed_in
@require_POST
def start(request: HttpRequest, slug: str) -> HttpResponse:
    """Enrol and go to the first open step; a second click leads to the same place."""
    topic, _enrolment = find_topic(request, slug)
    try:
        enrolment = enrolments.start_topic(by=request.user, topic=topic)
    except TopicClosed as why:
        messages.warning(request, str(why))
        return HttpResponseRedirect(topic_url(topic))
    return HttpResponseRedirect(steps.path_of(enrolment.step, topic))
