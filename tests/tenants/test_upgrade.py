"""Bringing a database to the code: what is refused before anything is changed."""

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

pytestmark = pytest.mark.django_db


def test_a_database_of_newer_code_is_refused_in_one_sentence() -> None:
    """A migration that this code does not know stops the upgrade and names it."""
    MigrationRecorder(connection).record_applied("tenants", "0999_from_the_future")
    with pytest.raises(CommandError, match=r"newer version.*tenants 0999_from_the_future"):
        call_command("upgrade_schemas")


def test_nothing_to_do_is_quick_and_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    """A second start migrates nothing."""
    call_command("upgrade_schemas")
    text = capsys.readouterr().out
    assert "public schema is current" in text and "migrat" not in text
