"""Brings the public schema, the template and every tenant to the code's migrations."""

from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from tenants import provisioning
from tenants.models import Tenant


class Command(BaseCommand):
    """manage.py upgrade_schemas"""

    help = "Migrate public, the stored template and every tenant that is behind."

    def handle(self, *args: Any, **options: Any) -> None:
        """Do only what is missing, saying what is being done; refuse a newer database."""
        executor = MigrationExecutor(connection)
        self._refuse_newer_database(executor)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            self.stdout.write("Database: migrating the public schema …")
            self.stdout.flush()
            call_command("migrate_schemas", shared=True, verbosity=0, interactive=False)
        self.stdout.write("Database: public schema is current.")
        provisioning.ensure_template()
        tenants = list(Tenant.objects.order_by("code"))
        for number, tenant in enumerate(tenants, start=1):
            if provisioning.upgrade_tenant(tenant):
                self.stdout.write(
                    f"Database: tenant {number}/{len(tenants)} {tenant.code} migrated."
                )
                self.stdout.flush()
        self.stdout.write(f"Database: {len(tenants)} tenant(s) current.")

    def _refuse_newer_database(self, executor: MigrationExecutor) -> None:
        """Stop before older code writes into tables that newer code has changed."""
        known = set(executor.loader.disk_migrations)
        apps = {app for app, _name in known}
        newer = sorted(
            f"{app} {name}"
            for app, name in executor.loader.applied_migrations
            if app in apps and (app, name) not in known
        )
        if newer:
            raise CommandError(
                "The database was made by a newer version of Lintas (it holds "
                f"{', '.join(newer[:3])}). Start the newer version, or restore an older backup."
            )
