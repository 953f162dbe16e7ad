"""The step "tatap muka" of a topic: which sessions belong to it, and which were attended."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from shared_apps.desk.choices import Step
from tenant_apps.learning.models import Offering
from tenant_apps.learning.selectors.attendance import presence_of_member
from tenant_apps.learning.selectors.offerings import sessions_of
from tenant_apps.learning.steps import is_reached, step_bar
from tenant_apps.learning.views.shared import crumbs, find_topic, lead_back
from toolkit.access_rules import signed_in


@signed_in
@require_safe
def attendance_page(request: HttpRequest, slug: str) -> HttpResponse:
    """The sessions of the person's class with their own attendance."""
    topic, enrolment = find_topic(request, slug)
    if enrolment is None or not is_reached(enrolment, Step.ATTENDANCE):
        return lead_back(request, topic, enrolment)
    if enrolment.offering_id is None:
        return HttpResponseRedirect(reverse("topic", args=[slug]))
    offering = Offering.objects.get(pk=enrolment.offering_id)
    presence = presence_of_member(offering, enrolment.member_id)
    attended = {session.pk for session in presence.attended}
    return render(
        request,
        "learning/attendance.html",
        {
            "topic": topic,
            "offering": offering,
            "presence": presence,
            "sessions": [(row, row.pk in attended) for row in sessions_of(offering)],
            "passed": enrolment.passed_at is not None,
            "steps": step_bar(topic, enrolment, here=Step.ATTENDANCE),
            "crumbs": crumbs(topic, Step.ATTENDANCE.label),
        },
    )
