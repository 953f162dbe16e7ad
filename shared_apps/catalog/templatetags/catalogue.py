"""`{% load catalogue %}`: cards of entries."""

from collections.abc import Iterable

from django import template
from django.templatetags.static import static
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from shared_apps.catalog.selectors import Listed

register = template.Library()

# The only place that draws a card. A template takes six times as long for the twenty cards of a
# page, and they are most of what a search costs beside the database.
_CARD = (
    '<li><article class="topic-card"><div class="topic-provider">{mark}<span>{provider}</span>'
    '</div><h{level}><a href="{url}">{title}</a></h{level}><p>{summary}</p>'
    '<div class="topic-meta">{jp}{minutes}</div></article></li>'
)
_LOGO = '<img src="/tampilan/{}.png" alt="" width="28" height="28" loading="lazy">'
_ICON = '<svg class="icon" aria-hidden="true" focusable="false"><use href="{}#{}"/></svg>'
_JP = '<span class="tag tag-jp">{} JP</span>'
_MINUTES = "<span>{} {}</span>"


@register.simple_tag
def entry_cards(entries: Iterable[Listed], level: int = 3) -> SafeString:
    """Return the list of entries as cards; every text of an entry is escaped.

    `level` is that of the cards' headings: one below the heading that stands above them.
    """
    sprite = escape(static("icons/sprite.svg"))
    building = _ICON.format(sprite, "building")
    clock = _ICON.format(sprite, "clock")
    reading = escape(gettext("{minutes} menit baca"))
    cards = [
        _CARD.format(
            mark=_LOGO.format(escape(entry.provider_logo)) if entry.provider_logo else building,
            level=level,
            provider=escape(entry.provider_name),
            url=escape(entry.url),
            title=escape(entry.title),
            summary=escape(entry.summary),
            jp=_JP.format(escape(entry.jp)) if entry.jp else "",
            minutes=(
                _MINUTES.format(clock, reading.format(minutes=entry.minutes))
                if entry.minutes
                else ""
            ),
        )
        for entry in entries
    ]
    return mark_safe(f'<ul class="topic-grid">{"".join(cards)}</ul>')
