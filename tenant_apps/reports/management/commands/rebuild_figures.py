"""`manage.py rebuild_figures TENANT [--check]`: compares kept figures with the enrolments."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from tenant_apps.learning.services import rebuild
from tenants.models import Tenant
from tenants.schemas import in_tenant

SHOWN = 50


class Command(BaseCommand):
    """Sets right what differs; with --check only says so, with exit code 1."""

    help = "Compares the kept figures of a tenant's learning with its enrolments."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the arguments."""
        parser.add_argument("tenant", help="code of the tenant")
        parser.add_argument("--check", action="store_true", help="only say what differs")

    def handle(self, *args: Any, **options: Any) -> None:
        """Report the differences."""
        tenant = Tenant.objects.filter(code=options["tenant"]).first()
        if tenant is None:
            raise CommandError(f"There is no tenant {options['tenant']!r}.")
        with in_tenant(tenant):
            found = rebuild.check() if options["check"] else rebuild.rebuild()
        for row in found[:SHOWN]:
            self.stdout.write(f"{row.table} {row.key}: kept {row.kept}; right is {row.right}")
        if len(found) > SHOWN:
            self.stdout.write(f"… and {len(found) - SHOWN} more")
        if found and options["check"]:
            raise CommandError(f"Figures: {len(found)} differ; run without --check.")
        self.stdout.write(f"Figures: {len(found)} repaired." if found else "Figures: all exact.")
