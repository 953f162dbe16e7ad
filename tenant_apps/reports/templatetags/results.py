"""Filters for figures that may be missing."""

from decimal import Decimal

from django import template

from tenant_apps.reports.results import shown

register = template.Library()


@register.filter
def figure(value: Decimal | None, unit: str = "") -> str:
    """`{{ row.rate|figure:" %" }}` gives `66,7 %`, and a dash where nothing can be said."""
    return shown(value, unit) or "–"
