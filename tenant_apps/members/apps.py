"""App configuration."""

from django.apps import AppConfig


class MembersConfig(AppConfig):
    """Who learns or works at this tenant: the one link to the national account."""

    name = "tenant_apps.members"
