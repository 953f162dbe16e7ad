"""App configuration."""

from django.apps import AppConfig


class CitationsConfig(AppConfig):
    """Which things of a tenant cite which regulation."""

    name = "tenant_apps.citations"

    def ready(self) -> None:
        """Say what waits because the law moved."""
        from shared_apps.access import attention
        from tenant_apps.citations.attention import citations_waiting

        attention.register("workspace.view", citations_waiting)
