"""App configuration."""

from django.apps import AppConfig


class AdministrationConfig(AppConfig):
    """How a tenant runs itself."""

    name = "tenant_apps.administration"
