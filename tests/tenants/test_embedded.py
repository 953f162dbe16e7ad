"""The embedded PostgreSQL: start, stop, crash, users, folders and every refusal's sentence."""

import os
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import psycopg2
import pytest

from tenants.embedded import EmbeddedError, Server, binaries, cluster, processes, runas

ROOT = Path(__file__).resolve().parents[2]
SYSTEM_15 = Path("/usr/lib/postgresql/15/bin")
as_root = pytest.mark.skipif(os.geteuid() != 0, reason="needs root to step down from")


@pytest.fixture(autouse=True)
def _fresh_memory() -> None:
    """Instead of the fixture for all tests: these need no database of Django's."""


@pytest.fixture(autouse=True)
def _no_pg_bin(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PG_BIN", raising=False)


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder with a space that every user can pass through (pytest's own are 0700)."""
    folder = Path(tempfile.mkdtemp(prefix="lintas test "))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder in a deep path with spaces, made once; the tests leave its server stopped."""
    return tmp_path_factory.mktemp("data folder") / ("a long name " * 9).strip()


def ask(url: str, sql: str) -> list[tuple[object, ...]]:
    """Run one statement and return its rows (none for a statement without)."""
    connection = psycopg2.connect(url)
    try:
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute(sql)
            return cursor.fetchall() if cursor.description else []
    finally:
        connection.close()


def kill_everything(data: Path) -> None:
    """kill -9 of the server and each of its processes."""
    processes.send(processes.running_in(data), signal.SIGKILL)


@pytest.mark.parametrize("which", ["default", "system"])
def test_starts_with_an_ordinary_role_and_stops_without_a_trace(
    which: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if which == "system":
        if not SYSTEM_15.is_dir() and os.environ.get("CI") != "true":
            pytest.skip("no system PostgreSQL 15 on this machine")
        monkeypatch.setenv("PG_BIN", str(SYSTEM_15))
    with Server(tmp_path / "with space") as server:
        role = ask(
            server.url,
            "select rolcanlogin, rolcreatedb, rolsuper, rolcreaterole, rolreplication, "
            "rolbypassrls from pg_roles where rolname = current_user",
        )
        assert role == [(True, True, False, False, False, False)]
        assert ask(server.superuser_url, "select usesuper from pg_user where usename = user") == [
            (True,)
        ]
        settings = ask(
            server.url,
            "select name, setting from pg_settings where name in ('max_locks_per_transaction', "
            "'jit', 'fsync', 'synchronous_commit', 'listen_addresses', 'server_encoding') "
            "order by name",
        )
        assert settings == [
            ("fsync", "on"),
            ("jit", "off"),
            ("listen_addresses", ""),
            ("max_locks_per_transaction", "1024"),
            ("server_encoding", "UTF8"),
            ("synchronous_commit", "on"),
        ]
        for extension in ("pg_trgm", "unaccent"):
            ask(server.url, f"create extension {extension}")
        assert ask(server.url, "select lower('ÉÑ'), upper('é')") == [("éñ", "É")]
        kept_passwords = server.home / "passwords.json"
        assert stat.S_IMODE(kept_passwords.stat().st_mode) == 0o600
        with pytest.raises(psycopg2.OperationalError):
            psycopg2.connect(server.url.replace("lintas:", "lintas:not-"))
        socket_folder = Path((server.home / "socket").read_text())
        data = server.data
    assert not processes.running_in(data)
    assert not socket_folder.exists()
    assert not processes.pid_file(data).exists()


def test_the_log_holds_no_values_of_a_refused_statement(kept: Path) -> None:
    """Names, addresses and hashes stand in statements and in DETAIL lines."""
    with Server(kept) as server:
        ask(server.url, "create table if not exists person (email text unique)")
        ask(server.url, "insert into person values ('ayu@contoh.test') on conflict do nothing")
        with pytest.raises(psycopg2.errors.UniqueViolation):
            ask(server.url, "insert into person values ('ayu@contoh.test')")
        text = server.log.read_text(encoding="utf-8")
    assert "duplicate key" in text and "ayu@" not in text


def test_survives_kill_9_of_the_server(kept: Path) -> None:
    server = Server(kept)
    first = server.start()
    ask(first, "create table if not exists kept (n int)")
    ask(first, "insert into kept values (1)")
    kill_everything(server.data)
    while server.running():
        time.sleep(0.01)
    assert server.start() == first, "the same launcher keeps its address"
    ask(first, "insert into kept values (2)")
    # Only the postmaster dies: its backends linger until they notice.
    assert server.pid
    os.kill(server.pid, signal.SIGKILL)
    while server.running():
        time.sleep(0.01)
    server.stop()
    with Server(kept) as again:
        assert ask(again.url, "select sum(n) from kept") == [(3,)]


def test_orphan_of_a_killed_launcher_is_replaced(kept: Path) -> None:
    launcher = subprocess.Popen(
        [sys.executable, "-m", "tenants.embedded", "exec", "--data-dir", str(kept), "--",
         "sh", "-c", "echo up; exec sleep 60"],
        stdout=subprocess.PIPE, text=True, cwd=ROOT, start_new_session=True,
    )  # fmt: skip
    assert launcher.stdout and launcher.stdout.readline() == "up\n"
    with pytest.raises(EmbeddedError, match="already in use by another running command"):
        Server(kept).start()
    os.killpg(launcher.pid, signal.SIGKILL)
    launcher.wait()
    launcher.stdout.close()
    server = Server(kept)
    orphan = processes.postmaster_pid(server.data)
    old_socket = Path((server.home / "socket").read_text())
    assert orphan and processes.alive(orphan)
    with server:
        assert server.pid != orphan
        assert not processes.alive(orphan)
        assert not old_socket.exists()
        assert ask(server.url, "select 1") == [(1,)]


def test_a_number_that_became_a_stranger_does_not_block(kept: Path) -> None:
    with Server(kept) as server:
        data = server.data
        lines = processes.pid_file(data).read_text().splitlines()
        kill_everything(data)
        server.stop()
    # As after a reboot: the number in the file is that of somebody else's living process.
    processes.pid_file(data).write_text("\n".join([str(os.getpid()), *lines[1:]]) + "\n")
    shutil.chown(processes.pid_file(data), data.stat().st_uid, data.stat().st_gid)
    with Server(kept) as server:
        assert ask(server.url, "select 1") == [(1,)]


def test_lost_passwords_are_replaced(kept: Path) -> None:
    with Server(kept) as server:
        old = server.url
    (server.home / "passwords.json").unlink()
    with Server(kept) as server:
        assert server.url != old
        assert ask(server.url, "select 1") == [(1,)]


def test_exec_passes_exit_code_address_and_signals(kept: Path) -> None:
    base = [sys.executable, "-m", "tenants.embedded", "exec", "--data-dir", str(kept), "--"]
    answer = subprocess.run(
        [*base, "sh", "-c", 'echo "$DATABASE_URL"; exit 7'],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    assert answer.returncode == 7, answer.stderr
    assert answer.stdout.startswith("postgresql://lintas:")
    waiting = subprocess.Popen(
        [*base, "sh", "-c", "echo up; exec sleep 60"],
        cwd=ROOT, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert waiting.stdout and waiting.stdout.readline() == "up\n"
    waiting.send_signal(signal.SIGTERM)
    assert waiting.wait(20) == 128 + signal.SIGTERM
    waiting.stdout.close()
    assert not processes.running_in(kept / "database" / "pg")


def test_without_unix_sockets_it_listens_on_loopback(
    kept: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*args: object, **kwargs: object) -> str:
        raise PermissionError(13, "refused")

    monkeypatch.setattr(tempfile, "mkdtemp", refuse)
    with Server(kept) as server:
        assert "host=127.0.0.1" in server.url
        assert ask(server.url, "select host(inet_server_addr())") == [("127.0.0.1",)]


class Refusal(NamedTuple):
    """What is wrong, and the sentence's parts that must appear."""

    arrange: Callable[[Path, pytest.MonkeyPatch], None]
    parts: tuple[str, ...]


def _newer_data(folder: Path, patch: pytest.MonkeyPatch) -> None:
    data = folder / "database" / "pg"
    data.mkdir(parents=True)
    (data / "PG_VERSION").write_text("99\n")


def _no_programs(folder: Path, patch: pytest.MonkeyPatch) -> None:
    patch.setattr(binaries, "_folders", lambda: iter(()))


def _wrong_pg_bin(folder: Path, patch: pytest.MonkeyPatch) -> None:
    patch.setenv("PG_BIN", "/nowhere at all")


def _old_pg_bin(folder: Path, patch: pytest.MonkeyPatch) -> None:
    patch.setenv("PG_BIN", "/old")
    patch.setattr(binaries, "version_of", lambda place: 12)


def _full_disk(folder: Path, patch: pytest.MonkeyPatch) -> None:
    usage = shutil.disk_usage(folder)
    patch.setattr(shutil, "disk_usage", lambda place: usage._replace(free=5 * 2**20))


def _full_disk_later(folder: Path, patch: pytest.MonkeyPatch) -> None:
    def fail(*args: object, **kwargs: object) -> None:
        raise OSError(28, "No space left on device")

    patch.setattr(cluster, "write_private", fail)


def _file_in_the_way(folder: Path, patch: pytest.MonkeyPatch) -> None:
    (folder / "database").write_text("")


@pytest.mark.parametrize(
    "refusal",
    [
        Refusal(_newer_data, ("PostgreSQL 99", "is version", "PG_BIN", "DATA_DIR")),
        Refusal(_no_programs, ("No PostgreSQL was found", "DATABASE_URL")),
        Refusal(_wrong_pg_bin, ("PG_BIN is /nowhere at all", "runs on this machine")),
        Refusal(_old_pg_bin, ("PostgreSQL 12", "15 or newer")),
        Refusal(_full_disk, ("Not enough disk space", "5 MB free", "DATA_DIR")),
        Refusal(_full_disk_later, ("No disk space is left", "DATA_DIR")),
        Refusal(_file_in_the_way, ("Cannot use", "database")),
    ],
    ids=lambda refusal: refusal.arrange.__name__.strip("_"),
)
def test_refuses_in_one_sentence(
    refusal: Refusal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    refusal.arrange(tmp_path, monkeypatch)
    with pytest.raises(EmbeddedError) as raised:
        Server(tmp_path).start()
    sentence = str(raised.value)
    assert "\n" not in sentence
    for part in refusal.parts:
        assert part in sentence


def test_command_line_gives_the_sentence_and_fails(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "tenants.embedded", "exec", "--data-dir", str(tmp_path)]
    answer = subprocess.run(
        [*command, "--", "true"],
        env={**os.environ, "PG_BIN": "/nowhere"},
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    assert answer.returncode == 1
    assert answer.stderr.startswith("PG_BIN is /nowhere") and answer.stderr.count("\n") == 1


@as_root
def test_root_steps_down_where_the_user_reaches_the_folder(open_folder: Path) -> None:
    usable = next((user for user in runas.service_users()), None)
    if not usable or not usable.can_run(open_folder, binaries.find()):
        pytest.skip("the project's own folder is closed to other users")
    with Server(open_folder) as server:
        assert server.pid
        assert server.data.stat().st_uid == usable.uid
        assert Path(f"/proc/{server.pid}").stat().st_uid == usable.uid
        assert ask(server.url, "select 1") == [(1,)]


@as_root
def test_root_in_a_closed_folder_uses_a_user_namespace(tmp_path: Path) -> None:
    tmp_path.chmod(0o700)
    if not runas.user_namespace().can_run(tmp_path, binaries.find()):
        pytest.skip("this machine gives no user namespaces")
    with Server(tmp_path) as server:
        assert server.data == tmp_path / "database" / "pg"
        assert server.data.stat().st_uid == 0
        assert ask(server.url, "select 1") == [(1,)]


@as_root
def test_root_in_a_closed_folder_without_namespaces_moves_to_var_tmp(
    tmp_path: Path, open_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tmp_path.chmod(0o700)
    found = binaries.find()
    package = found.folder.parent.parent
    shutil.copytree(package, tmp_path / package.name)
    libraries = package.with_name(f"{package.name}.libs")
    if libraries.is_dir():
        shutil.copytree(libraries, tmp_path / libraries.name)
    closed = tmp_path / package.name / found.folder.relative_to(package)
    monkeypatch.setenv("PG_BIN", str(closed))
    monkeypatch.setattr(runas, "FALLBACK_ROOT", open_folder)
    nothing = runas.RunAs(prefix=("/bin/false",))
    monkeypatch.setattr(runas, "user_namespace", lambda: nothing)
    with Server(tmp_path) as server:
        ask(server.url, "create table kept (n int)")
        assert open_folder in server.data.parents
        assert "programs-" in str(Path(f"/proc/{server.pid}/exe").readlink())
    # Found again, also once a namespace would do.
    monkeypatch.undo()
    monkeypatch.setattr(runas, "FALLBACK_ROOT", open_folder)
    with Server(tmp_path) as server:
        assert open_folder in server.data.parents
        assert ask(server.url, "select count(*) from kept") == [(0,)]


@as_root
def test_works_as_an_ordinary_user(open_folder: Path) -> None:
    user = runas.service_users()[-1]
    os.chown(open_folder, *user.owner())
    if not user.can_run(open_folder, binaries.find()):
        pytest.skip("the project's own folder is closed to other users")
    child = os.fork()
    if child == 0:
        code = 1
        try:
            os.setgroups([])
            os.setgid(user.owner()[1])
            os.setuid(user.owner()[0])
            with Server(open_folder) as server:
                code = 0 if ask(server.url, "select 1") == [(1,)] else 2
        finally:
            os._exit(code)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    assert (open_folder / "database").stat().st_uid == user.uid


@as_root
def test_another_users_data_is_refused_in_one_sentence(open_folder: Path) -> None:
    Server(open_folder).home.mkdir()
    user = runas.service_users()[-1]
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            os.setgid(user.owner()[1])
            os.setuid(user.owner()[0])
            Server(open_folder).start()
        except EmbeddedError as error:
            os.write(writer, str(error).encode())
        finally:
            os._exit(0)
    os.waitpid(child, 0)
    os.close(writer)
    with os.fdopen(reader) as pipe:
        assert "Start as the user that owns it" in pipe.read()
