"""The one table of a tenant that points at the national account."""

from django.conf import settings
from django.db import models
from django.utils import timezone


class Member(models.Model):
    """A person who first acted at this tenant; every other tenant table points here."""

    account = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        on_delete=models.DO_NOTHING,
        primary_key=True,
        related_name="+",
    )
    joined_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return str(self.pk)
