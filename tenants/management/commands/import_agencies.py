"""Loads the national register of agencies from XLSX or CSV."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from tenants.agencies import REGISTER, import_agencies
from tenants.errors import AgencyImportError


class Command(BaseCommand):
    """manage.py import_agencies [FILE]"""

    help = "Import the register of agencies (columns code, name, short_name, kind, …)."

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the arguments."""
        parser.add_argument(
            "file", nargs="?", type=Path, default=REGISTER, help="XLSX or CSV; else the one shipped"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Import, or list every fault of the file and write nothing."""
        if not options["file"].is_file():
            raise CommandError(f"No such file: {options['file']}")
        try:
            added, changed = import_agencies(options["file"])
        except (AgencyImportError, OSError) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"Agencies: {added} added, {changed} changed.")
