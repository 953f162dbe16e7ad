"""Reading the material, section by section."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from shared_apps.desk.choices import Step
from tenant_apps.learning.errors import StepNotOpen
from tenant_apps.learning.models import Enrolment, Section
from tenant_apps.learning.selectors.topics import (
    law_changes,
    section_by_key,
    sections_of,
    sections_read,
)
from tenant_apps.learning.services import reading as reading_services
from tenant_apps.learning.steps import step_bar
from tenant_apps.learning.views.shared import crumbs, find_topic, lead_back, with_players
from toolkit.access_rules import signed_in


def _section(enrolment: Enrolment, key: str) -> Section:
    section = section_by_key(enrolment, key)
    if section is None:
        raise Http404
    return section


@signed_in
@require_safe
def read(request: HttpRequest, slug: str) -> HttpResponse:
    """Lead to the section where the reader left, else to the first."""
    topic, enrolment = find_topic(request, slug)
    if enrolment is None:
        return lead_back(request, topic, None)
    sections = sections_of(topic, enrolment)
    if not sections:
        raise Http404
    section = next((row for row in sections if row.pk == enrolment.section_id), sections[0])
    return HttpResponseRedirect(reverse("read_section", args=[topic.slug, section.key]))


@signed_in
@require_safe
def section_page(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """One section with the list of all; opening it remembers the place."""
    topic, enrolment = find_topic(request, slug)
    if enrolment is None:
        return lead_back(request, topic, None)
    section = _section(enrolment, key)
    try:
        reading_services.open_section(by=request.user, enrolment=enrolment, section=section)
    except StepNotOpen as why:
        return lead_back(request, topic, enrolment, why)
    marked = sections_read(topic, enrolment)
    sections = [row for row, _done in marked]
    index = [row.pk for row in sections].index(section.pk)
    has_video = "data-video" in section.html
    response = render(
        request,
        "learning/section.html",
        {
            "topic": topic,
            "law_changes": law_changes(topic),
            "enrolment": enrolment,
            "section": section,
            "sections": marked,
            "number": index + 1,
            "previous": sections[index - 1] if index else None,
            "is_last": index == len(sections) - 1,
            "steps": step_bar(topic, enrolment, here=Step.READING),
            "crumbs": crumbs(topic, section.title),
            "has_video": has_video,
        },
    )
    return with_players(response) if has_video else response


@signed_in
@require_POST
def finish_section(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """Tick the section off and go on to the next, or to the post-test after the last."""
    topic, enrolment = find_topic(request, slug)
    if enrolment is None:
        return lead_back(request, topic, None)
    section = _section(enrolment, key)
    try:
        after = reading_services.finish_section(
            by=request.user,
            enrolment=enrolment,
            topic=topic,
            section=section,
            with_script=bool(request.POST.get("skrip")),
        )
    except StepNotOpen as why:
        messages.warning(request, str(why))
        return HttpResponseRedirect(reverse("read_section", args=[topic.slug, key]))
    if after is None:
        return HttpResponseRedirect(reverse("post_test", args=[topic.slug]))
    return HttpResponseRedirect(reverse("read_section", args=[topic.slug, after.key]))


@signed_in
@require_POST
def still_reading(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """Count the time since the last sign of reading; sent by the page while it is visible."""
    topic, enrolment = find_topic(request, slug)
    if enrolment is None:
        return HttpResponse(status=409)
    section = _section(enrolment, key)
    try:
        reading_services.keep_reading(
            by=request.user,
            enrolment=enrolment,
            section=section,
            leaving=bool(request.POST.get("pergi")),
        )
    except StepNotOpen:
        return HttpResponse(status=409)
    return HttpResponse(status=204)
