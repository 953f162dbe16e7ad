"""App configuration."""

from django.apps import AppConfig


class CatalogConfig(AppConfig):
    """Published snapshots of what all tenants teach, and the search over them."""

    name = "shared_apps.catalog"
