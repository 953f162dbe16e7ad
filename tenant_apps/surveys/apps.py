"""App configuration."""

from django.apps import AppConfig


class SurveysConfig(AppConfig):
    """Anonymous questionnaires and their index (IKM)."""

    name = "tenant_apps.surveys"
