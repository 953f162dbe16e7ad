"""Brings a database and the built files to the code: what must be done before serving."""

from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    """manage.py prepare: quick when there is nothing to do, safe to repeat."""

    help = "Migrate, load the register (and the demo where DEMO=1), build translations and static."

    def handle(self, *args: Any, **options: Any) -> None:
        """Run the steps in order; the first that fails ends it."""
        for name, arguments in settings.PREPARE_STEPS:
            call_command(name, **arguments, stdout=self.stdout, stderr=self.stderr)
            self.stdout.flush()
