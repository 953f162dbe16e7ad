"""The load: a process of its own that sends requests over a few kept connections.

Reads one job (a line of JSON), warms up, writes `ready`, waits for a line, works, and writes what
it saw as one line of JSON. An unexpected answer ends it with a sentence.
"""

import itertools
import json
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from deploy.bench.browser import Browser, Unexpected
from deploy.bench.story import Story

CONNECTIONS = 4
Job = dict[str, Any]
# One connection's requests: yields after each. `people` are those of this connection.
Work = Callable[[Job, Browser, list[Any], list[Any]], Iterator[None]]


def pages(job: Job, browser: Browser, people: list[Any], results: list[Any]) -> Iterator[None]:
    """Ask for the job's addresses in turn, as one person after the other, without end."""
    for person, path in zip(itertools.cycle(people), itertools.cycle(job["paths"]), strict=False):
        browser.cookies = person["cookies"]
        browser.ask(path)
        yield


def saves(job: Job, browser: Browser, people: list[Any], results: list[Any]) -> Iterator[None]:
    """Save answer after answer in an open test, as the test page's script does, without end."""
    for seq in itertools.count():
        for person in people:
            browser.cookies = person["cookies"]
            for position, options in person["items"]:
                fields = {
                    f"seq-{position}": str(seq),
                    f"jawaban-{position}": options[seq % len(options)],
                    "csrfmiddlewaretoken": person["token"],
                }
                path = f"/tes/{person['sitting']}/{position}/"
                browser.ask(path, fields, token=person["token"])
                yield


def stories(job: Job, browser: Browser, people: list[Any], results: list[Any]) -> Iterator[None]:
    """Go through the topic from its page to the certificate, once for each person."""
    for person in people:
        browser.cookies = dict(person["cookies"])
        story = Story(browser, job["slug"], job["right"])
        yield from story.go()
        results.append({"cookies": person["cookies"], "path": story.download})


def downloads(job: Job, browser: Browser, people: list[Any], results: list[Any]) -> Iterator[None]:
    """Download the certificate of each person once."""
    for person in people:
        browser.cookies = person["cookies"]
        page = browser.ask(person["path"])
        if not page.startswith("%PDF"):
            raise Unexpected(f"{person['path']} is no PDF.")
        yield


WORKS: dict[str, Work] = {
    "pages": pages, "saves": saves, "stories": stories, "downloads": downloads,
}  # fmt: skip


def run(job: Job, part: str, seconds: float) -> dict[str, Any]:
    """Do the job's part `warm` or `main` for some seconds (or to its end, if that is earlier)."""
    browsers = [Browser(job["port"], job["host"]) for _ in range(CONNECTIONS)]
    results: list[Any] = []
    faults: list[str] = []
    started = time.perf_counter()

    def work(number: int) -> None:
        # Where there are fewer people than connections, they are shared.
        people = job[part][number::CONNECTIONS] or job[part][:1] * bool(job.get("paths"))
        try:
            for _ in WORKS[job["kind"]](job, browsers[number], people, results):
                if time.perf_counter() - started >= seconds:
                    break
        except (Unexpected, OSError) as error:
            faults.append(str(error))
        finally:
            browsers[number].close()

    threads = [threading.Thread(target=work, args=[n], daemon=True) for n in range(CONNECTIONS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if faults:
        raise Unexpected(faults[0])
    times = [second for browser in browsers for second in browser.seconds]
    return {"seconds": time.perf_counter() - started, "times": times, "results": results}


def main() -> None:
    """Do the job that stands on standard input."""
    job: Job = json.loads(sys.stdin.readline())
    try:
        run(job, "warm", job["warm_seconds"])
        print("ready", flush=True)
        sys.stdin.readline()
        seen = run(job, "main", job["seconds"])
    except Unexpected as error:
        sys.exit(str(error))
    print(json.dumps(seen), flush=True)


if __name__ == "__main__":
    main()
