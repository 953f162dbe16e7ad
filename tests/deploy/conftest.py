"""Fixtures of the launcher's tests."""

import socket
from pathlib import Path

import pytest

from tests.deploy.sandbox import make_project


@pytest.fixture(autouse=True)
def _fresh_memory() -> None:
    """Instead of the fixture for all tests: these need no database of Django's."""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A folder with a space in its name: the real launcher, a stand-in for the portal."""
    return make_project(tmp_path / "a project")


@pytest.fixture
def port() -> int:
    """A port that was free a moment ago."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
