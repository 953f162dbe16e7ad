"""App configuration."""

from django.apps import AppConfig


class JobsConfig(AppConfig):
    """Long work of training units, one row a job."""

    name = "shared_apps.jobs"

    def ready(self) -> None:
        """Do exports, and tell of failures."""
        from shared_apps.access import attention
        from shared_apps.jobs import exports, services, waiting

        attention.register("workspace.view", waiting.failed_jobs)
        services.register(exports.KIND, exports.run, permission=exports.permission_of)
