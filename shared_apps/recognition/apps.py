"""App configuration."""

from django.apps import AppConfig


class RecognitionConfig(AppConfig):
    """Rules of recognition, the JP ledger, totals and certificates."""

    name = "shared_apps.recognition"

    def ready(self) -> None:
        """Name the handlers of long work."""
        from shared_apps.jobs import services as jobs
        from shared_apps.recognition.services import batches, legacy_jobs

        jobs.register(batches.ISSUE, batches.run_issue, permission="certificate.manage")
        jobs.register(batches.REISSUE, batches.run_reissue, permission="certificate.manage")
        jobs.register(batches.BUNDLE, batches.run_bundle, permission="certificate.manage")
        jobs.register(legacy_jobs.LEGACY, legacy_jobs.run, permission="certificate.manage")
