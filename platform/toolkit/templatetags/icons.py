"""`{% icon "check" %}`: an icon of the sprite, decoration only."""

from django import template
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()
_drawn: dict[tuple[str, str], SafeString] = {}


@register.simple_tag
def icon(name: str, size: str = "") -> SafeString:
    """Return the element of an icon; `size` is empty or `lg`. Drawn once per name and size."""
    if (name, size) not in _drawn:
        _drawn[name, size] = format_html(
            '<svg class="icon{}" aria-hidden="true" focusable="false"><use href="{}#{}"/></svg>',
            f" icon-{size}" if size else "",
            static("icons/sprite.svg"),
            name,
        )
    return _drawn[name, size]
