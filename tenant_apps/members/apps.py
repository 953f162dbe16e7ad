"""App configuration."""

from django.apps import AppConfig


class MembersConfig(AppConfig):
    """Who learns or works at this tenant: the one link to the national account."""

    name = "tenant_apps.members"

    def ready(self) -> None:
        """Say how many identities wait."""
        from shared_apps.access import attention
        from tenant_apps.members.waiting import identities

        attention.register("identity.confirm", identities)
