"""`manage.py rebuild_figures (TENANT [--check] | --missing)`: kept figures and enrolments."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from tenant_apps.learning.services import rebuild
from tenants.choices import TenantState
from tenants.models import Tenant
from tenants.schemas import in_tenant

SHOWN = 50


class Command(BaseCommand):
    """Sets right what differs; with --check only says so, with exit code 1."""

    help = "Compares the kept figures of a tenant's learning with its enrolments."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the arguments."""
        parser.add_argument("tenant", nargs="?", help="code of the tenant")
        parser.add_argument("--check", action="store_true", help="only say what differs")
        parser.add_argument(
            "--missing", action="store_true", help="every tenant with people never counted"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Report the differences."""
        if options["missing"]:
            self._count_the_missing()
            return
        if options["tenant"] is None:
            raise CommandError("Name a tenant, or ask for all that lack figures with --missing.")
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

    def _count_the_missing(self) -> None:
        """Go through all tenants: an upgrade brings enrolments that kept no figures yet.

        Nothing remembers that it was done, so a crash loses nothing and a repeat is quick.
        """
        for tenant in Tenant.objects.exclude(state=TenantState.OPENING).order_by("code"):
            with in_tenant(tenant):
                if rebuild.lacks_figures():
                    rebuild.rebuild()
                    self.stdout.write(f"Figures: {tenant.code} counted.")
                    self.stdout.flush()
