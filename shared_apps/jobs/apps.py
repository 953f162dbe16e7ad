"""App configuration."""

from django.apps import AppConfig


class JobsConfig(AppConfig):
    """Long work of training units, one row a job."""

    name = "shared_apps.jobs"

    def ready(self) -> None:
        """Do exports."""
        from shared_apps.jobs import exports, services

        services.register(exports.KIND, exports.run)
