"""Demo classes: one in a room with sessions, seats and a waiting list, one online in a window."""

import datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from django.utils import timezone

from shared_apps.accounts import selectors as accounts
from shared_apps.offerings.choices import Mode
from shared_apps.recognition.choices import Form
from tenant_apps.learning.errors import SeatRefused
from tenant_apps.learning.models import Offering, Topic
from tenant_apps.learning.services import offerings, seats
from tenant_apps.learning.services.offerings import Trainer
from tenants.schemas import current_tenant

#: Hours of a session, and the clock at which it begins in the rooms' zone.
HOURS, BEGINS = 3, 9


def add_classes(manager: Any, learners: list[str]) -> bool:
    """Make the demo classes of the open tenant; says whether there was anything to make.

    `learners` are e-mail addresses of people who sign up for the class in a room.
    """
    topic = Topic.objects.filter(slug="disiplin-pns").first()
    if topic is None or Offering.objects.exists():
        return False
    room = offerings.save_offering(
        by=manager,
        values={
            "topic": topic,
            "title": "Bimbingan Teknis Disiplin PNS",
            "batch": "Angkatan I",
            "description": "Dua hari studi kasus. Bawa laptop dan contoh berita acara pemeriksaan.",
            "mode": Mode.BLENDED,
            "form": Form.GUIDANCE,
            "place": "Aula Kantor Regional X, Denpasar",
            "capacity": 2,
            "quota": 5,
        },
    )
    zone = ZoneInfo(current_tenant().time_zone)
    today = timezone.localtime(timezone.now(), zone).replace(minute=0, second=0, microsecond=0)
    for number, title in enumerate(("Pemeriksaan dan berita acara", "Penjatuhan hukuman"), start=0):
        starts_at = (today + datetime.timedelta(days=14 + number)).replace(hour=BEGINS)
        offerings.save_session(
            by=manager,
            offering=room,
            values={
                "title": title,
                "starts_at": starts_at,
                "ends_at": starts_at + datetime.timedelta(hours=HOURS),
                "room": "Aula lantai 2",
            },
            trainers=[Trainer(manager.name, Decimal(4), manager.pk)],
        )
    offerings.open_offering(by=manager, offering=room)
    online = offerings.save_offering(
        by=manager,
        values={
            "topic": topic,
            "title": "Disiplin PNS Daring",
            "mode": Mode.WINDOW,
            "form": Form.E_LEARNING,
            "starts_at": today,
            "ends_at": today + datetime.timedelta(days=30),
        },
    )
    offerings.open_offering(by=manager, offering=online)
    for email in learners:
        account = accounts.account_by_email(email)
        if account is not None:
            try:
                seats.sign_up(by=account, offering=room)
            except SeatRefused:
                continue
    return True
