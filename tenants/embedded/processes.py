"""Processes of one data folder: which run, which are left over, and how they end."""

import hashlib
import os
import signal
import time
from pathlib import Path

PROC = Path("/proc")
# What PostgreSQL writes as line 8 of postmaster.pid once it accepts connections.
READY = "ready"


def cluster_name(data: Path) -> str:
    """Return the name that each process of this folder carries in its title (`cluster_name`)."""
    return f"lintas-{hashlib.sha256(os.fsencode(data)).hexdigest()[:16]}"


def pid_file(data: Path) -> Path:
    """Return the file in which a running server names its process."""
    return data / "postmaster.pid"


def postmaster_pid(data: Path) -> int | None:
    """Return the process number written by the last server of this folder, alive or not."""
    try:
        return int(pid_file(data).read_text(errors="replace").split("\n", 1)[0])
    except (OSError, ValueError):
        return None


def is_ready(data: Path, pid: int) -> bool:
    """Say whether the server with this process number accepts connections."""
    try:
        lines = pid_file(data).read_text(errors="replace").splitlines()
    except OSError:
        return False
    return len(lines) > 7 and lines[0].strip() == str(pid) and lines[7].strip() == READY


def alive(pid: int) -> bool:
    """Say whether a process exists and is more than an unburied child."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass
    try:
        state = (PROC / str(pid) / "stat").read_text(errors="replace").rpartition(")")[2].split()[0]
    except (OSError, IndexError):
        return True
    return state != "Z"


def running_in(data: Path) -> list[int]:
    """Return the process numbers of the servers and backends of this folder.

    They are known by their title or command line, which everybody may read, and by their current
    folder, which root may not read in a container without CAP_SYS_PTRACE. Without /proc only the
    process named in postmaster.pid is known.
    """
    if not PROC.is_dir():
        pid = postmaster_pid(data)
        return [pid] if pid is not None and alive(pid) else []
    found = []
    for entry in PROC.iterdir():
        if entry.name.isdigit() and _belongs_to(entry, data) and alive(int(entry.name)):
            found.append(int(entry.name))
    return sorted(found)


def _belongs_to(entry: Path, data: Path) -> bool:
    try:
        if (entry / "comm").read_text(errors="replace").strip() not in {"postgres", "postmaster"}:
            return False
        words = (entry / "cmdline").read_bytes().split(b"\0")
        title = f"postgres: {cluster_name(data)}: ".encode()
        if words[0].startswith(title) or os.fsencode(data) in words:
            return True
        return (entry / "cwd").readlink() == data.resolve()
    except OSError:
        return False


def wait_until_gone(pids: list[int], seconds: float) -> list[int]:
    """Wait for processes to end; return those still there after `seconds`."""
    deadline = time.monotonic() + seconds
    while True:
        pids = [pid for pid in pids if alive(pid)]
        if not pids or time.monotonic() >= deadline:
            return pids
        time.sleep(0.05)


def send(pids: list[int], number: signal.Signals) -> None:
    """Send a signal to each process that still exists."""
    for pid in pids:
        try:
            os.kill(pid, number)
        except ProcessLookupError:
            continue


def stop_postmaster(pid: int) -> None:
    """End a server without losing anything committed: fast, then immediate, then by force."""
    for number, seconds in ((signal.SIGINT, 30), (signal.SIGQUIT, 10), (signal.SIGKILL, 5)):
        send([pid], number)
        if not wait_until_gone([pid], seconds):
            return


def clear_leftovers(data: Path) -> None:
    """End what an earlier launcher left behind in this folder, so that a new server can start.

    The caller holds the folder's lock, so no living launcher owns these processes.
    """
    postmaster = postmaster_pid(data)
    left = running_in(data)
    if postmaster is not None and postmaster in left:
        stop_postmaster(postmaster)
        left = running_in(data)
    # Backends of a killed server end by themselves once they notice; a busy one is helped along.
    for number, seconds in ((None, 3.0), (signal.SIGQUIT, 5.0), (signal.SIGKILL, 5.0)):
        if not left:
            break
        if number is not None:
            send(left, number)
        left = wait_until_gone(left, seconds)
    if postmaster is not None and not left and alive(postmaster):
        # The number now belongs to a stranger (after a reboot, say); PostgreSQL would take that
        # for its own running server and refuse to start.
        pid_file(data).unlink(missing_ok=True)
