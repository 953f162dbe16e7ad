"""Loads the demo tenants, their content and synthetic people."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from tenant_apps.home import demo


class Command(BaseCommand):
    """manage.py load_demo"""

    help = "Load the demo (only where DEMO=1); repeating it changes nothing."

    def handle(self, *args: Any, **options: Any) -> None:
        """Load, or refuse outside a demo."""
        if not settings.DEMO:
            raise CommandError("Demo data has known passwords: it is loaded only where DEMO=1.")
        demo.load(self._say)

    def _say(self, text: str) -> None:
        self.stdout.write(text)
        self.stdout.flush()
