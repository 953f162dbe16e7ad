"""App configuration."""

from django.apps import AppConfig


class JobsConfig(AppConfig):
    """Long work of training units, one row a job."""

    name = "shared_apps.jobs"
