"""App configuration."""

from django.apps import AppConfig


class ReportsConfig(AppConfig):
    """Results for the training unit."""

    name = "tenant_apps.reports"
