"""`make bench`: that it runs from end to end and prints its shape; nothing about speed."""

import json
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from deploy.bench import measures, meters, report, story, wire
from deploy.bench.browser import unpacked
from tenants.embedded import processes
from tests.deploy.sandbox import ROOT

RUN = [sys.executable, "deploy/bench/run.py", "--quick"]


def start(*arguments: str) -> "subprocess.Popen[str]":
    """Start the benchmark; its output is one pipe."""
    return subprocess.Popen(
        [*RUN, *arguments],
        cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        start_new_session=True,
    )  # fmt: skip


def test_a_quick_run(tmp_path: Path) -> None:
    numbers = tmp_path / "bench.json"
    process = start("--data-dir", str(tmp_path / "data"), "--json", str(numbers))
    output, _ = process.communicate(timeout=300)
    assert process.returncode == 0, output
    assert not processes.running_in(tmp_path / "data" / "database" / "pg")

    seen = json.loads(numbers.read_text())
    rows = {row["name"]: row for row in seen["measures"]}
    expected = ["yardstick", *(measure.name for measure in measures.MEASURES)]
    assert list(rows) == [*expected, "first download of the PDF", "flow with the PDF"]
    for row in rows.values():
        assert row["requests"] > 0 and row["total"] >= row["web"] > 0
        assert row["multiple"] == pytest.approx(row["total"] / row["yardstick"]["total"])
        assert row["met"] in ({None} if row["aim"] is None else {True, False})
    assert rows["yardstick"]["multiple"] == pytest.approx(1)
    assert {row["name"]: row["aim"] for row in seen["measures"] if row["aim"]} == {
        "login page, stranger": 1.8, "login page from a topic": 1.8,
        "topic page, stranger": 6, "topic page, enrolled": 6, "save of an answer": 2.4,
        "catalogue search, stranger": 10, "flow without the PDF": 5, "flow with the PDF": 5,
    }  # fmt: skip
    for name in rows:
        assert f"\n{name}  " in output
    # Bytes do not depend on how busy the machine is.
    weights = {row["name"]: row for row in seen["weights"]}
    assert len(weights) == 5
    assert all(row["met"] for row in weights.values()), output


def test_stops_at_ctrl_c_and_leaves_nothing(tmp_path: Path) -> None:
    process = start("--data-dir", str(tmp_path / "data"))
    assert process.stdout
    assert process.stdout.readline().startswith("Preparing")
    time.sleep(2)
    process.send_signal(signal.SIGINT)
    output, _ = process.communicate(timeout=60)
    assert process.returncode == 130
    assert output.endswith("Stopped.\n")
    assert not processes.running_in(tmp_path / "data" / "database" / "pg")


def test_cpu_time_of_a_process() -> None:
    line = "7 (a) b) S 1 7 7 0 -1 4194560 100 0 0 0 250 50 30 20 20 0 9"
    assert meters.ticks(line, with_children=False) == 300
    assert meters.ticks(line, with_children=True) == 350


def test_numbers_and_multiples() -> None:
    times = [number / 1000 for number in range(1, 101)]
    one = report.numbers(times, seconds=2, web=0.3, database=0.1)
    assert (one.requests, one.per_second, one.p50, one.p95) == (100, 50, 50, 95)
    assert (one.web, one.database, one.total) == pytest.approx((3, 1, 4))
    two = report.numbers(times[:50], seconds=2, web=0.05, database=0.05)
    middle = report.mean(one, two)
    assert (middle.web, middle.database) == pytest.approx((2, 1))
    row = report.Row("x", one, middle, aim=1.3)
    assert row.multiple == pytest.approx(4 / 3) and row.web_multiple == pytest.approx(1.5)
    assert row.met is False and "NOT met" in report.table([row])
    together = report.both(one, two)
    assert together.requests == 150
    assert together.total == pytest.approx((100 * 4 + 50 * 2) / 150)
    assert report.Row("y", together, two).as_json()["p50"] is None


def test_questions_of_a_paper() -> None:
    page = """<form data-save="/tes/1/"><fieldset class="question"
      id="soal-3" data-position="3"><legend><span>Soal 3</span>
      <p>Apa?</p></legend><input type="hidden" name="seq-3" value="0">
      <label><input type="radio" name="jawaban-3" value="1"> <span>Ini</span> </label>
      <label><input type="radio" name="jawaban-3" value="2" checked>
      <span>Itu</span></label><input type="checkbox" value="1"></fieldset></form>"""
    assert story.questions(page) == [(3, "<p>Apa?</p>", [("1", "Ini"), ("2", "Itu")])]


def test_what_a_browser_keeps() -> None:
    def answer(control: str) -> wire.Answer:
        return wire.Answer(1, 200, {"cache-control": control}, b"")

    assert answer("public, max-age=31536000, immutable").kept
    assert not answer("max-age=60").kept
    assert not answer("no-store, max-age=9999").kept
    assert not answer("").kept
    assert wire._joined(b"3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n") == b"abcde"
    assert unpacked(b"abc", "") == "abc"
