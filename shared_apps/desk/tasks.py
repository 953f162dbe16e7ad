"""Background work of the desk: reminding people of classes that begin soon."""

import datetime

from django.utils import timezone
from django_tasks import task

from shared_apps.desk.agenda import seated_in
from shared_apps.notifications import services as notifications
from shared_apps.offerings import selectors as offerings
from shared_apps.rules import selectors as rules


@task()
def remind() -> int:
    """Remind everybody with a seat, once for each start; returns how many were told.

    A class that is moved to another time is reminded of again.
    """
    now = timezone.now()
    hours = rules.whole("offering.reminder_hours")
    told = 0
    for row in offerings.starts_between(now, now + datetime.timedelta(hours=hours)):
        starts_at = row.starts_at.isoformat() if row.starts_at else ""
        told += notifications.notify(
            kind="offering.reminder",
            account_ids=seated_in(row),
            data={"title": row.title, "starts_at": starts_at, "place": row.place or "–"},
            path=row.path,
            key=f"{row.uuid}:{starts_at}",
            tenant=row.tenant,
        )
    return told
