"""Keeps child processes alive: starts, restarts with back-off, and stops them without orphans."""

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

LOG_LIMIT = 10 * 1024 * 1024
STOP_SECONDS = 25.0
# A child that ran this long before it ended starts with a clean record.
HEALTHY_SECONDS = 60.0
SETTLED_SECONDS = 1.0
PR_SET_PDEATHSIG = 1


class GaveUp(Exception):
    """A child keeps ending; the text says which one and what it last wrote."""


def say(text: str = "") -> None:
    """Write a line for the operator; a closed terminal must not break a shutdown."""
    with contextlib.suppress(OSError):
        print(text, flush=True)


def die_with_parent() -> Callable[[], None]:
    """Return what a child does before it begins: ask the kernel (Linux) to end with its parent.

    So a `kill -9` of the launcher leaves no web server that holds the port.
    """
    if not sys.platform.startswith("linux"):
        return lambda: None
    libc = ctypes.CDLL(None)
    parent = os.getpid()

    def before_exec() -> None:
        libc.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
        if os.getppid() != parent:
            os._exit(1)

    return before_exec


class Backoff:
    """Says how long to wait before the next restart, and when to stop trying."""

    def __init__(self, name: str, clock: Callable[[], float] = time.monotonic) -> None:
        self.name = name
        self.failures = 0
        self._clock = clock
        self._started = clock()

    def started(self) -> None:
        """Note the moment of a start."""
        self._started = self._clock()

    def age(self) -> float:
        """Return the seconds since the last start."""
        return self._clock() - self._started

    def delay(self, most: int) -> float:
        """Count a failure; return the seconds to wait (1, 2, 4 …), or raise GaveUp past `most`."""
        if self.age() >= HEALTHY_SECONDS:
            self.failures = 0
        self.failures += 1
        if self.failures > most:
            raise GaveUp(f"The {self.name} stopped {self.failures} times in a row.")
        return float(2 ** (self.failures - 1))


class Child:
    """One supervised process in a session of its own, writing to its log file."""

    def __init__(
        self, name: str, command: list[str], environment: dict[str, str], root: Path, log: Path
    ) -> None:
        self.name = name
        self.log = log
        self._command = command
        self._environment = environment
        self._root = root
        self._process: subprocess.Popen[bytes] | None = None
        self._backoff = Backoff(name)
        self._next_start = 0.0

    def start(self) -> None:
        """Start the process; its output is appended to the log."""
        self.log.parent.mkdir(parents=True, exist_ok=True)
        if self.log.exists() and self.log.stat().st_size > LOG_LIMIT:
            self.log.replace(self.log.with_suffix(".log.1"))
        self._backoff.started()
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                self._command,
                env=self._environment,
                cwd=self._root,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                # Ctrl-C in the terminal is for the launcher, which then stops things in order.
                start_new_session=True,
                preexec_fn=die_with_parent(),
            )

    def tick(self, most_failures: int) -> None:
        """Restart the process if it ended and its waiting time is over; raises GaveUp."""
        if self._process is None:
            if time.monotonic() >= self._next_start:
                self.start()
            return
        code = self._process.poll()
        if code is None:
            return
        self._signal_group(self._process.pid, signal.SIGTERM)
        self._process = None
        try:
            wait = self._backoff.delay(most_failures)
        except GaveUp as error:
            raise GaveUp(f"{error} The end of {self.log}:\n{self.last_lines()}") from None
        say(f"The {self.name} stopped ({_reason(code)}); starting it again in {wait:.0f} s.")
        self._next_start = time.monotonic() + wait

    def settled(self) -> bool:
        """Say whether the process runs and did not end right after its start."""
        return (
            self._process is not None
            and self._process.poll() is None
            and self._backoff.age() >= SETTLED_SECONDS
        )

    def ask_to_stop(self) -> None:
        """Ask the process to finish what it does and end."""
        if self._process and self._process.poll() is None:
            self._process.terminate()

    def wait_stopped(self, deadline: float) -> None:
        """Wait for the end until `deadline` (monotonic), then end the whole group by force."""
        if not self._process:
            return
        try:
            self._process.wait(max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            say(f"The {self.name} did not end in time and is stopped by force.")
        self._signal_group(self._process.pid, signal.SIGKILL)
        self._process.wait()
        self._process = None

    def last_lines(self, count: int = 15) -> str:
        """Return the end of the log."""
        try:
            text = self.log.read_text(encoding="utf-8", errors="replace")
        except OSError:
            return ""
        return "\n".join(text.splitlines()[-count:])

    @staticmethod
    def _signal_group(pid: int, number: signal.Signals) -> None:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(pid, number)


def stop_all(children: list[Child]) -> None:
    """Stop all children at the same time; none is left when this returns."""
    for child in children:
        child.ask_to_stop()
    deadline = time.monotonic() + STOP_SECONDS
    for child in children:
        child.wait_stopped(deadline)


def _reason(code: int) -> str:
    if code >= 0:
        return f"exit code {code}"
    try:
        return signal.Signals(-code).name
    except ValueError:
        return f"signal {-code}"
