"""App configuration."""

from django.apps import AppConfig


class AccessConfig(AppConfig):
    """Roles per tenant, what they allow, and the rule of each view."""

    name = "shared_apps.access"
