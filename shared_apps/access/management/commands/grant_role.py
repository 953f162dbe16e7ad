"""Gives or takes a role: how the first manager of a tenant comes to be."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from shared_apps.access import selectors, services
from shared_apps.accounts.selectors import account_for_login
from tenants.models import Tenant
from toolkit.errors import DomainError


class Command(BaseCommand):
    """manage.py grant_role LOGIN ROLE TENANT [--withdraw]"""

    help = "Give a role of config/roles.py to an account (NIP or e-mail) at a tenant."

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the arguments."""
        parser.add_argument("login", help="NIP, NI PPPK or e-mail of the account")
        parser.add_argument("role", choices=sorted(selectors.roles()))
        parser.add_argument("tenant", help="code of the tenant")
        parser.add_argument("--withdraw", action="store_true", help="take the role away")

    def handle(self, *args: Any, **options: Any) -> None:
        """Change the role or say in one sentence why not."""
        account = account_for_login(options["login"])
        tenant = Tenant.objects.filter(code=options["tenant"]).first()
        if account is None or tenant is None:
            what = "account with login" if account is None else "tenant with code"
            wanted = options["login" if account is None else "tenant"]
            raise CommandError(f"No {what} {wanted!r}.")
        change = services.withdraw_role if options["withdraw"] else services.grant_role
        try:
            change(account=account, tenant=tenant, role=options["role"], by=None)
        except DomainError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{options['role']} at {tenant.code}: done.")
