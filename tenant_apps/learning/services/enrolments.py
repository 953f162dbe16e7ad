"""Starting a topic and moving from step to step."""

from typing import Any

from django.db import connection, transaction
from django.utils.translation import gettext as _

from shared_apps.audit import services as audit
from shared_apps.desk import services as desk
from shared_apps.desk.choices import Step
from shared_apps.recognition.services import totals
from tenant_apps.learning.choices import TopicState
from tenant_apps.learning.errors import TopicClosed
from tenant_apps.learning.models import Enrolment, Topic
from tenant_apps.learning.services import figures
from tenant_apps.learning.services.progress import tell_home
from tenant_apps.learning.steps import path_of
from tenant_apps.members.models import Member
from tenant_apps.members.services import joining
from tenants.choices import ThingKind
from tenants.schemas import current_tenant
from toolkit.rows import Columns

_COLUMNS = Columns(Enrolment, "e")
_LOCK = f"SELECT {_COLUMNS.sql} FROM learning_enrolment e WHERE e.id = %s FOR UPDATE"


@transaction.atomic
def start_topic(*, by: Any, topic: Topic) -> Enrolment:
    """Enrol a person in a topic that they may see; starting again returns the same enrolment.

    The enrolment keeps the version that is published now. Raises TopicClosed for a topic that is
    archived or was never published.
    """
    found = Enrolment.objects.filter(member_id=by.pk, topic=topic).first()
    if found:
        return found
    if topic.state != TopicState.PUBLISHED or topic.current_id is None:
        raise TopicClosed(_("Topik ini tidak menerima peserta baru."))
    member, _joined = joining.join(account_id=by.pk)
    # Authors are members too: a learner is who starts a first topic, counted once.
    Member.objects.select_for_update().get(pk=member.pk)
    is_first = not Enrolment.objects.filter(member=member).exists()
    enrolment, made = Enrolment.objects.get_or_create(
        member=member,
        topic=topic,
        defaults={"version_id": topic.current_id, "agency_id": by.home_agency_id},
    )
    if made:
        figures.count_starts([enrolment])
        if is_first:
            totals.count_learner(tenant_id=current_tenant().pk, account_id=by.pk)
        put_on_desk(enrolment, topic)
        audit.record("enrolment.started", by=by, kind="topic", ref=topic.pk)
    return enrolment


def lock_enrolment(enrolment: Enrolment) -> Enrolment:
    """Return the enrolment locked and fresh: what a person does is done one after the other."""
    with connection.cursor() as cursor:
        cursor.execute(_LOCK, [enrolment.pk])
        return _COLUMNS.make(cursor.fetchone())


def move_to(enrolment: Enrolment, topic: Topic, step: Step, *changed: str) -> None:
    """Set the step, save it with the other changed columns and tell the desk."""
    enrolment.step = step
    enrolment.save(update_fields=["step", *changed])
    put_on_desk(enrolment, topic)
    tell_home(enrolment)


def put_on_desk(enrolment: Enrolment, topic: Topic) -> None:
    """Keep the person's desk in step with the enrolment."""
    desk.put(
        account_id=enrolment.member_id,
        tenant=current_tenant(),
        kind=ThingKind.TOPIC,
        uuid=topic.pk,
        title=topic.title,
        step=enrolment.step,
        path=path_of(enrolment.step, topic),
        done=enrolment.step == Step.CERTIFICATE,
    )
