"""The launcher behind `make run`: start, supervision, stop, and each refusal in one sentence."""

import http.client
import os
import signal
import socket
import stat
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from deploy.options import LaunchError, Options
from deploy.supervisor import Backoff, GaveUp
from tenants.embedded import processes
from tests.deploy.sandbox import ROOT, launch


def read_until(process: "subprocess.Popen[str]", wanted: str) -> str:
    """Return the output up to and with the first line that holds `wanted`."""
    assert process.stdout
    lines = []
    for line in process.stdout:
        lines.append(line)
        if wanted in line:
            return "".join(lines)
    raise AssertionError(f"{wanted!r} never came; the output was:\n{''.join(lines)}")


def finish(process: "subprocess.Popen[str]", number: signal.Signals | None = None) -> str:
    """Send a signal if given, wait for the end, and return the rest of the output."""
    if number:
        process.send_signal(number)
    try:
        return process.communicate(timeout=40)[0]
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        raise


def children_of(folder: Path) -> dict[str, int]:
    """Return the newest process number by kind of those that work in `folder`."""
    found: dict[str, int] = {}
    for entry in Path("/proc").iterdir():
        if not entry.name.isdigit():
            continue
        try:
            words = (entry / "cmdline").read_bytes().decode().split("\0")
            inside = (entry / "cwd").readlink() == folder
        except OSError:
            continue
        if inside and "worker" in words:
            found["worker"] = int(entry.name)
        elif inside and "gunicorn" in words:
            # The master is the oldest; its workers carry the same words.
            found["web"] = min(found.get("web", int(entry.name)), int(entry.name))
    return found


def wait_for(check: Callable[[], bool], seconds: float = 15) -> None:
    """Wait until `check` holds."""
    deadline = time.monotonic() + seconds
    while not check():
        assert time.monotonic() < deadline, "it never happened"
        time.sleep(0.05)


def get(port: int, path: str) -> int:
    """Return the status of a page, or 0 without an answer."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", path)
        return connection.getresponse().status
    except OSError:
        return 0
    finally:
        connection.close()


def test_start_supervise_and_stop(project: Path, port: int) -> None:
    running = launch(project, PORT=port)
    output = read_until(running, "Ctrl-C")
    assert "prepared 1 True" in output
    assert f"http://kanreg10.lintas.localhost:{port}" in output
    assert "127.0.0.1 lintas.localhost kanreg10.lintas.localhost" in output
    assert "rahasia" in output
    assert get(port, "/readyz") == 200
    assert stat.S_IMODE((project / "var" / "secret_key").stat().st_mode) == 0o600

    second = launch(project, PORT=port + 1 if port < 65535 else 1024)
    sentence = finish(second)
    assert second.returncode == 1
    assert "Lintas already runs on the data in" in sentence and str(running.pid) in sentence

    before = children_of(project)
    data = project / "var" / "database" / "pg"
    postmaster = processes.postmaster_pid(data)
    assert before.keys() == {"web", "worker"} and postmaster
    for pid in (before["worker"], before["web"], postmaster):
        os.kill(pid, signal.SIGKILL)
    wait_for(lambda: before["worker"] != children_of(project).get("worker", before["worker"]))
    wait_for(lambda: before["web"] != children_of(project).get("web", before["web"]))
    wait_for(lambda: get(port, "/readyz") == 200)
    assert processes.postmaster_pid(data) != postmaster

    output = finish(running, signal.SIGINT)
    assert running.returncode == 0, output
    assert output.endswith("Stopped.\n")
    assert not children_of(project)
    assert not processes.running_in(data)


def test_starts_again_after_kill_9_of_the_launcher(project: Path, port: int) -> None:
    running = launch(project, PORT=port)
    read_until(running, "Ctrl-C")
    running.kill()
    running.communicate()
    wait_for(lambda: not children_of(project))
    again = launch(project, PORT=port)
    output = read_until(again, "Ctrl-C")
    assert "prepared" in output
    finish(again, signal.SIGTERM)
    assert again.returncode == 0
    assert not processes.running_in(project / "var" / "database" / "pg")


def test_port_in_use(project: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        process = launch(project, PORT=port)
        sentence = finish(process)
    assert process.returncode == 1
    assert f"Port {port} on 127.0.0.1 is in use" in sentence
    assert "make run PORT=" in sentence and sentence.count("\n") == 1


@pytest.mark.parametrize(
    ("settings", "part"),
    [
        ({"DATABASE_URL": "postgresql://x@127.0.0.1:1/x"}, "The server in DATABASE_URL cannot be"),
        ({"DATABASE_URL_FILE": "/nowhere"}, "DATABASE_URL_FILE: cannot read /nowhere"),
        ({"PG_BIN": "/nowhere"}, "PG_BIN is /nowhere"),
        ({"BIND": "203.0.113.1"}, "BIND=203.0.113.1 is no address of this machine"),
        ({"FAIL": "prepare"}, "`manage.py prepare` failed with exit code 1"),
        ({"FAIL": "worker"}, "worker broken on purpose"),
    ],
    ids=lambda value: next(iter(value)) if isinstance(value, dict) else "",
)
def test_refusals(project: Path, port: int, settings: dict[str, str], part: str) -> None:
    process = launch(project, PORT=port, **settings)
    output = finish(process)
    if process.returncode == 0:
        pytest.fail(output)
    assert process.returncode == 1
    assert part in output
    assert "Traceback" not in output
    assert not children_of(project)
    assert not processes.running_in(project / "var" / "database" / "pg")


def test_stop_while_preparing(project: Path, port: int) -> None:
    process = launch(project, PORT=port, SLOW="prepare")
    read_until(process, "slow")
    output = finish(process, signal.SIGINT)
    assert process.returncode == 130
    assert "Stopped before the portal was ready" in output
    assert not processes.running_in(project / "var" / "database" / "pg")


def test_options() -> None:
    options = Options.from_environment({"PORT": "", "DATA_DIR": "a b", "BIND": "[::1]"}, ROOT)
    assert (options.port, options.data_dir, options.bind) == (8000, ROOT / "a b", "::1")
    assert options.demo and not options.public
    assert Options.from_environment({"BIND": "0.0.0.0"}, ROOT).public
    assert not Options.from_environment({"DEMO": "0"}, ROOT).demo
    for wrong in ("0", "65536", "http"):
        with pytest.raises(LaunchError, match="is not a port number"):
            Options.from_environment({"PORT": wrong}, ROOT)


def test_backoff_doubles_forgets_and_gives_up() -> None:
    now = [0.0]
    backoff = Backoff("worker", clock=lambda: now[0])
    assert [backoff.delay(5) for _ in range(3)] == [1, 2, 4]
    backoff.started()
    now[0] += 61
    assert backoff.delay(5) == 1
    backoff.started()
    with pytest.raises(GaveUp, match="The worker stopped 3 times in a row"):
        for _ in range(3):
            backoff.delay(2)
