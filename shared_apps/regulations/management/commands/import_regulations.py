"""Loads the shipped register of regulations."""

from typing import Any

from django.core.management.base import BaseCommand

from shared_apps.regulations.register import import_register


class Command(BaseCommand):
    """manage.py import_regulations: adds what is missing, changes nothing that is there."""

    help = "Add the shipped regulations and relations that the national register lacks."

    def handle(self, *args: Any, **options: Any) -> None:
        """Import and say how many were new."""
        added = import_register()
        if added:
            self.stdout.write(f"Regulations: {added} added.")
