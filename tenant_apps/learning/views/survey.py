"""The satisfaction survey after a passed post-test."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from shared_apps.desk.choices import Step
from tenant_apps.learning.errors import StepNotOpen
from tenant_apps.learning.services import survey as survey_services
from tenant_apps.learning.steps import step_bar
from tenant_apps.learning.views.shared import crumbs, find_topic, lead_back
from tenant_apps.surveys.errors import SurveyIncomplete
from tenant_apps.surveys.questionnaire import questions
from toolkit.access_rules import signed_in


@signed_in
def survey_page(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask the unsur; sending opens the certificate. What was ticked is kept on a mistake."""
    topic, enrolment = find_topic(request, slug)
    if enrolment is None or enrolment.step != Step.SURVEY:
        return lead_back(request, topic, enrolment)
    asked = questions(free_service=survey_services.is_free_service())
    given: dict[str, int] = {}
    comment, error, missing = "", "", list[str]()
    if request.method == "POST":
        for question in asked:
            value = request.POST.get(question.unsur, "")
            if value in {"1", "2", "3", "4"}:
                given[str(question.unsur)] = int(value)
        comment = request.POST.get("saran", "")
        try:
            survey_services.send_survey(
                by=request.user, enrolment=enrolment, topic=topic, answers=given, comment=comment
            )
        except SurveyIncomplete as refused:
            error, missing = str(refused), refused.missing
        except StepNotOpen as why:
            return lead_back(request, topic, enrolment, why)
        else:
            return HttpResponseRedirect(reverse("topic_certificate", args=[topic.slug]))
    rows = [
        {
            "number": number,
            "unsur": str(question.unsur),
            "text": question.text,
            "options": [
                (points, label, given.get(str(question.unsur)) == points)
                for points, label in enumerate(question.options, start=1)
            ],
            "missing": str(question.unsur) in missing,
        }
        for number, question in enumerate(asked, start=1)
    ]
    return render(
        request,
        "learning/survey.html",
        {
            "topic": topic,
            "rows": rows,
            "total": len(rows),
            "comment": comment,
            "error": error,
            "steps": step_bar(topic, enrolment, here=Step.SURVEY),
            "crumbs": crumbs(topic, _("Survei kepuasan")),
        },
        status=422 if error else 200,
    )
