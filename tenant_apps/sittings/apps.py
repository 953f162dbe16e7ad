"""App configuration."""

from django.apps import AppConfig


class SittingsConfig(AppConfig):
    """The only test engine: one person, one frozen paper, saved answers, score."""

    name = "tenant_apps.sittings"
