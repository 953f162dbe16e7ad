"""The background worker: runs queued tasks and puts the periodic ones into the queue."""

import signal
import time
from types import FrameType
from typing import Any

import structlog
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser
from django.db import DatabaseError, close_old_connections
from django.utils.module_loading import import_string

log = structlog.get_logger("lintas.worker")
PAUSE_SECONDS = 1.0


class Command(BaseCommand):
    """manage.py worker [--queue NAME]: until SIGTERM or SIGINT; a task under way is finished."""

    help = "Run background tasks; the worker of the default queue also keeps the schedule."

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the arguments."""
        parser.add_argument("--queue", default="default", help="which queue to work on")

    def handle(self, *args: Any, **options: Any) -> None:
        """Loop: enqueue what is due, run what waits, rest a second."""
        self.running = True
        queue = options["queue"]
        due = dict.fromkeys((name for name, _seconds in settings.SCHEDULE), 0.0)
        while True:
            for number in (signal.SIGTERM, signal.SIGINT):
                signal.signal(number, self._stop)
            if not self.running:
                return
            try:
                if queue == "default":
                    self._enqueue_due(due)
                close_old_connections()
                call_command(
                    "db_worker", queue_name=queue, batch=True, startup_delay=False, verbosity=0
                )
            except DatabaseError:
                # The database is restarting; whatever was under way is still in the queue.
                log.warning("database away")
                close_old_connections()
            time.sleep(PAUSE_SECONDS)

    def _stop(self, number: int, frame: FrameType | None) -> None:
        self.running = False

    def _enqueue_due(self, due: dict[str, float]) -> None:
        now = time.monotonic()
        for name, seconds in settings.SCHEDULE:
            if now >= due[name]:
                import_string(name).enqueue()
                due[name] = now + seconds
