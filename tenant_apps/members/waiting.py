"""What waits for the training unit in the room of this app."""

from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from shared_apps.access.attention import Task
from shared_apps.accounts import selectors as accounts
from tenants.schemas import current_tenant


def identities(account: Any) -> Iterator[Task]:
    """Identities of the own agency that wait for a decision."""
    yield Task(
        title=_("Identitas menunggu keputusan"),
        count=accounts.identities_waiting(current_tenant().agency_id),
        url=reverse("members_queue"),
    )
