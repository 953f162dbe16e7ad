"""Opens a tenant: row, host name and schema."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from tenants.models import Agency
from tenants.provisioning import open_tenant
from toolkit.errors import DomainError


class Command(BaseCommand):
    """manage.py open_tenant CODE "NAME" --agency CODE --domain HOST"""

    help = "Open a tenant for an agency of the register."

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the arguments."""
        parser.add_argument("code", help="3 to 40 small letters, digits or hyphens")
        parser.add_argument("name", help="name that pages and certificates show")
        parser.add_argument("--agency", required=True, help="code or short name in the register")
        parser.add_argument("--domain", required=True, help="host name, without scheme and port")
        parser.add_argument("--colour", default="#0b5563", help="main colour, #rrggbb")
        parser.add_argument("--tagline", default="", help="one line below the name")

    def handle(self, *args: Any, **options: Any) -> None:
        """Open the tenant or say in one sentence why not."""
        wanted = options["agency"]
        agency = (
            Agency.objects.filter(code=wanted).first()
            or Agency.objects.filter(short_name__iexact=wanted).first()
        )
        if agency is None:
            raise CommandError(f"No agency with code or short name {wanted!r} in the register.")
        try:
            tenant = open_tenant(
                code=options["code"],
                name=options["name"],
                agency=agency,
                domain=options["domain"],
                colour=options["colour"],
                tagline=options["tagline"],
            )
        except DomainError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"Open: {tenant.code} ({agency.short_name}) at {options['domain']}")
