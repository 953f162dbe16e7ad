"""App configuration."""

from django.apps import AppConfig


class OfferingsConfig(AppConfig):
    """Announced classes of all tenants, proposals between agencies, call letters."""

    name = "shared_apps.offerings"
