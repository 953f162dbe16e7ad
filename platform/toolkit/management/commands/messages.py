"""Texts for translation: collect, check, compile."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from toolkit import translations


class Command(BaseCommand):
    """manage.py messages [--update | --check | --compile]"""

    help = "Collect texts into the English catalogue (default), check it, or compile it."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the arguments; one of them at a time."""
        group = parser.add_mutually_exclusive_group()
        group.add_argument("--update", action="store_true", help="collect texts (the default)")
        group.add_argument("--check", action="store_true", help="fail if it is not complete")
        group.add_argument("--compile", action="store_true", help="write .mo where .po is newer")

    def handle(self, *args: Any, **options: Any) -> None:
        """Do what was asked; a fault ends with exit code 1 and one line for each."""
        if options["compile"]:
            translations.compile_catalogues(say=self.stdout.write)
            return
        try:
            if options["check"]:
                self._check()
            else:
                self._update()
        except translations.UnreadableSource as error:
            raise CommandError(str(error)) from error

    def _check(self) -> None:
        faults = translations.faults()
        if faults:
            raise CommandError("\n".join([*faults, f"{len(faults)} fault(s) in translations."]))
        self.stdout.write("Translations are complete.")

    def _update(self) -> None:
        merge = translations.update()
        for line in merge.dropped:
            self.stdout.write(f"No longer used: {line}")
        self.stdout.write(f"{merge.total} texts, {merge.untranslated} without translation.")
