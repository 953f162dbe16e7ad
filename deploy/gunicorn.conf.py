"""Gunicorn's settings: threads, time limits and structured logs; numbers come from the environment.

Used by `make run` and in production alike: `gunicorn -c deploy/gunicorn.conf.py config.wsgi`.
"""

import gc
import os
import re
from collections.abc import MutableMapping
from pathlib import Path
from typing import Any

import structlog
from gunicorn.config import Config
from gunicorn.glogging import Logger

_PORT = os.environ.get("PORT") or "8000"
_HOST = os.environ.get("BIND") or "127.0.0.1"
bind = f"[{_HOST}]:{_PORT}" if ":" in _HOST else f"{_HOST}:{_PORT}"
proc_name = "lintas"

# Threads, not greenlets: psycopg2 and the PDF renderer block, and each thread keeps a connection.
worker_class = "gthread"
workers = int(os.environ.get("WEB_CONCURRENCY") or "2")
threads = int(os.environ.get("WEB_THREADS") or "4")
timeout = 60
graceful_timeout = 20
keepalive = 15
# A worker's heartbeat on a slow disk stalls the worker; memory does not.
worker_tmp_dir = "/dev/shm" if Path("/dev/shm").is_dir() else None


def post_worker_init(_worker: Any) -> None:
    """Keep the collector of garbage away from what stays for good (some 6 % of all CPU time).

    Everything that is loaded with the application is left out, and a collection begins after
    20,000 new objects, not after 700: a page makes and drops a few thousand.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


# Without addresses and query strings: both can name a person. ACCESS_LOG=1 switches it on.
accesslog = "-" if os.environ.get("ACCESS_LOG") == "1" else None
access_log_format = "%(m)s %(U)s %(s)s %(B)s bytes %(D)s us"

# Its default place in the home folder would be shared by all portals of one user.
control_socket_disable = True


def _without_address(
    _logger: Any, _name: str, event: MutableMapping[str, Any]
) -> MutableMapping[str, Any]:
    """Take the client's address and what follows a `?` out of gunicorn's own messages."""
    text = re.sub(r"\bip=\S+", "ip=[…]", str(event["event"]))
    event["event"] = re.sub(r"\?\S+", "?[…]", text)
    return event


class JsonLogger(Logger):
    """Gunicorn's logger with the portal's form: one JSON object a line."""

    def setup(self, cfg: Config) -> None:
        """Set up gunicorn's handlers, then give them our form."""
        super().setup(cfg)
        form = structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[
                structlog.stdlib.add_log_level,
                structlog.processors.TimeStamper(fmt="iso", utc=True),
            ],
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.format_exc_info,
                _without_address,
                structlog.processors.JSONRenderer(ensure_ascii=False),
            ],
        )
        for handler in (*self.error_log.handlers, *self.access_log.handlers):
            handler.setFormatter(form)


# Not `logconfig_dict`: with that set, gunicorn writes (and pays for) an access log always.
logger_class = JsonLogger
