"""App configuration."""

from django.apps import AppConfig


class FilesConfig(AppConfig):
    """Files that a tenant stores, each served by one view that asks its owner."""

    name = "tenant_apps.files"
