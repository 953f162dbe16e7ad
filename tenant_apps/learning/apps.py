"""App configuration."""

from django.apps import AppConfig


class LearningConfig(AppConfig):
    """Topics, enrolments, progress and completion."""

    name = "tenant_apps.learning"

    def ready(self) -> None:
        """Answer for the files that topics own, and draw their documents."""
        from shared_apps.jobs import services as jobs
        from tenant_apps.files import permissions as files
        from tenant_apps.learning.permissions import may_read_topic_file
        from tenant_apps.learning.services import attachments
        from tenants.choices import ThingKind

        files.register(ThingKind.TOPIC, may_read_topic_file)
        jobs.register(attachments.JOB, attachments.draw)
