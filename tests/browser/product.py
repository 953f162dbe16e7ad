"""The running product for browser tests: own databases, own folders, own gunicorn."""

import http.client
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import psycopg2
from psycopg2 import sql

ROOT = Path(__file__).resolve().parents[2]
BASE_DOMAIN = "lintas.localhost"
PREFIX = "lintas_browser_"
READY_SECONDS = 60.0
# What the product may inherit; everything else is said here, so that a developer's own settings
# and pytest's DJANGO_SETTINGS_MODULE do not reach it.
INHERITED = ("PATH", "HOME", "LANG", "LC_ALL", "TMPDIR", "LD_LIBRARY_PATH", "PG_BIN")


def free_port() -> int:
    """Return a port of the loopback interface that was free a moment ago."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def clean_environment() -> dict[str, str]:
    """Return the part of the environment that a product under test may see."""
    return {name: os.environ[name] for name in INHERITED if name in os.environ}


@contextmanager
def connected(url: str) -> Iterator[Any]:
    """Yield an autocommit cursor on a database, and close its connection."""
    connection = psycopg2.connect(url)
    try:
        connection.autocommit = True
        with connection.cursor() as cursor:
            yield cursor
    finally:
        connection.close()


class Databases:
    """Makes and drops databases on one server; names carry the process that made them."""

    def __init__(self, url: str) -> None:
        """Remember the address of a database on the server whose role may create others."""
        self._url = url
        self._count = 0

    def url(self, name: str) -> str:
        """Return the address of a database of this server."""
        return urlunsplit(urlsplit(self._url)._replace(path=f"/{name}"))

    def create(self, template: str = "template1") -> str:
        """Make a database as a copy of another (nobody may be connected to it)."""
        self._count += 1
        name = f"{PREFIX}{os.getpid()}_{self._count}"
        with connected(self._url) as cursor:
            cursor.execute(
                sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(
                    sql.Identifier(name), sql.Identifier(template)
                )
            )
        return name

    def drop(self, name: str) -> None:
        """Drop a database, whoever is still connected."""
        with connected(self._url) as cursor:
            cursor.execute(
                sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name))
            )

    def drop_abandoned(self) -> None:
        """Drop what runs that were killed have left."""
        with connected(self._url) as cursor:
            cursor.execute(
                "SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [PREFIX]
            )
            names = [row[0] for row in cursor.fetchall()]
        for name in names:
            owner = name.removeprefix(PREFIX).split("_")[0]
            if not (owner.isdigit() and Path(f"/proc/{owner}").exists()):
                self.drop(name)


class Product:
    """One portal with its tenants: a database, a folder, a port, and gunicorn on them."""

    def __init__(self, folder: Path, database_url: str, port: int | None = None) -> None:
        """Remember where; `folder` becomes DATA_DIR. Nothing is started yet."""
        self.folder = folder
        self.database_url = database_url
        self.port = port or free_port()
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def portal(self) -> str:
        """The portal's address without a slash at the end."""
        return f"http://{BASE_DOMAIN}:{self.port}"

    def tenant(self, code: str) -> str:
        """Return a tenant's address without a slash at the end."""
        return f"http://{code}.{BASE_DOMAIN}:{self.port}"

    @property
    def environment(self) -> Mapping[str, str]:
        """The variables that `make run` would give, for this folder, port and database."""
        from deploy.options import Options

        given = {
            **clean_environment(),
            "PORT": str(self.port),
            "DATA_DIR": str(self.folder),
            "DATABASE_URL": self.database_url,
            "BASE_DOMAIN": BASE_DOMAIN,
            "DEMO": "1",
            "SECRET_KEY": "only-for-browser-tests-" + "x" * 40,
            "WEB_CONCURRENCY": "2",
        }
        return Options.from_environment(given, ROOT).environment(given, ROOT)

    def manage(self, *arguments: str) -> str:
        """Run a management command and return its output; raises with both outputs."""
        done = subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=ROOT, env=self.environment, capture_output=True, text=True, check=False,
        )  # fmt: skip
        if done.returncode != 0:
            raise AssertionError(f"manage.py {' '.join(arguments)}:\n{done.stdout}{done.stderr}")
        return done.stdout

    def start(self) -> None:
        """Start gunicorn with the product's own settings and wait until it is ready."""
        self.folder.mkdir(parents=True, exist_ok=True)
        with (self.folder / "web.log").open("ab") as log:
            self._process = subprocess.Popen(
                [
                    sys.executable, "-m", "gunicorn", "-c", "deploy/gunicorn.conf.py",
                    "config.wsgi:application",
                ],
                cwd=ROOT,
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )  # fmt: skip
        deadline = time.monotonic() + READY_SECONDS
        while not self.ready():
            if self._process.poll() is not None or time.monotonic() > deadline:
                self.stop()
                raise AssertionError(f"The product does not start:\n{self.log()}")
            time.sleep(0.1)

    def ready(self) -> bool:
        """Say whether /readyz answers."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        try:
            connection.request("GET", "/readyz")
            return connection.getresponse().status == 200
        except (OSError, http.client.HTTPException):
            return False
        finally:
            connection.close()

    def stop(self) -> None:
        """Ask gunicorn to end; harmless when it does not run."""
        if self._process is None:
            return
        self._process.terminate()
        try:
            self._process.wait(15)
        except subprocess.TimeoutExpired:
            self.kill()
        self._process = None

    def kill(self) -> None:
        """kill -9 for master and workers at once: gunicorn is the leader of its own group."""
        if self._process is None:
            return
        os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
        self._process = None

    def log(self) -> str:
        """Return the end of gunicorn's output."""
        path = self.folder / "web.log"
        text = path.read_text(encoding="utf-8", errors="replace") if path.exists() else ""
        return "\n".join(text.splitlines()[-60:])

    def rows(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        """Return the rows of a query on the product's database."""
        with connected(self.database_url) as cursor:
            cursor.execute(query, values)
            found: list[tuple[Any, ...]] = cursor.fetchall()
        return found


class Template:
    """The prepared database and folder that each product under test is a copy of."""

    def __init__(self, databases: Databases, folder: Path) -> None:
        """Prepare them as `make run` does: schemas, register, demo, translations, static files."""
        self._databases = databases
        self._folder = folder
        self.name = databases.create()
        Product(folder, databases.url(self.name)).manage("prepare")

    @contextmanager
    def product(self, folder: Path) -> Iterator[Product]:
        """Yield a running copy; it is gone afterwards."""
        shutil.copytree(self._folder, folder)
        name = self._databases.create(self.name)
        product = Product(folder, self._databases.url(name))
        try:
            product.start()
            yield product
        finally:
            product.stop()
            self._databases.drop(name)

    def drop(self) -> None:
        """Drop the template database."""
        self._databases.drop(self.name)
