"""What the handler of a running job has in hand."""

import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils import timezone

from shared_apps.jobs.models import Job
from shared_apps.jobs.selectors import may_have

#: Seconds between two writes of a running job's progress.
PACE_SECONDS = 1.0


class Work:
    """What the handler of a running job has in hand.

    A handler does its work in batches, each in a transaction of its own that also calls
    `checkpoint`; after a crash it is called again and goes on from `work.at`. It must leave no
    duplicate when a batch is repeated.
    """

    def __init__(self, job: Job) -> None:
        """Wrap the claimed row."""
        self.job = job
        self._written = 0.0

    @property
    def by(self) -> Any:
        """The account that asked."""
        return self.job.requested_by

    @property
    def params(self) -> dict[str, Any]:
        """What `enqueue` was given."""
        return dict(self.job.params)

    @property
    def at(self) -> dict[str, Any]:
        """The last checkpoint; empty at the first start."""
        return dict(self.job.checkpoint)

    @property
    def input_path(self) -> Path:
        """The uploaded file."""
        return self.job.input_path

    def checkpoint(self, at: dict[str, Any], *, done: int, total: int | None = None) -> None:
        """Keep where to go on, in the caller's transaction.

        Raises PermissionDenied, and so undoes the batch, when the right to it was withdrawn.
        """
        self.check_right()
        self.job.checkpoint = at
        self._note(done, total, "checkpoint")

    def progress(self, done: int, total: int | None = None) -> None:
        """Say how far it is; written at most once a second. For work that needs no checkpoint."""
        if time.monotonic() - self._written >= PACE_SECONDS:
            self._note(done, total)

    def check_right(self) -> None:
        """Raise PermissionDenied for a person who no longer has the right to this work."""
        if not may_have(self.job, self.by):
            raise PermissionDenied

    def _note(self, done: int, total: int | None, *more: str) -> None:
        self._written = time.monotonic()
        self.job.done = done
        if total is not None:
            self.job.total = total
        self.job.heartbeat_at = timezone.now()
        self.job.save(update_fields=["done", "total", "heartbeat_at", *more])

    def output_path(self, name: str) -> Path:
        """Return where to write the file that the person may download under this name."""
        self.job.output_name = name[:160]
        self.job.output_path.parent.mkdir(parents=True, exist_ok=True)
        return self.job.output_path

    def finish(self, summary: Sequence[str], *, next_path: str = "", next_label: str = "") -> None:
        """Leave the sentences that the person reads, and where to go from here."""
        self.job.summary = list(summary)
        self.job.next_path, self.job.next_label = next_path, next_label[:80]
