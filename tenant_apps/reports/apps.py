"""App configuration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReportsConfig(AppConfig):
    """Results of the training unit: what waits, participants, figures, satisfaction."""

    name = "tenant_apps.reports"

    def ready(self) -> None:
        """Make long lists known to exports, and say what waits here."""
        from shared_apps.access import attention
        from shared_apps.jobs import exports
        from tenant_apps.reports import participants, results, waiting

        exports.register(
            participants.EXPORT, "participant.view", participants.listing, label=_("Peserta")
        )
        exports.register(results.EXPORT, "result.view", results.listing, label=_("Hasil belajar"))
        for permission, find in (
            ("topic.edit", waiting.drafts),
            ("topic.review", waiting.reviews),
            ("offering.view", waiting.sessions),
            ("attendance.record", waiting.attendance),
            ("certificate.manage", waiting.held_up),
        ):
            attention.register(permission, find)
        attention.register("result.view", waiting.poor_satisfaction)
        attention.register("participant.view", waiting.stuck_people)
