"""App configuration."""

from django.apps import AppConfig


class QuestionBankConfig(AppConfig):
    """Questions and their categories."""

    name = "tenant_apps.question_bank"

    def ready(self) -> None:
        """Name the jobs of this app, and who sees questions that cite."""
        from shared_apps.jobs import services as jobs
        from tenant_apps.citations import audience
        from tenant_apps.question_bank.choices import CITES
        from tenant_apps.question_bank.permissions import visible_ids
        from tenant_apps.question_bank.services import exports, imports

        audience.register(CITES, visible_ids)

        jobs.register(imports.CHECK, imports.check, permission="question.edit")
        jobs.register(imports.APPLY, imports.apply, permission="question.edit")
        jobs.register(exports.EXPORT, exports.export, permission="question.view")
