"""App configuration."""

from django.apps import AppConfig


class CitationsConfig(AppConfig):
    """Which things of a tenant cite which regulation."""

    name = "tenant_apps.citations"
