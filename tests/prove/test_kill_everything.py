"""kill -9 of the whole tree of `make run`, again and again, in the middle of a post-test."""

import os
import random
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import OpenWindow
from tests.browser.learner import Registrant, Visitor
from tests.browser.product import ROOT, Product, clean_environment, free_port
from tests.browser.watch import PHONE

pytestmark = [
    pytest.mark.prove,
    pytest.mark.skipif(os.environ.get("PROVE") != "1", reason="a long proof: make prove"),
]
START_SECONDS = 180.0
# What the page shows: for each answer its state and the option ticked.
SHOWN = """() => {
  const questions = [...document.querySelectorAll("fieldset[data-position]")];
  return Object.fromEntries(questions.map((q) => [
    q.dataset.position, [q.querySelector(".save-state").dataset.state || "",
                         q.querySelector("input[type=radio]:checked")?.value || ""]]));
}"""
# What the server would show to somebody who opens the page anew.
STORED = """async () => {
  const html = await (await fetch(location.pathname)).text();
  const fresh = new DOMParser().parseFromString(html, "text/html");
  return Object.fromEntries([...fresh.querySelectorAll("fieldset[data-position]")].map((q) => [
    q.dataset.position, q.querySelector("input[type=radio][checked]")?.value || ""]));
}"""


def descendants(pid: int) -> list[int]:
    """Return the process numbers below one process, all generations."""
    parents: dict[int, list[int]] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                fields = (entry / "stat").read_text().rpartition(")")[2].split()
            except OSError:
                continue
            parents.setdefault(int(fields[1]), []).append(int(entry.name))
    found, waiting = [], [pid]
    while waiting:
        children = parents.get(waiting.pop(), [])
        found += children
        waiting += children
    return found


class MakeRun:
    """The launcher of `make run` with its embedded PostgreSQL, on a folder of its own."""

    def __init__(self, folder: Path) -> None:
        """Remember the folder; nothing is started yet."""
        self.folder = folder
        self.port = free_port()
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start and wait for /readyz."""
        environment = {
            **clean_environment(), "PORT": str(self.port), "DATA_DIR": str(self.folder),
            "DEMO": "1",
        }  # fmt: skip
        self.folder.mkdir(exist_ok=True)
        with (self.folder / "run.log").open("ab") as log:
            self._process = subprocess.Popen(
                [sys.executable, "deploy/run.py"],
                cwd=ROOT, env=environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                start_new_session=True,
            )  # fmt: skip
        probe = Product(self.folder, "", self.port)
        deadline = time.monotonic() + START_SECONDS
        while not probe.ready():
            if self._process.poll() is not None or time.monotonic() > deadline:
                raise AssertionError((self.folder / "run.log").read_text()[-3000:])
            time.sleep(0.2)

    def kill(self) -> list[int]:
        """kill -9 for launcher, PostgreSQL, gunicorn, worker and all below; return who it was."""
        assert self._process
        tree = [self._process.pid, *descendants(self._process.pid)]
        for pid in tree:
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                continue
        self._process.wait()
        self._process = None
        return tree

    def stop(self) -> None:
        """End it as Ctrl-C does."""
        if self._process:
            self._process.send_signal(signal.SIGINT)
            self._process.wait(60)


@pytest.fixture
def make_run(tmp_path: Path) -> Iterator[MakeRun]:
    """A running portal by `make run`."""
    from tenants.embedded.runas import fallback_home

    launcher = MakeRun(tmp_path / "data of its own")
    try:
        launcher.start()
        yield launcher
    finally:
        launcher.stop()
        shutil.rmtree(fallback_home(launcher.folder / "database"), ignore_errors=True)


def test_no_green_answer_is_lost(make_run: MakeRun, open_window: OpenWindow) -> None:
    """Whatever an answer showed in green when everything died is there after the restart."""
    seed = int(os.environ.get("SEED") or random.randrange(1_000_000))
    rounds = int(os.environ.get("ROUNDS") or 8)
    print(f"SEED={seed} ROUNDS={rounds}")
    chance = random.Random(seed)
    learner = Visitor(open_window(size=PHONE), Product(make_run.folder, "", make_run.port))
    learner.register(
        Registrant("Gede Prawira", "199105062017011901", "gede901@contoh.test", "Kemenkumham")
    )
    learner.reach_post_test("cuti-pns")
    learner.click("Mulai Post-test", "button")
    expect(learner.page.locator(".palette a")).to_have_count(10)
    learner.window.faults.network_may_fail = True
    learner.window.faults.allow(500, 502, 503)
    greens = 0
    for _ in range(rounds):
        for _ in range(chance.randint(3, 14)):
            box = learner.page.locator(f"input[name='jawaban-{chance.randint(1, 10)}']")
            box.nth(chance.randrange(4)).check()
            learner.page.wait_for_timeout(chance.choice((0, 5, 20, 60)))
        assert len(make_run.kill()) > 6
        # Receipts that were on their way still arrive.
        learner.page.wait_for_timeout(100)
        shown: dict[str, Any] = learner.page.evaluate(SHOWN)
        green = {n: value for n, (state, value) in shown.items() if state == "saved" and value}
        greens += len(green)
        make_run.start()
        stored = learner.page.evaluate(STORED)
        assert {n: stored[n] for n in green} == green
        chosen = {n: value for n, (_state, value) in shown.items() if value}
        for position in chosen:
            learner.expect_saved(int(position), within=40)
        assert {n: v for n, v in learner.page.evaluate(STORED).items() if v} == chosen
    print(f"answers shown as saved at the moment of a kill: {greens}, lost: 0")
    assert greens > 0
    learner.page.once("dialog", lambda dialog: dialog.accept())
    learner.page.get_by_role("button", name="Kumpulkan").click()
    expect(learner.page).to_have_url(re.compile("/hasil/$"))
