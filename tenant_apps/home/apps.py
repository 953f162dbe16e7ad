"""App configuration."""

from django.apps import AppConfig


class HomeConfig(AppConfig):
    """The tenant's front page and the training unit's workspace."""

    name = "tenant_apps.home"
