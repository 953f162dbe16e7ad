"""How much one request may carry: more in the workspace, for whoever works there."""

from typing import Any

from django.conf import settings

from shared_apps.access.selectors import permissions_of


def limit_of(request: Any) -> int:
    """Return the most bytes of a request's body; asked only for bodies above the usual limit."""
    if request.path.startswith("/kelola/") and "workspace.view" in permissions_of(
        request.user, request.tenant
    ):
        return int(settings.WORKSPACE_UPLOAD_LIMIT)
    return int(settings.UPLOAD_LIMIT)
