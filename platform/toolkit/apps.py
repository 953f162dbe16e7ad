"""App configuration."""

from django.apps import AppConfig


class ToolkitConfig(AppConfig):
    """Technical building blocks: template tags, translation tool, shared cache table."""

    name = "toolkit"
