"""App configuration."""

from django.apps import AppConfig


class SittingsConfig(AppConfig):
    """The only test engine: one person, one frozen paper, saved answers, score."""

    name = "tenant_apps.sittings"

    def ready(self) -> None:
        """Answer for the images of questions, which papers show."""
        from tenant_apps.files import permissions as files
        from tenant_apps.question_bank.choices import FILE_OWNER
        from tenant_apps.sittings.permissions import may_read_question_file

        files.register(FILE_OWNER, may_read_question_file)
