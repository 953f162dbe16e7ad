"""Certificates that a tenant issued before it used Lintas."""

import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone

from shared_apps.recognition.models.fields import JpField


class LegacyCertificate(models.Model):
    """One earlier certificate as the provider states it; it verifies, but adds no JP."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    tenant = models.ForeignKey(
        "tenants.Tenant", on_delete=models.DO_NOTHING, db_constraint=False, related_name="+"
    )
    # As written by the provider, and folded (`codes.fold`) as people look it up.
    code = models.CharField(max_length=120)
    code_key = models.CharField(max_length=120, db_index=True)
    number = models.CharField(max_length=120, blank=True)
    number_key = models.CharField(max_length=120, blank=True, db_index=True)
    holder_name = models.CharField(max_length=120)
    holder_number = models.CharField(max_length=18, blank=True)
    title = models.CharField(max_length=200)
    jp = JpField(null=True)
    started_on = models.DateField(null=True)
    completed_on = models.DateField()
    signer = models.CharField(max_length=200, blank=True)
    provider_name = models.CharField(max_length=160)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        db_index=False,
        null=True,
        related_name="+",
    )
    added_at = models.DateTimeField(default=timezone.now)
    # Withdrawn by the provider: shown as such, never deleted.
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "code"], name="one_earlier_certificate_per_code"
            )
        ]

    def __str__(self) -> str:
        return self.code
