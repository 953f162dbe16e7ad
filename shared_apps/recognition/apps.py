"""App configuration."""

from django.apps import AppConfig


class RecognitionConfig(AppConfig):
    """Rules of recognition, the JP ledger, totals and certificates."""

    name = "shared_apps.recognition"
