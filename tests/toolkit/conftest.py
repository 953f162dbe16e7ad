"""Most tests of the toolkit need no database."""

import pytest


@pytest.fixture(autouse=True)
def _fresh_memory() -> None:
    """Instead of the fixture for all tests, which needs a database."""
