"""Lists the demo's addresses and logins, so that people and scripts can use them."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from tenant_apps.home import demo
from tenants.hosts import portal_url, tenant_url
from tenants.selectors import active_tenants


class Command(BaseCommand):
    """manage.py demo_accounts [--format json]"""

    help = "List demo logins by role and tenant."

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the arguments."""
        parser.add_argument("--format", choices=["text", "json"], default="text")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print the list; empty where the demo was never loaded."""
        listed: dict[str, Any] = {
            "portal": portal_url(""),
            "tenants": [
                {"code": tenant.code, "name": tenant.name, "url": tenant_url(tenant.pk, "")}
                for tenant in active_tenants()
            ],
            "accounts": [
                {
                    "role": person.role,
                    "tenant": person.tenant,
                    "agency": person.agency,
                    "name": account.name,
                    "login": person.number,
                    "email": account.email,
                    "password": demo.PASSWORD,
                }
                for person, account in demo.listing()
            ],
        }
        if options["format"] == "json":
            self.stdout.write(json.dumps(listed, ensure_ascii=False, indent=2))
            return
        for row in listed["accounts"]:
            self.stdout.write(
                f"{row['role']:9} {row['tenant'] or '-':13} {row['login']}  {row['email']:24} "
                f"{row['password']}  {row['name']}"
            )
