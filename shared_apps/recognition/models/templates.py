"""Templates of certificates; what a certificate was issued with never changes."""

import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone

from shared_apps.recognition import numbering
from shared_apps.recognition.choices import Design, Orientation


class CertificateTemplate(models.Model):
    """One template of a tenant. Its look stands in its versions; the newest one issues."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    tenant = models.ForeignKey(
        "tenants.Tenant", on_delete=models.DO_NOTHING, db_constraint=False, related_name="+"
    )
    name = models.CharField(max_length=80)
    # Number of the newest version.
    version = models.PositiveSmallIntegerField(default=1)
    is_default = models.BooleanField(default=False)
    archived_at = models.DateTimeField(null=True)
    changed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant", "name"], name="one_template_per_name"),
            models.UniqueConstraint(
                fields=["tenant"],
                condition=models.Q(is_default=True),
                name="one_default_template_per_tenant",
            ),
            models.CheckConstraint(
                condition=models.Q(is_default=False) | models.Q(archived_at__isnull=True),
                name="default_template_is_not_archived",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class CertificateTemplateVersion(models.Model):
    """One state of a template; append-only by privilege, since certificates are drawn from it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    template = models.ForeignKey(
        CertificateTemplate, on_delete=models.PROTECT, related_name="versions"
    )
    number = models.PositiveSmallIntegerField(default=1)
    design = models.CharField(max_length=12, choices=Design, default=Design.CLASSIC)
    orientation = models.CharField(
        max_length=10, choices=Orientation, default=Orientation.LANDSCAPE
    )
    # Files of `pictures`, by content. Without a logo, that of the tenant is printed.
    background_sha256 = models.CharField(max_length=64, blank=True)
    logos = models.JSONField(default=list, blank=True)
    # [{"name", "position", "rank", "number"}], one to three, from left to right.
    signers = models.JSONField(default=list)
    place = models.CharField(max_length=60, blank=True)
    accreditation = models.CharField(max_length=160, blank=True)
    heading = models.CharField(max_length=40, default="SERTIFIKAT")
    opening = models.CharField(max_length=80, default="diberikan kepada")
    statement = models.CharField(
        max_length=240,
        default="atas keberhasilannya menyelesaikan program pengembangan kompetensi",
    )
    closing = models.CharField(max_length=300, blank=True)
    number_pattern = models.CharField(max_length=80, default=numbering.DEFAULT)
    number_yearly = models.BooleanField(default=True)
    show_score = models.BooleanField(default=True)
    show_curriculum = models.BooleanField(default=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        db_index=False,
        null=True,
        related_name="+",
    )
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["template", "number"], name="one_template_version_per_number"
            )
        ]

    def __str__(self) -> str:
        return f"{self.template_id} v{self.number}"

    @property
    def first_signer(self) -> dict[str, Any]:
        """The signer that lists and the certificate's own columns name; empty without any."""
        return dict(self.signers[0]) if self.signers else {}
