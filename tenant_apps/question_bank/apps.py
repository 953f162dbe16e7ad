"""App configuration."""

from django.apps import AppConfig


class QuestionBankConfig(AppConfig):
    """Questions and their categories."""

    name = "tenant_apps.question_bank"

    def ready(self) -> None:
        """Name the jobs of this app."""
        from shared_apps.jobs import services as jobs
        from tenant_apps.question_bank.services import exports, imports

        jobs.register(imports.CHECK, imports.check)
        jobs.register(imports.APPLY, imports.apply)
        jobs.register(exports.EXPORT, exports.export)
