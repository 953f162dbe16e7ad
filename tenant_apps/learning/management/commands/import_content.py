"""Imports a content pack into a tenant."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from tenant_apps.learning.services.content import import_folder
from tenants.models import Tenant
from tenants.schemas import in_tenant
from toolkit.errors import DomainError


class Command(BaseCommand):
    """manage.py import_content TENANT FOLDER"""

    help = "Import one topic folder, or every topic folder inside FOLDER; all or nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the arguments."""
        parser.add_argument("tenant", help="code of the tenant")
        parser.add_argument("folder", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        """Read every pack first, so that a bad one is refused before anything is written."""
        tenant = Tenant.objects.filter(code=options["tenant"]).first()
        if tenant is None:
            raise CommandError(f"No tenant with code {options['tenant']!r}.")
        try:
            with in_tenant(tenant):
                found, changed = import_folder(folder=options["folder"], by=None)
        except DomainError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{tenant.code}: {found} topic(s), {changed} changed.")
