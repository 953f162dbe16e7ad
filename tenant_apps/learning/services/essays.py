"""What follows when the essays of a test are marked."""

import uuid
from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from shared_apps.notifications.services import notify
from tenant_apps.learning import rules
from tenant_apps.learning.choices import TestPurpose
from tenant_apps.learning.models import Enrolment, Topic
from tenant_apps.learning.permissions import require
from tenant_apps.learning.selectors.topics import topic_of
from tenant_apps.learning.services.enrolments import lock_enrolment
from tenant_apps.learning.services.tests import decide
from tenant_apps.sittings.errors import MarkNotValid
from tenant_apps.sittings.models import Sitting
from tenant_apps.sittings.services import marking
from tenants.schemas import current_tenant

RESULT_PATH = {TestPurpose.PRE: "pre-test", TestPurpose.POST: "post-test"}


@transaction.atomic
def mark_essay(
    *, by: Any, sitting_id: uuid.UUID, position: int, given: Sequence[int], comment: str
) -> Sitting:
    """Mark one essay; with the last one of a paper its result stands and its consequences follow.

    The pass dates from the submission unless the rule says otherwise: the person did their part
    then, and the year of the JP must not hang on who marks when. Raises MarkNotValid for one's own
    essay, and PermissionDenied.
    """
    require(by, "essay.mark")
    waiting = Sitting.objects.only("member_id", "subject_uuid").get(pk=sitting_id)
    if waiting.member_id == by.pk:
        raise MarkNotValid(_("Esai Anda sendiri dinilai orang lain."))
    # Enrolment first, then the sitting: the order in which submitting locks them.
    locked = lock_enrolment(
        Enrolment.objects.get(member_id=waiting.member_id, topic_id=waiting.subject_uuid)
    )
    sitting = marking.mark_essay(
        by=by, sitting_id=sitting_id, position=position, given=given, comment=comment
    )
    if sitting.pending:
        return sitting
    topic = topic_of(locked)
    if sitting.purpose == TestPurpose.PRE:
        locked.pre_right, locked.pre_total = sitting.points, sitting.max_points
        locked.save(update_fields=["pre_right", "pre_total"])
    else:
        dated = rules.pass_dates_from_submission(current_tenant().pk)
        decide(
            by=by, locked=locked, topic=topic, sitting=sitting,
            at=None if dated else timezone.now(),
        )  # fmt: skip
    _tell(topic, sitting)
    return sitting


def _tell(topic: Topic, sitting: Sitting) -> None:
    notify(
        kind="essay.marked",
        account_ids=[sitting.member_id],
        data={"title": topic.title},
        path=f"/topik/{topic.slug}/{RESULT_PATH[TestPurpose(sitting.purpose)]}/hasil/",
        key=str(sitting.pk),
    )
