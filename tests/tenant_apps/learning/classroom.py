"""A topic, an offering and people, for tests of classes."""

import datetime
from decimal import Decimal
from typing import Any

from django.utils import timezone


def make_topic(*, slug: str = "tata-naskah", jp: str = "4.00", sections: int = 2) -> Any:
    """Make a published topic with so many sections at the open tenant."""
    from tenant_apps.learning.models import Section, Topic, TopicVersion

    topic = Topic.objects.create(
        slug=slug, title="Tata Naskah Dinas", summary="Menulis naskah dinas.", jp=Decimal(jp),
        state="published", published_at=timezone.now(), version=1,
    )  # fmt: skip
    version = TopicVersion.objects.create(
        topic=topic, number=1, state="published", title=topic.title, summary=topic.summary,
        jp=topic.jp, published_at=topic.published_at,
    )  # fmt: skip
    for position in range(1, sections + 1):
        Section.objects.create(
            version=version, key=f"bagian-{position}", position=position,
            title=f"Bagian {position}", markdown="Isi.", html="<p>Isi.</p>", words=100,
        )  # fmt: skip
    topic.current = version
    topic.save(update_fields=["current"])
    return topic


def make_offering(topic: Any, *, sessions: int = 2, days_ahead: int = 3, **values: Any) -> Any:
    """Make an open class of a topic with hourly sessions on consecutive days."""
    from tenant_apps.learning.models import ClassSession, Offering
    from tenant_apps.learning.services.offerings import announce

    first = timezone.now() + datetime.timedelta(days=days_ahead)
    given = {
        "slug": "kelas-naskah", "title": "Kelas Tata Naskah", "mode": "classical", "form": "B3",
        "state": "open", "capacity": None, "with_tests": False, "place": "Denpasar",
        "starts_at": first if sessions else None,
        "ends_at": first + datetime.timedelta(days=sessions - 1, hours=2) if sessions else None,
        **values,
    }  # fmt: skip
    offering = Offering.objects.create(topic=topic, **given)
    for number in range(sessions):
        start = first + datetime.timedelta(days=number)
        ClassSession.objects.create(
            offering=offering, title=f"Sesi {number + 1}", starts_at=start,
            ends_at=start + datetime.timedelta(hours=2), room="Aula",
        )  # fmt: skip
    announce(offering)
    return offering


def grant(account: Any, tenant: Any, role: str = "manager") -> Any:
    """Give a role and return the account."""
    from shared_apps.access.services import grant_role

    grant_role(account=account, tenant=tenant, role=role, by=None)
    return account
