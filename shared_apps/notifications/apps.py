"""App configuration."""

from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    """One inbox per person across tenants."""

    name = "shared_apps.notifications"
