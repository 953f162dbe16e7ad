"""`manage.py revoke_certificate CODE --reason "…"`: revokes a certificate and reverses its JP."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from shared_apps.recognition.services import certificates
from toolkit.errors import DomainError


class Command(BaseCommand):
    """For operators; the audit trail notes the system as actor."""

    help = "Revokes a certificate; its JP are reversed in the ledger and in all sums."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare code and reason."""
        parser.add_argument("code", help="code of the certificate, XXXX-XXXX-XXXX")
        parser.add_argument("--reason", required=True, help="shown on the public page")

    def handle(self, *args: Any, **options: Any) -> None:
        """Revoke and say what was reversed."""
        try:
            certificate = certificates.revoke(
                code=options["code"], reason=options["reason"], by=None
            )
        except DomainError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(
            f"Revoked: {certificate.code} ({certificate.number}), {certificate.jp} JP reversed"
            f" in {certificate.year}."
        )
