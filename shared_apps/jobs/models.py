"""The one row that says how far a long piece of work is."""

import uuid
from pathlib import Path

from django.conf import settings
from django.db import models
from django.utils import timezone

from shared_apps.jobs.choices import JobState


class Job(models.Model):
    """One piece of long work that a person asked for; pages and the reaper judge by this row."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    kind = models.CharField(max_length=60)
    tenant = models.ForeignKey("tenants.Tenant", on_delete=models.PROTECT, related_name="+")
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    # What the person reads, such as "Impor pegawai: data.xlsx".
    title = models.CharField(max_length=200)
    params = models.JSONField(default=dict)
    # Asking again with the same key gives the same job; empty for none.
    key = models.CharField(max_length=120, blank=True)
    state = models.CharField(max_length=10, choices=JobState, default=JobState.QUEUED)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(null=True)
    # Where to go on after a crash; written in the transaction of the work that it stands for.
    checkpoint = models.JSONField(default=dict)
    attempts = models.PositiveSmallIntegerField(default=0)
    heartbeat_at = models.DateTimeField(null=True)
    # Sentences for the person: what came out, or why it failed.
    summary = models.JSONField(default=list)
    next_path = models.CharField(max_length=200, blank=True)
    next_label = models.CharField(max_length=80, blank=True)
    input_name = models.CharField(max_length=160, blank=True)
    output_name = models.CharField(max_length=160, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "kind", "key"],
                condition=~models.Q(key=""),
                name="one_job_per_key",
            )
        ]
        indexes = [
            models.Index(fields=["tenant", "requested_by", "-created_at"], name="jobs_of_person"),
            models.Index(
                fields=["created_at"],
                condition=models.Q(state__in=["queued", "running"]),
                name="jobs_unfinished",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} ({self.state})"

    @property
    def is_over(self) -> bool:
        """Whether nothing more happens to it."""
        return self.state in (JobState.DONE, JobState.FAILED)

    def _path(self, ending: str) -> Path:
        return Path(settings.MEDIA_ROOT) / self.tenant.code / "jobs" / f"{self.pk}.{ending}"

    @property
    def input_path(self) -> Path:
        """Where the uploaded file is kept while the job needs it."""
        return self._path("in")

    @property
    def output_path(self) -> Path:
        """Where the file that came out is kept."""
        return self._path("out")
