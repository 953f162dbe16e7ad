"""App configuration."""

from django.apps import AppConfig


class OversightConfig(AppConfig):
    """What LAN sees of all agencies."""

    name = "shared_apps.oversight"
