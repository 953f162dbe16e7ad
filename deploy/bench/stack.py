"""Starts what is measured: the embedded PostgreSQL, the product and the yardstick."""

import contextlib
import http.client
import json
import os
import secrets
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from deploy.options import LaunchError, Options
from deploy.supervisor import Child, die_with_parent, stop_all
from tenants.embedded import Server

ROOT = Path(__file__).resolve().parents[2]
WORKERS = 2
READY_SECONDS = 60.0
# Everything that would make the measure depend on the shell it is started from.
OURS = {"DATABASE_URL", "DATABASE_URL_FILE", "SECRET_KEY", "SECRET_KEY_FILE", "PORT", "BIND",
        "BASE_DOMAIN", "DATA_DIR", "DEMO", "DEBUG", "PUBLIC_SCHEME", "PUBLIC_PORT", "LOG_LEVEL",
        "WEB_THREADS", "ACCESS_LOG", "DJANGO_SETTINGS_MODULE"}  # fmt: skip


def free_port() -> int:
    """Return a port of 127.0.0.1 that was free a moment ago."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass(frozen=True)
class Web:
    """A running gunicorn: its port and the process number of its master."""

    port: int
    pid: int


class Stack:
    """The data folder of one benchmark, with what runs on it; use it as a context."""

    def __init__(self, data_dir: Path) -> None:
        self.server = Server(data_dir)
        self.port = free_port()
        given = {k: v for k, v in os.environ.items() if k not in OURS}
        options = Options.from_environment(
            {"PORT": str(self.port), "DATA_DIR": str(data_dir), "DEMO": "1"}, ROOT
        )
        self.domain = options.base_domain
        self.environment = {
            **options.environment(given, ROOT),
            "SECRET_KEY": secrets.token_urlsafe(50),
            "WEB_CONCURRENCY": str(WORKERS),
        }
        self._logs = data_dir / "logs"
        self._children: list[Child] = []

    def __enter__(self) -> "Stack":
        """Start the database."""
        self.environment["DATABASE_URL"] = self.server.start()
        return self

    def __exit__(self, *_: object) -> None:
        """Stop everything."""
        try:
            stop_all(self._children)
        finally:
            self.server.stop()

    def run(self, *arguments: str) -> str:
        """Run a Python program of the project and return its output; its errors are shown."""
        with started(arguments, self.environment, stdout=subprocess.PIPE) as process:
            output, _ = process.communicate()
        if process.returncode != 0:
            raise LaunchError(f"`{' '.join(arguments[:2])}` failed; its messages stand above.")
        return str(output)

    def json(self, *arguments: str) -> Any:
        """Run a program of the project and return what it wrote as JSON."""
        return json.loads(self.run(*arguments))

    def sql(self, *statements: str) -> list[Any]:
        """Run statements, each for itself, as the application; returns the last one's first row."""
        import psycopg2

        connection = psycopg2.connect(self.environment["DATABASE_URL"])
        connection.autocommit = True
        try:
            with connection.cursor() as cursor:
                for statement in statements:
                    cursor.execute(statement)
                return list(cursor.fetchone() or ()) if cursor.description else []
        finally:
            connection.close()

    def product(self) -> Web:
        """Start the product and wait until it is ready."""
        return self._web("product", "config.wsgi:application", self.port, "/readyz")

    def yardstick(self) -> Web:
        """Start the bare view and wait until it answers."""
        (first,) = self.sql("SELECT min(id) FROM public.tenants_agency")
        self.first_agency = int(first)
        path = f"/agency/{first}/"
        return self._web("yardstick", "deploy.bench.bare:application", free_port(), path)

    def _web(self, name: str, application: str, port: int, probe: str) -> Web:
        command = [sys.executable, "-m", "gunicorn", "-c", "deploy/gunicorn.conf.py"]
        # The master's process number; Child does not give its own away.
        pid_file = self._logs / f"{name}.pid"
        pid_file.unlink(missing_ok=True)
        environment = {**self.environment, "PORT": str(port)}
        child = Child(
            name, [*command, "--pid", str(pid_file), application], environment, ROOT,
            self._logs / f"{name}.log",
        )  # fmt: skip
        self._children.append(child)
        child.start()
        deadline = time.monotonic() + READY_SECONDS
        while not answers(port, probe):
            if time.monotonic() > deadline:
                raise LaunchError(f"The {name} does not answer:\n{child.last_lines()}")
            time.sleep(0.2)
        return Web(port, int(pid_file.read_text()))


def answers(port: int, path: str) -> bool:
    """Say whether a web server gives a page at a path."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        connection.request("GET", path)
        return connection.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


@contextlib.contextmanager
def started(
    arguments: tuple[str, ...], environment: dict[str, str], **pipes: Any
) -> Iterator["subprocess.Popen[str]"]:
    """Run a Python program of the project for a block; it never outlives the block."""
    process = subprocess.Popen(
        [sys.executable, *arguments],
        cwd=ROOT, env=environment, text=True,
        # Ctrl-C is for run.py, which then stops things in order.
        start_new_session=True, preexec_fn=die_with_parent(),
        **pipes,
    )  # fmt: skip
    try:
        yield process
    finally:
        if process.poll() is None:
            process.kill()
        process.wait()
