"""What the tenant's front page shows."""

from typing import Any

from shared_apps.catalog.selectors import Listed
from tenant_apps.learning.choices import TopicState
from tenant_apps.learning.permissions import visible_topics
from tenant_apps.learning.selectors.topics import as_listed

MOST_TOPICS = 12


def published_topics(account: Any) -> tuple[list[Listed], bool]:
    """Return the newest published topics that a person may see, and whether there are more.

    One query.
    """
    newest = visible_topics(account).filter(state=TopicState.PUBLISHED)
    topics = as_listed(newest.order_by("-published_at", "title")[: MOST_TOPICS + 1])
    return topics[:MOST_TOPICS], len(topics) > MOST_TOPICS
