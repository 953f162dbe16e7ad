"""Fixtures of the browser tests: the product runs for real, Chromium visits it."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.browser.product import Databases, Product, Template
from tests.browser.watch import Window

OpenWindow = Callable[..., Window]
CHROMIUM = shutil.which("chromium") or "/usr/bin/chromium"
CHROMIUM_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(autouse=True)
def _fresh_memory() -> None:
    """Instead of the fixture for all tests: these never use Django in their own process."""


@pytest.fixture(scope="session")
def chromium_is_there() -> None:
    """Skip with a sentence where Chromium is missing; on a build server that is a failure."""
    if not Path(CHROMIUM).exists():
        sentence = "Chromium is missing; on Debian: apt-get install chromium"
        if os.environ.get("CI") == "true":
            pytest.fail(sentence)
        pytest.skip(sentence)


# "module" and not "session": Playwright keeps an event loop in this thread, and Django's ORM
# refuses to work beside one in the tests that come after.
@pytest.fixture(scope="module")
def browser(chromium_is_there: None) -> Iterator[Browser]:
    """Debian's Chromium, started once per module."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=CHROMIUM, args=CHROMIUM_ARGUMENTS, headless=True
        )
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def template(
    chromium_is_there: None, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Template]:
    """The prepared product that each test module gets a copy of."""
    url = os.environ.get("DATABASE_URL", "")
    if not url:
        pytest.fail("Browser tests need a PostgreSQL in DATABASE_URL; `make test` starts one.")
    databases = Databases(url)
    databases.drop_abandoned()
    template = Template(databases, tmp_path_factory.mktemp("product") / "template")
    yield template
    template.drop()


@pytest.fixture(scope="module")
def product(template: Template, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Product]:
    """A running portal with demo content, for one test module."""
    with template.product(tmp_path_factory.mktemp("copy") / "data") as product:
        yield product


@pytest.fixture
def open_window(browser: Browser) -> Iterator[OpenWindow]:
    """Return a maker of browser windows; any fault seen in one of them fails the test."""
    windows: list[Window] = []

    def open_one(**options: object) -> Window:
        windows.append(Window(browser, **options))  # type: ignore[arg-type]
        return windows[-1]

    yield open_one
    for window in windows:
        window.close()
    faults = [fault for window in windows for fault in window.faults.found]
    assert faults == [], "\n".join(faults)
