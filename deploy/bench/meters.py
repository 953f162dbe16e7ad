"""CPU time of the processes that serve, read from /proc."""

import os
from dataclasses import dataclass
from pathlib import Path

from tenants.embedded import processes

PROC = Path("/proc")
TICK = os.sysconf("SC_CLK_TCK")


def ticks(stat: str, *, with_children: bool) -> int:
    """Return user and system time of a process from its line in /proc/<pid>/stat.

    `with_children` adds the time of its ended children.
    """
    fields = stat.rpartition(")")[2].split()
    return sum(int(field) for field in fields[11 : 15 if with_children else 13])


def _seconds(pid: int, *, with_children: bool) -> float:
    try:
        stat = (PROC / str(pid) / "stat").read_text(errors="replace")
    except OSError:
        return 0.0
    return ticks(stat, with_children=with_children) / TICK


def children_of(pid: int) -> list[int]:
    """Return the living children of a process."""
    try:
        text = (PROC / str(pid) / "task" / str(pid) / "children").read_text()
    except OSError:
        return []
    return [int(number) for number in text.split()]


@dataclass(frozen=True)
class Cpu:
    """CPU seconds of the web server (all its processes) and of PostgreSQL (all of the cluster)."""

    web: float
    database: float

    def __sub__(self, earlier: "Cpu") -> "Cpu":
        return Cpu(self.web - earlier.web, self.database - earlier.database)


def read(web: int, data: Path) -> Cpu:
    """Return the CPU used so far by gunicorn with process number `web`, and by the cluster `data`.

    The time of a worker or backend that has ended counts too: it stands at its parent.
    """
    workers = sum(_seconds(pid, with_children=True) for pid in children_of(web))
    postmaster = processes.postmaster_pid(data)
    backends = sum(
        _seconds(pid, with_children=pid == postmaster) for pid in processes.running_in(data)
    )
    return Cpu(_seconds(web, with_children=True) + workers, backends)
