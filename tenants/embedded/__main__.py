"""Runs a command with a database: `python -m tenants.embedded exec --data-dir X -- CMD ...`."""

import argparse
import os
import signal
import subprocess
import sys
from pathlib import Path
from types import FrameType

from tenants.embedded.errors import EmbeddedError
from tenants.embedded.server import Server


def main(arguments: list[str] | None = None) -> int:
    """Return the command's exit code (128 + number after a signal), or 1 with a sentence."""
    parser = argparse.ArgumentParser(prog="python -m tenants.embedded")
    actions = parser.add_subparsers(dest="action", required=True)
    run = actions.add_parser("exec", help="start the database, run a command with DATABASE_URL")
    run.add_argument("--data-dir", type=Path, required=True, help="folder for data and passwords")
    run.add_argument("command", nargs=argparse.REMAINDER, metavar="-- CMD ...")
    options = parser.parse_args(arguments)
    command = options.command[1:] if options.command[:1] == ["--"] else options.command
    if not command:
        parser.error("no command was given after --")
    # A termination while the server starts must not leave it running.
    signal.signal(signal.SIGTERM, _interrupt)
    try:
        with Server(options.data_dir) as server:
            return _run(command, {**os.environ, "DATABASE_URL": server.url})
    except EmbeddedError as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


def _interrupt(number: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def _run(command: list[str], environment: dict[str, str]) -> int:
    """Run the command in the foreground, pass signals on, and return its exit code."""
    # From a terminal Ctrl-C reaches the command by itself; a second one would break its tidying.
    by_terminal = sys.stdin is not None and sys.stdin.isatty()
    started: list[subprocess.Popen[bytes]] = []
    early: list[int] = []

    def forward(number: int, frame: FrameType | None) -> None:
        if number == signal.SIGINT and by_terminal:
            return
        if started:
            started[0].send_signal(number)
        else:
            early.append(number)

    # In place before the command starts: it may be ended as soon as it shows a sign of life.
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        # `nohup` has switched the last one off for good reason.
        if signal.getsignal(number) != signal.SIG_IGN:
            signal.signal(number, forward)
    try:
        child = subprocess.Popen(command, env=environment)
    except OSError as error:
        print(f"Cannot run {command[0]}: {error.strerror}.", file=sys.stderr)
        return 127
    started.append(child)
    for missed in early:
        child.send_signal(missed)
    code = child.wait()
    return code if code >= 0 else 128 - code


if __name__ == "__main__":
    sys.exit(main())
