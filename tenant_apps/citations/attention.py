"""What waits for a person because the law moved."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from shared_apps.access.attention import Task
from tenant_apps.citations import selectors
from tenant_apps.citations.services import WORK_LIST


def citations_waiting(account: Any) -> Iterator[Task]:
    """Yield the citations to look at again: one query."""
    count = selectors.works_on(account).count()
    yield Task(_("Rujukan ke peraturan yang berubah"), count, WORK_LIST, urgent=True)
