"""What waits for the training unit: in the rooms of this app, of topics and of classes."""

import datetime
import zoneinfo
from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from shared_apps.access.attention import Task
from shared_apps.rules import selectors as rules
from tenant_apps.learning.selectors import progress, today
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


def drafts(account: Any) -> Iterator[Task]:
    """The person's own drafts."""
    yield Task(
        title=_("Draf topik Anda"),
        count=today.drafts_of(account.pk).count(),
        url=reverse("workshop_shelf") + "?status=draft",
    )


def reviews(account: Any) -> Iterator[Task]:
    """Topics that somebody else has handed in."""
    yield Task(
        title=_("Topik menunggu telaah"),
        count=today.reviews_for(account.pk).count(),
        url=reverse("workshop_shelf") + "?status=review",
    )


def sessions(account: Any) -> Iterator[Task]:
    """Sessions of the next seven days; those of today are named first."""
    zone = zoneinfo.ZoneInfo(current_tenant().time_zone)
    morning = timezone.localtime(timezone.now(), zone).replace(hour=0, minute=0, second=0)
    starts = list(
        today.sessions_between(morning, morning + datetime.timedelta(days=7)).values_list(
            "starts_at", flat=True
        )
    )
    now = sum(start < morning + datetime.timedelta(days=1) for start in starts)
    yield Task(
        title=_("Pertemuan kelas dalam tujuh hari"),
        count=len(starts),
        detail=_("{count} hari ini.").format(count=now) if now else "",
        url=reverse("offerings"),
        urgent=now > 0,
    )


def attendance(account: Any) -> Iterator[Task]:
    """Sessions that are over and have no list of attendance."""
    yield Task(
        title=_("Pertemuan tanpa daftar hadir"),
        count=today.sessions_without_attendance().count(),
        url=reverse("offerings"),
        urgent=True,
    )


def held_up(account: Any) -> Iterator[Task]:
    """People whose certificate waits for attendance though the class is over."""
    yield Task(
        title=_("Sertifikat tertahan karena kehadiran"),
        detail=_("Kelasnya sudah selesai, kehadirannya belum mencukupi."),
        count=today.held_up().count(),
        url=reverse("participants") + "?tahap=attendance",
    )
