"""The side navigation of the training unit's workspace."""

from typing import Any

from django import template
from django.conf import settings
from django.utils.module_loading import import_string

register = template.Library()


@register.inclusion_tag("access/workspace_nav.html", takes_context=True)
def workspace_nav(context: dict[str, Any]) -> dict[str, Any]:
    """List the rooms that the person may enter, marking the one that is open.

    The longest path that the address begins with is the open room. No query: the frame of the
    page already knows the rights (`allowed`).
    """
    allowed, path = context["allowed"], context["request"].path
    wings = [
        (wing.label, [room for room in wing.rooms if room.permission in allowed])
        for wing in import_string(settings.WORKSPACE)
    ]
    rooms = [room for _label, rooms in wings for room in rooms]
    here = max(
        (room for room in rooms if path.startswith(room.path)),
        key=lambda room: len(room.path),
        default=None,
    )
    return {"wings": [wing for wing in wings if wing[1]], "here": here}
