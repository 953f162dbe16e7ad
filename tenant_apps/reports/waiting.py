"""What waits for the training unit in the rooms of this app."""

from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from shared_apps.access.attention import Task
from shared_apps.rules import selectors as rules
from tenant_apps.learning.selectors import progress
from tenant_apps.reports import satisfaction
from tenants.schemas import current_tenant

YEAR = "12-bulan"


def stuck_people(account: Any) -> Iterator[Task]:
    """Participants who started long ago and have done nothing since."""
    days = rules.whole("report.stuck_days", tenant_id=current_tenant().pk)
    yield Task(
        title=_("Peserta yang macet"),
        detail=_("Mulai lebih dari {days} hari lalu dan belum bergerak lagi.").format(days=days),
        count=progress.stuck(progress.all_enrolments()).order_by().count(),
        url=reverse("participants") + "?keadaan=macet",
    )


def poor_satisfaction(account: Any) -> Iterator[Task]:
    """Topics whose index of the last year is C or D."""
    wanted = satisfaction.asked({"periode": YEAR}, [])
    poor = [
        row
        for row in satisfaction.by_topic(wanted)
        if row.index and row.index.grade in satisfaction.POOR
    ]
    yield Task(
        title=_("Topik dengan kepuasan kurang (IKM C atau D)"),
        detail=", ".join(row.label for row in poor[:3]),
        count=len(poor),
        url=reverse("satisfaction") + f"?periode={YEAR}",
    )
