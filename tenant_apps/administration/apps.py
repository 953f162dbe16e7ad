"""App configuration."""

from django.apps import AppConfig


class AdministrationConfig(AppConfig):
    """The tenant itself: roles, audit, profile, structure, announcements."""

    name = "tenant_apps.administration"

    def ready(self) -> None:
        """Name the job that tells an announcement's audience."""
        from shared_apps.jobs import services as jobs
        from tenant_apps.administration.services import announcements

        jobs.register(announcements.JOB, announcements.tell)
