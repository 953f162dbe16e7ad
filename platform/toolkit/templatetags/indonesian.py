"""Filters for numbers, money and dates: `{% load indonesian %}`; see toolkit.indonesian."""

import datetime
from decimal import Decimal

from django import template

from toolkit import indonesian

register = template.Library()


@register.filter
def number(value: int | Decimal | None) -> str:
    """`{{ 21191|number }}` gives `21.191`; nothing for None."""
    return "" if value is None else indonesian.number(value)


@register.filter
def jp(value: int | Decimal | None) -> str:
    """`{{ total.jp|jp }}` gives `2` or `39,60`."""
    return "" if value is None else indonesian.jp(value)


@register.filter
def in_words(value: int | Decimal | None) -> str:
    """`{{ 2|in_words }}` gives `dua`."""
    return "" if value is None else indonesian.in_words(value)


@register.filter
def rupiah(value: int | None) -> str:
    """`{{ saving|rupiah }}` gives `Rp 8.476.400.000`."""
    return "" if value is None else indonesian.rupiah(value)


@register.filter(expects_localtime=True)
def date_long(day: datetime.date | None) -> str:
    """`{{ day|date_long }}` gives `22 November 2026`; of a moment, the day in the active zone."""
    return "" if day is None else indonesian.date_long(day)


@register.filter(expects_localtime=True)
def date_short(day: datetime.date | None) -> str:
    """`{{ day|date_short }}` gives `22 Nov 2026`; of a moment, the day in the active zone."""
    return "" if day is None else indonesian.date_short(day)


@register.filter
def date_time(moment: datetime.datetime | None, zone: str = "") -> str:
    """`{{ moment|date_time:tenant.time_zone }}` gives `22 Nov 2026 10.42 WIB`."""
    return "" if moment is None else indonesian.date_time(moment, zone)


@register.filter
def clock_time(moment: datetime.datetime | None, zone: str = "") -> str:
    """`{{ moment|clock_time }}` gives `10.42.07`."""
    return "" if moment is None else indonesian.clock_time(moment, zone)
