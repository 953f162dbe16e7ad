"""App configuration."""

from django.apps import AppConfig


class RulesConfig(AppConfig):
    """Every configurable number of the field, as effective-dated data."""

    name = "shared_apps.rules"
