"""App configuration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LearningConfig(AppConfig):
    """Topics, enrolments, progress and completion."""

    name = "tenant_apps.learning"

    def ready(self) -> None:
        """Answer for files of topics, for what draws questions and waits; draw documents."""
        from shared_apps.jobs import services as jobs
        from tenant_apps.citations import audience as citing
        from tenant_apps.files import permissions as files
        from tenant_apps.learning.permissions import may_read_topic_file, visible_ids
        from tenant_apps.learning.selectors.tests import uses_of
        from tenant_apps.learning.services import attachments
        from tenant_apps.question_bank import usage
        from tenants.choices import ThingKind

        files.register(ThingKind.TOPIC, may_read_topic_file)
        jobs.register(attachments.JOB, attachments.draw)
        usage.register(uses_of)
        citing.register(ThingKind.TOPIC, visible_ids)
        self._register_jobs()
        self._register_attention()

    @staticmethod
    def _register_jobs() -> None:
        from shared_apps.jobs import exports
        from shared_apps.jobs import services as jobs
        from tenant_apps.learning import seat_lists
        from tenant_apps.learning.services import assignment, closing

        jobs.register(assignment.KIND, assignment.run_assignment, permission="offering.manage")
        jobs.register(closing.KIND, closing.run_closing, permission="offering.manage")
        exports.register(
            seat_lists.EXPORT, "participant.view", seat_lists.build, label=_("Peserta kelas")
        )

    @staticmethod
    def _register_attention() -> None:
        from shared_apps.access import attention
        from tenant_apps.learning.attention import seats_waiting
        from tenant_apps.learning.selectors.tests import essays_task

        attention.register("offering.manage", seats_waiting)
        attention.register("essay.mark", essays_task)
