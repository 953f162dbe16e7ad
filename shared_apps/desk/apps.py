"""App configuration."""

from django.apps import AppConfig


class DeskConfig(AppConfig):
    """What awaits each person across tenants."""

    name = "shared_apps.desk"
