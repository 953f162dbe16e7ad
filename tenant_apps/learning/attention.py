"""What waits for the training unit in its classes."""

from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from shared_apps.access.attention import Task
from shared_apps.offerings import selectors as shared
from tenant_apps.learning.choices import SeatState
from tenant_apps.learning.models import Offering, Seat
from tenants.schemas import current_tenant


def seats_waiting(account: Any) -> Iterator[Task]:
    """Yield applications and proposed people without an answer: at most four queries."""
    offerings = Seat.objects.filter(state=SeatState.APPLIED).values_list(
        "offering__slug", flat=True
    )
    slugs = list(offerings)
    yield Task(
        _("Pendaftaran kelas menunggu persetujuan"),
        len(slugs),
        _page("offering_people", slugs) + ("?status=applied" if len(set(slugs)) == 1 else ""),
    )
    asked = shared.unanswered(current_tenant())
    named = list(Offering.objects.filter(pk__in=list(asked)).values_list("slug", flat=True))
    yield Task(
        _("Usulan peserta dari instansi lain menunggu jawaban"),
        sum(asked.values()),
        _page("offering_proposals", named),
    )


def _page(name: str, slugs: list[str]) -> str:
    """Return the page of the one class concerned, else the list of classes."""
    if len(set(slugs)) == 1:
        return reverse(name, args=[slugs[0]])
    return reverse("offerings")
