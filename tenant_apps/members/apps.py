"""App configuration."""

from django.apps import AppConfig


class MembersConfig(AppConfig):
    """Who learns or works at this tenant: the one link to the national account."""

    name = "tenant_apps.members"

    def ready(self) -> None:
        """Name the functions that apply a staff import and match identities with it."""
        from shared_apps.employees.services import imports
        from shared_apps.jobs import services as jobs
        from tenant_apps.members.services import matches

        jobs.register(imports.APPLY, matches.import_job)
        jobs.register(matches.MATCH, matches.match_job)
