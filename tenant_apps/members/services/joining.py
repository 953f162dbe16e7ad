"""The moment at which a person first acts at a tenant."""

import uuid

from tenant_apps.members.models import Member


def join(*, account_id: uuid.UUID) -> tuple[Member, bool]:
    """Return the member of an account at the open tenant, and whether they came just now.

    Safe for two requests at once: both get the same member, one of them as new.
    """
    return Member.objects.get_or_create(account_id=account_id)
