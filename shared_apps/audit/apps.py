"""App configuration."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """Who did what: append-only."""

    name = "shared_apps.audit"
