"""Keeps the citations of material that is older than the register."""

from typing import Any

from django.core.management.base import BaseCommand

from tenant_apps.learning.services.publication import cite_published
from tenant_apps.question_bank.services.citing import cite_existing
from tenants.schemas import for_each_tenant


class Command(BaseCommand):
    """manage.py cite_material: reads topics and questions where no citation is kept yet."""

    help = "Keep which regulations the topics and questions of each tenant cite."

    def handle(self, *args: Any, **options: Any) -> None:
        """Read each tenant once; a repeat finds nothing to do."""
        counts = for_each_tenant(lambda _tenant: cite_published() + cite_existing())
        read = sum(count for _tenant, count in counts)
        if read:
            self.stdout.write(f"Citations: {read} topics and questions read.")
