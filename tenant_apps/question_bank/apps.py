"""App configuration."""

from django.apps import AppConfig


class QuestionBankConfig(AppConfig):
    """Questions and their categories."""

    name = "tenant_apps.question_bank"
