"""Sending the satisfaction survey of a completed topic, which opens the download."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from shared_apps.desk.choices import Step
from shared_apps.recognition.services import certificates
from shared_apps.rules import selectors as rules
from tenant_apps.learning.errors import StepNotOpen
from tenant_apps.learning.models import Enrolment, Topic
from tenant_apps.learning.services.enrolments import lock_enrolment, move_to
from tenant_apps.surveys import services as surveys
from tenants.choices import ThingKind
from tenants.schemas import current_tenant


def is_free_service() -> bool:
    """Say whether learning at this tenant costs nothing, so that U4 is not asked."""
    return rules.flag("survey.free_service", tenant_id=current_tenant().pk)


@transaction.atomic
def send_survey(
    *, by: Any, enrolment: Enrolment, topic: Topic, answers: Mapping[str, int], comment: str
) -> None:
    """Store the anonymous answers and release the certificate; a second sending changes nothing.

    The enrolment keeps *that* the survey was sent; the answers know neither person nor enrolment.
    No audit row is written: its time would lead to the answers.
    """
    locked = lock_enrolment(enrolment)
    if locked.survey_sent:
        return
    if locked.step != Step.SURVEY or locked.certificate_id is None:
        raise StepNotOpen(_("Survei terbuka setelah post-test lulus."))
    surveys.send_response(
        subject_kind=ThingKind.TOPIC,
        subject_uuid=topic.pk,
        answers=answers,
        comment=comment,
        free_service=is_free_service(),
        offering=_class_to_hide_in(locked),
    )
    certificates.release(certificate_id=locked.certificate_id)
    locked.survey_sent = True
    move_to(locked, topic, Step.CERTIFICATE, "survey_sent")


def _class_to_hide_in(enrolment: Enrolment) -> UUID | None:
    """Return the class in which it was learned; None for a class so small that it names people."""
    if enrolment.offering_id is None:
        return None
    people = Enrolment.objects.filter(
        offering_id=enrolment.offering_id, topic_id=enrolment.topic_id
    ).count()
    least = rules.whole("survey.minimum_answers", tenant_id=current_tenant().pk)
    return enrolment.offering_id if people >= least else None
