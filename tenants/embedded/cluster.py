"""Makes a database cluster: initdb, roles, the application's database, passwords on disk."""

import json
import os
import secrets
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from tenants.embedded.binaries import Binaries
from tenants.embedded.errors import EmbeddedError, from_os_error
from tenants.embedded.runas import Placement, RunAs

SUPERUSER = "postgres"
ROLE = "lintas"
DATABASE = "lintas"
# A new cluster takes 40 MB and its first write-ahead logs; migrations and demo need the rest.
SPACE_FOR_NEW = 400 * 1024 * 1024
SPACE_FOR_START = 64 * 1024 * 1024
# Passwords for everybody, and nothing from beyond this machine.
PG_HBA = """# Written by Lintas when the cluster was made.
local all all scram-sha-256
host all all 127.0.0.1/32 scram-sha-256
host all all ::1/128 scram-sha-256
"""


@dataclass(frozen=True)
class Passwords:
    """The random passwords of the superuser and of the application's role."""

    superuser: str
    role: str


def environment() -> dict[str, str]:
    """Return the environment for PostgreSQL's programs: no PG* variables, no secrets, English."""
    keep = ("PATH", "LD_LIBRARY_PATH", "TMPDIR")
    return {**{name: os.environ[name] for name in keep if name in os.environ}, "LC_ALL": "C"}


def data_major(data: Path) -> int | None:
    """Return the major version that made this data folder; None if there is no cluster yet."""
    try:
        return int((data / "PG_VERSION").read_text().strip())
    except (FileNotFoundError, NotADirectoryError):
        return None
    except ValueError as error:
        raise EmbeddedError(f"{data} is no PostgreSQL data folder: PG_VERSION is odd.") from error


def check_version(data: Path, binaries: Binaries) -> None:
    """Refuse data of another major version than the programs, naming both."""
    major = data_major(data)
    if major is None or major == binaries.major:
        return
    raise EmbeddedError(
        f"The data in {data} was made by PostgreSQL {major}, but the PostgreSQL found in "
        f"{binaries.folder} is version {binaries.major}. Name a folder with PostgreSQL {major} in "
        "PG_BIN, or choose another DATA_DIR."
    )


def check_space(home: Path, new: bool) -> None:
    """Refuse to start on a full disk, before PostgreSQL fails half-way."""
    needed = SPACE_FOR_NEW if new else SPACE_FOR_START
    free = shutil.disk_usage(home).free
    if free < needed:
        raise EmbeddedError(
            f"Not enough disk space in {home}: {free // 2**20} MB free, {needed // 2**20} MB "
            "needed. Free some, or choose another folder with DATA_DIR."
        )


def load_passwords(path: Path) -> tuple[Passwords, bool]:
    """Return the kept passwords, or make and keep new ones; the flag says that they are new."""
    try:
        kept = json.loads(path.read_text())
        return Passwords(kept["superuser"], kept["role"]), False
    except (FileNotFoundError, ValueError, KeyError, TypeError):
        made = Passwords(secrets.token_urlsafe(24), secrets.token_urlsafe(24))
    write_private(path, json.dumps({"superuser": made.superuser, "role": made.role}))
    return made, True


def write_private(path: Path, text: str) -> None:
    """Write a file of mode 0600 in one step, so that a crash leaves the old or the new one."""
    unfinished = path.with_name(f"{path.name}.new")
    unfinished.unlink(missing_ok=True)
    descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    unfinished.replace(path)


def create(placement: Placement, passwords: Passwords) -> None:
    """Make the cluster beside its final place and move it there when it is complete."""
    for abandoned in placement.home.glob("pg.new-*"):
        shutil.rmtree(abandoned, ignore_errors=True)
    # A name of its own: an initdb left over by a killed launcher may still be writing.
    unfinished = placement.home / f"pg.new-{secrets.token_hex(4)}"
    try:
        _initdb(unfinished, placement)
        (unfinished / "pg_hba.conf").write_text(PG_HBA)
        single_user(
            unfinished,
            placement,
            [
                f"ALTER ROLE {SUPERUSER} PASSWORD '{passwords.superuser}'",
                f"CREATE ROLE {ROLE} LOGIN CREATEDB NOSUPERUSER NOCREATEROLE NOREPLICATION "
                f"NOBYPASSRLS PASSWORD '{passwords.role}'",
                f"CREATE DATABASE {DATABASE} OWNER {ROLE}",
                f"REVOKE ALL ON DATABASE {DATABASE} FROM PUBLIC",
            ],
        )
        unfinished.rename(placement.home / "pg")
    except EmbeddedError:
        shutil.rmtree(unfinished, ignore_errors=True)
        raise
    except OSError as error:
        raise from_os_error(error, placement.home) from error


def set_passwords(data: Path, placement: Placement, passwords: Passwords) -> None:
    """Give both roles new passwords; the server must not run."""
    single_user(
        data,
        placement,
        [
            f"ALTER ROLE {SUPERUSER} PASSWORD '{passwords.superuser}'",
            f"ALTER ROLE {ROLE} PASSWORD '{passwords.role}'",
        ],
    )


def single_user(data: Path, placement: Placement, statements: list[str]) -> None:
    """Run statements in single-user mode: needs no connection, no password and no psql."""
    answer = _run(
        placement.run_as,
        [placement.binaries.program("postgres"), "--single", "-D", str(data), "postgres"],
        input="".join(f"{statement};\n" for statement in statements),
    )
    complaints = [
        line for line in answer.stderr.splitlines() if "ERROR:" in line or "FATAL:" in line
    ]
    if answer.returncode != 0 or complaints:
        raise _failure("set up its roles", complaints or answer.stderr.splitlines(), data)


def _initdb(folder: Path, placement: Placement) -> None:
    """Run initdb with UTF-8; C.UTF-8 by PostgreSQL itself from 17 on, else by the system or C."""
    shared = [
        placement.binaries.program("initdb"),
        f"--pgdata={folder}",
        f"--username={SUPERUSER}",
        "--encoding=UTF8",
        # Replaced by PG_HBA below; nobody may connect before the passwords are set.
        "--auth=reject",
        "--no-instructions",
    ]
    if placement.binaries.major >= 17:
        shared += ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
    lines: list[str] = []
    for locale in ("C.UTF-8", "C"):
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(mode=0o700)
        placement.run_as.take_over(folder)
        answer = _run(
            placement.run_as, [*shared, f"--locale={locale}", "--lc-messages=C"], input=""
        )
        if answer.returncode == 0:
            return
        lines = answer.stderr.splitlines()
        if "locale" not in answer.stderr:
            break
    raise _failure("make a new database", lines, folder.parent)


def _run(run_as: RunAs, command: list[str], *, input: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [*run_as.prefix, *command],
        input=input,
        capture_output=True,
        text=True,
        errors="replace",
        env=environment(),
        cwd="/",
        check=False,
        start_new_session=True,
        **run_as.popen_options(),
    )


def _failure(what: str, lines: list[str], folder: Path) -> EmbeddedError:
    if any("No space left on device" in line for line in lines):
        return EmbeddedError(
            f"No disk space is left in {folder}. Free some, or choose another folder with DATA_DIR."
        )
    reason = next((line.strip() for line in lines if line.strip()), "it gave no reason")
    return EmbeddedError(f"PostgreSQL could not {what} in {folder}: {reason}")
