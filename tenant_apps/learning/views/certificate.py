"""The end of a topic: its certificate."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from shared_apps.accounts.requests import SignedInRequest
from shared_apps.desk.choices import Step
from shared_apps.recognition import selectors as recognition
from tenant_apps.learning.steps import step_bar
from tenant_apps.learning.views.shared import crumbs, find_topic, lead_back
from tenants.choices import ThingKind
from tenants.schemas import current_tenant
from toolkit.access_rules import signed_in


@signed_in
@require_safe
def certificate_page(request: SignedInRequest, slug: str) -> HttpResponse:
    """The certificate with its download on the portal, and the JP that it brought."""
    topic, enrolment = find_topic(request, slug)
    if enrolment is None or enrolment.step != Step.CERTIFICATE or not enrolment.certificate_id:
        return lead_back(request, topic, enrolment)
    certificate = recognition.certificate_for(
        current_tenant().pk,
        request.user.pk,
        ThingKind.TOPIC,
        topic.pk,
    )
    return render(
        request,
        "learning/certificate.html",
        {
            "topic": topic,
            "enrolment": enrolment,
            "certificate": certificate,
            "steps": step_bar(topic, enrolment, here=Step.CERTIFICATE),
            "crumbs": crumbs(topic, _("Sertifikat")),
        },
    )
