"""Starts and stops the embedded PostgreSQL of one data folder."""

import fcntl
import os
import subprocess
import time
from pathlib import Path
from types import TracebackType
from typing import IO, Any
from urllib.parse import quote

from tenants.embedded import address, binaries, cluster, processes
from tenants.embedded.errors import EmbeddedError, from_os_error
from tenants.embedded.runas import Placement, fallback_home, place

START_SECONDS = 15.0
# Crash recovery may take longer than a start; a server that is busy with it is left alone.
RECOVERY_SECONDS = 300.0
LOG_LIMIT = 10 * 1024 * 1024
SETTINGS = {
    # Hundreds of schemas, each with dozens of tables, in one migration or one dump.
    "max_locks_per_transaction": "1024",
    "max_connections": "100",
    "shared_buffers": "256MB",
    "jit": "off",
    "fsync": "on",
    "synchronous_commit": "on",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "lc_messages": "C",
    "password_encryption": "scram-sha-256",
    # A refused statement would stand in the log with its values: names, addresses, hashes.
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
}


class Server:
    """A PostgreSQL whose data, passwords and log are kept in `data_dir/database`."""

    def __init__(self, data_dir: Path) -> None:
        """Remember the folder; nothing is made or started yet."""
        self.home = Path(data_dir).absolute() / "database"
        self._lock: IO[str] | None = None
        self._process: subprocess.Popen[bytes] | None = None
        self._placement: Placement | None = None
        self._passwords: cluster.Passwords | None = None
        self._address: dict[str, str] = {}

    def __enter__(self) -> "Server":
        """Start, and stop at the end of the block."""
        self.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Stop the server."""
        self.stop()

    @property
    def data(self) -> Path:
        """The cluster's own folder (PGDATA); under /var/tmp where root had to move it."""
        home = self._placement.home if self._placement else self.home
        return home / "pg"

    @property
    def log(self) -> Path:
        """The file that the server's messages go to."""
        return self.home / "server.log"

    @property
    def _note(self) -> Path:
        """The file that names the socket's folder, so that a later start can tidy it away."""
        return self.home / "socket"

    @property
    def pid(self) -> int | None:
        """The server's process number; None unless this object started it and it runs."""
        return self._process.pid if self._process and self.running() else None

    @property
    def url(self) -> str:
        """The application's DATABASE_URL; only after start()."""
        assert self._passwords, "the server has not been started"
        return self._url(cluster.ROLE, self._passwords.role, cluster.DATABASE)

    @property
    def superuser_url(self) -> str:
        """A superuser's address, for tests and repairs; only after start()."""
        assert self._passwords, "the server has not been started"
        return self._url(cluster.SUPERUSER, self._passwords.superuser, "postgres")

    def exists(self) -> bool:
        """Say whether the data folder already holds a cluster, so that start() only starts it."""
        return any((home / "pg").exists() for home in (self.home, fallback_home(self.home)))

    def running(self) -> bool:
        """Say whether the server that start() launched is still there."""
        return self._process is not None and self._process.poll() is None

    def start(self) -> str:
        """Make the cluster if there is none, start it, and return the application's URL.

        May be called again after the server died. Raises EmbeddedError with one sentence.
        """
        if self.running():
            return self.url
        try:
            self._prepare_home()
            self._take_lock()
            self._start()
        except OSError as error:
            self.stop()
            raise from_os_error(error, self.home) from error
        except BaseException:
            self.stop()
            raise
        return self.url

    def stop(self) -> None:
        """Stop the server (fast shutdown) and give the folder free; harmless when not started."""
        if self._process:
            if self.running():
                processes.stop_postmaster(self._process.pid)
            self._process.wait()
            self._process = None
        if self._lock:
            address.remove(self._note, self._address)
            self._address = {}
            self._lock.close()
            self._lock = None

    def _prepare_home(self) -> None:
        if self.home.is_dir():
            return
        self.home.mkdir(parents=True, exist_ok=True)
        # The service user must be able to pass through; files of ours in here are 0600.
        self.home.chmod(0o711)

    def _take_lock(self) -> None:
        """Hold the folder for this launcher; the kernel lets go even after kill -9."""
        if self._lock:
            return
        lock = (self.home / "lock").open("a")
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            lock.close()
            raise EmbeddedError(
                f"The database in {self.home} is already in use by another running command. "
                "Stop that one, or choose another folder with DATA_DIR."
            ) from error
        self._lock = lock

    def _start(self) -> None:
        kept = self.home if (self.home / "pg").exists() else fallback_home(self.home)
        major = cluster.data_major(kept / "pg")
        found = binaries.find(major)
        cluster.check_version(kept / "pg", found)
        self._placement = place(self.home, found)
        new = cluster.data_major(self.data) is None
        cluster.check_space(self._placement.home, new)
        self._check_owner()
        self._placement.run_as.take_over(self.data)
        self._passwords, fresh = cluster.load_passwords(self.home / "passwords.json")
        if new:
            if self.data.exists():
                raise EmbeddedError(f"{self.data} exists but holds no PostgreSQL data.")
            cluster.create(self._placement, self._passwords)
        else:
            processes.clear_leftovers(self.data)
            if not self._address:
                address.remove(self._note, {})
            if fresh:
                cluster.set_passwords(self.data, self._placement, self._passwords)
        self._launch_with_retry()

    def _check_owner(self) -> None:
        """Tell an ordinary user whose data this is before PostgreSQL complains in its own words."""
        if os.geteuid() == 0 or not self.data.exists():
            return
        if self.data.stat().st_uid != os.geteuid():
            raise EmbeddedError(
                f"The database in {self.data} belongs to another user. Start as that user (or "
                "root), or choose another folder with DATA_DIR."
            )

    def _launch_with_retry(self) -> None:
        """Start, and try again for a while: after kill -9 an old process may linger."""
        deadline = time.monotonic() + START_SECONDS
        while True:
            self._launch()
            if self._wait_ready():
                return
            if time.monotonic() >= deadline:
                raise self._start_failure()
            processes.clear_leftovers(self.data)
            time.sleep(0.5)

    def _launch(self) -> None:
        assert self._placement
        run_as = self._placement.run_as
        if not self._address:
            self._address = address.choose(run_as)
            self._note.write_text(self._address["host"])
        settings = {
            **SETTINGS,
            **address.settings(self._address),
            "cluster_name": processes.cluster_name(self.data),
        }
        command = [
            *run_as.prefix,
            self._placement.binaries.program("postgres"),
            "-D",
            str(self.data),
        ]
        for name, value in settings.items():
            command += ["-c", f"{name}={value}"]
        if self.log.exists() and self.log.stat().st_size > LOG_LIMIT:
            self.log.replace(self.log.with_suffix(".log.1"))
        descriptor = os.open(self.log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        with os.fdopen(descriptor, "ab") as log:
            self._log_start = log.tell()
            options: dict[str, Any] = run_as.popen_options()
            self._process = subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                env=cluster.environment(),
                cwd="/",
                # A session of its own: Ctrl-C in the terminal is for the launcher to act on.
                start_new_session=True,
                **options,
            )

    def _wait_ready(self) -> bool:
        """Wait until connections are accepted; False if the process ended instead."""
        assert self._process
        deadline = time.monotonic() + RECOVERY_SECONDS
        while time.monotonic() < deadline:
            if self._process.poll() is not None:
                return False
            if processes.is_ready(self.data, self._process.pid):
                return True
            time.sleep(0.05)
        raise EmbeddedError(
            f"PostgreSQL has not become ready within {RECOVERY_SECONDS:.0f} s; see {self.log}."
        )

    def _start_failure(self) -> EmbeddedError:
        with self.log.open("rb") as log:
            log.seek(self._log_start)
            lines = log.read().decode(errors="replace").splitlines()
        if any("No space left on device" in line for line in lines):
            return EmbeddedError(
                f"No disk space is left in {self.home}. Free some, or choose another folder with "
                "DATA_DIR."
            )
        reason = next((line for line in lines if "FATAL" in line or "PANIC" in line), "")
        reason = reason.split("FATAL:")[-1].split("PANIC:")[-1].strip() or "it gave no reason"
        return EmbeddedError(f"PostgreSQL does not start: {reason} (see {self.log}).")

    def _url(self, user: str, password: str, database: str) -> str:
        where = "&".join(f"{name}={quote(value)}" for name, value in self._address.items())
        return f"postgresql://{user}:{password}@/{database}?{where}"
