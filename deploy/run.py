"""`make run`: database, migrations, web server and worker on one machine, until Ctrl-C."""

import errno
import fcntl
import http.client
import json
import os
import secrets
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import IO, Any

ROOT = Path(__file__).resolve().parent.parent
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

from deploy.addresses import announcement  # noqa: E402  (the path comes first)
from deploy.options import LaunchError, Options  # noqa: E402
from deploy.probes import bind_error, check_server  # noqa: E402
from deploy.supervisor import (  # noqa: E402
    Backoff,
    Child,
    GaveUp,
    die_with_parent,
    say,
    stop_all,
)
from tenants.embedded import EmbeddedError, Server  # noqa: E402
from tenants.embedded.cluster import write_private  # noqa: E402
from tenants.embedded.errors import from_os_error  # noqa: E402

READY_SECONDS = 120.0
PORT_SECONDS = 4.0
FAILURES_AT_START, FAILURES_LATER = 2, 5


class Stopped(Exception):
    """Somebody asked for the end before the portal was ready."""


class Launcher:
    """Everything that `make run` starts, and its end."""

    def __init__(self, options: Options) -> None:
        self.options = options
        self.stop = threading.Event()
        self._lock: IO[bytes] | None = None
        self._server: Server | None = None
        self._server_backoff = Backoff("database")
        self._children: list[Child] = []
        self._environment = dict(os.environ)

    def run(self) -> None:
        """Start all, announce the addresses, and watch over it until asked to stop."""
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            # `nohup make run` asks to outlive the terminal.
            if number != signal.SIGHUP or signal.getsignal(number) != signal.SIG_IGN:
                signal.signal(number, lambda *_: self.stop.set())
        try:
            self._take_folder()
            self._check_port()
            self._environment = self.options.environment(os.environ, ROOT)
            if not self._given("SECRET_KEY"):
                self._environment["SECRET_KEY"] = self._secret_key()
            self._start_database()
            self._manage("Preparing the database, content and pages", "prepare")
            self._start_children()
            self._wait_ready()
            say(announcement(self.options, self._demo_accounts()))
            while not self.stop.wait(0.5):
                self._tick(FAILURES_LATER)
            say("\nStopping …")
        except OSError as error:
            raise from_os_error(error, self.options.data_dir) from error
        finally:
            self._end()
        say("Stopped.")

    def _take_folder(self) -> None:
        """Make DATA_DIR and hold it: two launchers on the same data would fight."""
        folder = self.options.data_dir
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / "run.lock"
        self._lock = path.open("ab", buffering=0)
        try:
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise LaunchError(
                f"Lintas already runs on the data in {folder} (process "
                f"{path.read_text().strip() or 'unknown'}). Stop it first, or choose another "
                "folder: make run DATA_DIR=other PORT=8001"
            ) from error
        self._lock.truncate(0)
        self._lock.write(str(os.getpid()).encode())

    def _check_port(self) -> None:
        """Refuse a port that cannot be used; workers of a killed web server get time to leave."""
        host, port = self.options.bind, self.options.port
        deadline = time.monotonic() + PORT_SECONDS
        while (error := bind_error(host, port)) and error.errno == errno.EADDRINUSE:
            if time.monotonic() > deadline:
                raise LaunchError(
                    f"Port {port} on {host} is in use. Stop the program that uses it, or choose "
                    f"another: make run PORT={port % 65535 + 1}"
                )
            if self.stop.wait(0.2):
                raise Stopped
        if isinstance(error, PermissionError):
            raise LaunchError(
                f"Port {port} is reserved for root. Choose a higher one: make run PORT=8000"
            )
        if error:
            raise LaunchError(f"BIND={host} is no address of this machine.")

    def _given(self, name: str) -> str:
        """Return a secret from NAME, or from the file that NAME_FILE points at; else nothing."""
        path = self._environment.get(f"{name}_FILE", "")
        if self._environment.get(name) or not path:
            return self._environment.get(name, "").strip()
        try:
            return Path(path).read_text(encoding="utf-8").strip()
        except OSError as error:
            raise LaunchError(f"{name}_FILE: cannot read {path}: {error.strerror}.") from error

    def _secret_key(self) -> str:
        """Return the key kept in DATA_DIR, so that sessions survive a restart."""
        path = self.options.data_dir / "secret_key"
        try:
            kept = path.read_text().strip()
        except FileNotFoundError:
            kept = ""
        if not kept:
            kept = secrets.token_urlsafe(50)
            write_private(path, kept)
        return kept

    def _start_database(self) -> None:
        given = self._given("DATABASE_URL")
        if given:
            say("Using the database server in DATABASE_URL.")
            check_server(given)
            return
        self._server = Server(self.options.data_dir)
        first = "" if self._server.exists() else " (first time: making a new database)"
        say(f"Starting PostgreSQL{first} …")
        self._environment["DATABASE_URL"] = self._server.start()
        self._server_backoff.started()

    def _manage(self, title: str, *arguments: str) -> None:
        """Run a management command with its output shown; ends early when asked to stop."""
        self._check_stop()
        say(f"{title} …")
        command = [sys.executable, str(ROOT / "manage.py"), *arguments]
        process = subprocess.Popen(
            command,
            cwd=ROOT,
            env=self._environment,
            stdin=subprocess.DEVNULL,
            start_new_session=True,
            preexec_fn=die_with_parent(),
        )
        while process.poll() is None:
            if self.stop.wait(0.1):
                process.terminate()
                try:
                    process.wait(10)
                except subprocess.TimeoutExpired:
                    process.kill()
                    process.wait()
                raise Stopped
        if process.returncode != 0:
            raise LaunchError(
                f"`manage.py {' '.join(arguments)}` failed with exit code {process.returncode}; "
                "its messages stand above."
            )

    def _start_children(self) -> None:
        self._check_stop()
        say("Starting the web server and the workers …")
        gunicorn = ["-m", "gunicorn", "-c", "deploy/gunicorn.conf.py", "config.wsgi:application"]
        logs = self.options.data_dir / "logs"
        for name, command, log in (
            ("web server", gunicorn, "web.log"),
            ("worker", ["manage.py", "worker"], "worker.log"),
            ("job worker", ["manage.py", "worker", "--queue", "jobs"], "jobs.log"),
        ):
            program = [sys.executable, *command]
            self._children.append(Child(name, program, self._environment, ROOT, logs / log))
            self._children[-1].start()

    def _wait_ready(self) -> None:
        deadline = time.monotonic() + READY_SECONDS
        while not (self._answers() and all(child.settled() for child in self._children)):
            self._tick(FAILURES_AT_START)
            if self.stop.wait(0.2):
                raise Stopped
            if time.monotonic() > deadline:
                raise LaunchError(
                    f"The portal did not become ready within {READY_SECONDS:.0f} s. The end of "
                    f"{self._children[0].log}:\n{self._children[0].last_lines()}"
                )

    def _answers(self) -> bool:
        connection = http.client.HTTPConnection(
            self.options.probe_host, self.options.port, timeout=10
        )
        try:
            connection.request("GET", "/readyz")
            return connection.getresponse().status == 200
        except (OSError, http.client.HTTPException):
            return False
        finally:
            connection.close()

    def _demo_accounts(self) -> dict[str, Any]:
        """Return what `manage.py demo_accounts` lists; empty where no demo is loaded."""
        if not self.options.demo:
            return {}
        answer = subprocess.run(
            [sys.executable, "manage.py", "demo_accounts", "--format", "json"],
            cwd=ROOT, env=self._environment, capture_output=True, text=True, check=False,
            start_new_session=True,
        )  # fmt: skip
        if answer.returncode != 0:
            raise LaunchError(f"`manage.py demo_accounts` failed:\n{answer.stderr.strip()}")
        listed: dict[str, Any] = json.loads(answer.stdout)
        return listed

    def _tick(self, most_failures: int) -> None:
        """Restart whatever ended; raises GaveUp when that does not help."""
        if self._server and not self._server.running():
            wait = self._server_backoff.delay(most_failures)
            say(f"PostgreSQL stopped; starting it again (messages in {self._server.log}).")
            self.stop.wait(wait - 1)
            self._server_backoff.started()
            self._server.start()
        for child in self._children:
            child.tick(most_failures)

    def _check_stop(self) -> None:
        if self.stop.is_set():
            raise Stopped

    def _end(self) -> None:
        stop_all(self._children)
        if self._server:
            self._server.stop()
        if self._lock:
            self._lock.close()


def main() -> int:
    """Return 0 after Ctrl-C, 130 when stopped before ready, 1 with one sentence on a failure."""
    try:
        Launcher(Options.from_environment(os.environ, ROOT)).run()
    except Stopped:
        say("Stopped before the portal was ready.")
        return 130
    except (LaunchError, EmbeddedError, GaveUp) as error:
        print(error, file=sys.stderr, flush=True)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
