"""What the tenant's front page shows."""

from typing import Any

from shared_apps.catalog.selectors import Listed
from tenant_apps.learning.choices import TopicState
from tenant_apps.learning.models import LearningPath
from tenant_apps.learning.permissions import visible_paths, visible_topics
from tenant_apps.learning.selectors.paths import with_totals
from tenant_apps.learning.selectors.topics import as_listed

MOST_TOPICS = 12
MOST_PATHS = 3


def published_topics(account: Any) -> tuple[list[Listed], bool]:
    """Return the newest published topics that a person may see, and whether there are more.

    One query.
    """
    newest = visible_topics(account).filter(state=TopicState.PUBLISHED)
    topics = as_listed(newest.order_by("-published_at", "title")[: MOST_TOPICS + 1])
    return topics[:MOST_TOPICS], len(topics) > MOST_TOPICS


def published_paths(account: Any) -> tuple[list[LearningPath], bool]:
    """Return the newest paths that a person may see, and whether there are more. One query."""
    newest = with_totals(visible_paths(account)).order_by("-published_at", "title")
    paths = list(newest[: MOST_PATHS + 1])
    return paths[:MOST_PATHS], len(paths) > MOST_PATHS
