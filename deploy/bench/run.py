"""`make bench`: measures the product beside a bare Django view, in one run on this machine."""

import argparse
import json
import os
import platform
import shutil
import signal
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

from deploy.bench import measures, meters, report, stack  # noqa: E402  (the path comes first)
from deploy.bench.browser import Unexpected  # noqa: E402
from deploy.bench.wire import Phone  # noqa: E402
from deploy.options import LaunchError  # noqa: E402
from deploy.supervisor import GaveUp, say  # noqa: E402
from tenants.embedded import EmbeddedError  # noqa: E402

FIRST_VISIT, REPEAT_VISIT = 60_000, 12_000
NATIONAL = 100_000


def options(arguments: list[str]) -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", type=Path, metavar="FILE", help="write all numbers there too")
    parser.add_argument("--quick", action="store_true", help="a small run that shows it works")
    parser.add_argument("--entries", type=int, default=NATIONAL, help="generated entries (100000)")
    parser.add_argument("--seconds", type=float, default=8.0, help="length of each measure (8)")
    parser.add_argument("--learners", type=int, default=40, help="people who take the flow (40)")
    parser.add_argument("--only", default="", help="only measures whose name contains this")
    parser.add_argument("--fresh", action="store_true", help="make the database anew")
    parser.add_argument(
        "--data-dir", type=Path, default=Path(os.environ.get("DATA_DIR") or "var") / "bench"
    )
    given = parser.parse_args(arguments)
    if given.quick:
        given.entries, given.seconds, given.learners = min(given.entries, 300), 0.5, 8
    return given


class Bench:
    """One run: makes the data, measures, and keeps the rows of the table."""

    def __init__(self, given: argparse.Namespace, running: stack.Stack) -> None:
        self.given, self.stack = given, running
        self.rows: list[report.Row] = []
        self.weights: list[report.Weight] = []

    def run(self) -> None:
        """Do all of it."""
        self._prepare()
        self.product, self.bare = self.stack.product(), self.stack.yardstick()
        self.setting = measures.Setting(
            self.product.port, self.stack.domain, self._people(),
            warm_seconds=self.given.seconds / 3, seconds=self.given.seconds,
        )  # fmt: skip
        self._weigh()
        say("Measuring …")
        before = self._yardstick()
        for measure in measures.MEASURES:
            if self.given.only not in measure.name:
                continue
            seen, results = self._measure(self.product, measure.job(self.setting))
            after = self._yardstick()
            self._note(report.Row(measure.name, seen, report.mean(before, after), measure.aim))
            before = after
            if results:
                before = self._pdf(before, results)
        everything = report.Row("yardstick", self._all_yardsticks(), self._all_yardsticks())
        self.rows.insert(0, everything)

    def _prepare(self) -> None:
        say("Preparing the database, content and pages …")
        self.stack.run("manage.py", "prepare")
        (count,) = self.stack.sql(
            "SELECT count(*) FROM public.catalog_entry WHERE path LIKE '/topik/uji-%'"
        )
        if count != self.given.entries:
            say(f"Generating {self.given.entries} catalogue entries …")
            self.stack.run("deploy/bench/catalog_entries.py", str(self.given.entries))
        # Nothing left to tidy up while the measures run.
        self.stack.sql("VACUUM (ANALYZE)")

    def _people(self) -> dict[str, Any]:
        say("Making accounts with sessions …")
        wanted = {
            "tenant": measures.TENANT, "slug": measures.TOPIC, "enrolled": 16, "savers": 8,
            "learners": self.given.learners,
        }  # fmt: skip
        made: dict[str, Any] = self.stack.json("deploy/bench/people.py", json.dumps(wanted))
        return made

    def _weigh(self) -> None:
        """Weigh the visits, before any measure."""
        page = f"/topik/{measures.TOPIC}/"
        cookies = self.setting.people["enrolled"][0]["cookies"]
        for who, carried in (("stranger", {}), ("enrolled", cookies)):
            phone = Phone(self.product.port, self.setting.tenant, carried)
            self.weights += [
                phone.visit(f"topic page, {who}, first visit", page, FIRST_VISIT),
                phone.visit(f"topic page, {who}, repeat visit", page, REPEAT_VISIT),
            ]
        section = f"{page}baca/{self.setting.people['section']}/"
        self.weights.append(phone.visit("a section after the topic page", section, REPEAT_VISIT))

    def _measure(self, web: stack.Web, job: dict[str, Any]) -> tuple[report.Numbers, list[Any]]:
        """Let the client do a job on a web server, and read the CPU before and after."""
        with stack.started(
            ("deploy/bench/client.py",), self.stack.environment,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        ) as client:  # fmt: skip
            assert client.stdin and client.stdout
            client.stdin.write(json.dumps(job) + "\n")
            client.stdin.flush()
            if client.stdout.readline() != "ready\n":
                raise Unexpected("The load client ended; its sentence stands above.")
            before = meters.read(web.pid, self.stack.server.data)
            client.stdin.write("go\n")
            client.stdin.flush()
            line = client.stdout.readline()
            used = meters.read(web.pid, self.stack.server.data) - before
            if not line:
                raise Unexpected("The load client ended; its sentence stands above.")
        seen = json.loads(line)
        found = report.numbers(seen["times"], seen["seconds"], used.web, used.database)
        return found, seen["results"]

    def _yardstick(self) -> report.Numbers:
        return self._measure(self.bare, measures.yardstick(self.bare.port, self.setting))[0]

    def _all_yardsticks(self) -> report.Numbers:
        seen = [row.yardstick for row in self.rows]
        total = seen[0]
        for one in seen[1:]:
            total = report.both(total, one)
        return replace(total, p50=seen[0].p50, p95=seen[0].p95)

    def _pdf(self, before: report.Numbers, certificates: list[Any]) -> report.Numbers:
        """Measure the downloads that end the flow; returns the yardstick after them."""
        seen, _ = self._measure(self.product, measures.downloads(self.setting, certificates))
        after = self._yardstick()
        flow = self.rows[-1]
        self._note(report.Row("first download of the PDF", seen, report.mean(before, after)))
        # One download belongs to each story.
        stories = len(certificates)
        whole = report.both(flow.numbers, replace(seen, requests=stories))
        self._note(report.Row("flow with the PDF", whole, flow.yardstick, measures.FLOW_AIM))
        return after

    def _note(self, row: report.Row) -> None:
        self.rows.append(row)
        n = row.numbers
        say(f"  {row.name}: {n.total:.2f} ms CPU, {row.multiple:.2f} x the yardstick")

    def as_json(self) -> dict[str, Any]:
        """Return everything that was seen."""
        return {
            "at": datetime.now(UTC).isoformat(timespec="seconds"),
            "python": platform.python_version(),
            "cores": os.cpu_count(),
            "workers": stack.WORKERS,
            "entries": self.given.entries,
            "seconds": self.given.seconds,
            "measures": [row.as_json() for row in self.rows],
            "weights": [row.as_json() for row in self.weights],
        }


def main(arguments: list[str]) -> int:
    """Return 0 after a run whatever it measured, 130 after Ctrl-C, 1 with a sentence if broken."""
    given = options(arguments)
    folder = (ROOT / given.data_dir).absolute()
    # SIGINT too: a shell lets what it starts in the background ignore it.
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.default_int_handler)
    try:
        if given.fresh:
            shutil.rmtree(folder, ignore_errors=True)
        with stack.Stack(folder) as running:
            bench = Bench(given, running)
            bench.run()
    except KeyboardInterrupt:
        say("Stopped.")
        return 130
    except (LaunchError, EmbeddedError, GaveUp, Unexpected) as error:
        print(error, file=sys.stderr, flush=True)
        return 1
    if given.json:
        given.json.write_text(json.dumps(bench.as_json(), indent=2) + "\n", encoding="utf-8")
    say()
    say(report.table(bench.rows))
    say()
    say(report.weights(bench.weights))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
