"""Connections that are not asked for their health more than once a second."""

import time

from django.db.backends.postgresql import base

SECONDS = 1.0


class DatabaseWrapper(base.DatabaseWrapper):
    """Leaves out the check of a connection that passed one within the last second.

    The check is a round trip at the beginning of every request: a tenth of the cost of saving an
    answer. A server that restarts is noticed as before, except by a request that comes within
    that second: it fails, and the one after it gets a new connection.
    """

    _healthy_at = float("-inf")

    def close_if_unusable_or_obsolete(self) -> None:
        """Close what is too old or broken; ask for a check if the last one is too long ago."""
        super().close_if_unusable_or_obsolete()
        if self.connection is not None and time.monotonic() < self._healthy_at + SECONDS:
            self.health_check_done = True

    def close_if_health_check_failed(self) -> None:
        """Check the connection where that is due, and note when it passed."""
        enabled = self.health_check_enabled  # type: ignore[attr-defined]
        due = enabled and not self.health_check_done
        super().close_if_health_check_failed()
        if due and self.connection is not None:
            self._healthy_at = time.monotonic()
