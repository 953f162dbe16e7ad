"""`manage.py check_totals [--repair]`: compares every kept sum with the ledger."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from shared_apps.recognition.services import rebuild

SHOWN = 50


class Command(BaseCommand):
    """Exit code 1 when a sum differed and was not repaired."""

    help = "Compares the kept sums of people, agencies and tenants with the JP ledger."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the option."""
        parser.add_argument("--repair", action="store_true", help="put right what differs")

    def handle(self, *args: Any, **options: Any) -> None:
        """Report the differences."""
        found = rebuild.rebuild() if options["repair"] else rebuild.check()
        for difference in found[:SHOWN]:
            self.stdout.write(
                f"{difference.table} {difference.key}: kept {difference.kept},"
                f" ledger {difference.found}"
            )
        if len(found) > SHOWN:
            self.stdout.write(f"… and {len(found) - SHOWN} more")
        if found and not options["repair"]:
            raise CommandError(f"Totals: {len(found)} differ; put them right with --repair.")
        self.stdout.write(f"Totals: {len(found)} repaired." if found else "Totals: all exact.")
