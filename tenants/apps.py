"""App configuration."""

from django.apps import AppConfig


class TenantsConfig(AppConfig):
    """Register of agencies and the tenants that they host."""

    name = "tenants"

    def ready(self) -> None:
        """Register the start-up checks."""
        from tenants import checks  # noqa: F401  (registers by import)
