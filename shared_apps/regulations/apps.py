"""App configuration."""

from django.apps import AppConfig


class RegulationsConfig(AppConfig):
    """The register of regulations and their relations."""

    name = "shared_apps.regulations"
