"""Certificates, their numbers and the PDFs that were handed out."""

import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone

from shared_apps.recognition.choices import Form
from shared_apps.recognition.models.fields import JpField
from shared_apps.recognition.models.templates import CertificateTemplateVersion
from tenants.choices import ThingKind


class NumberCounter(models.Model):
    """The last number that a tenant used in a year; year 0 is the series that never restarts."""

    tenant = models.ForeignKey(
        "tenants.Tenant", on_delete=models.DO_NOTHING, db_constraint=False, related_name="+"
    )
    year = models.SmallIntegerField()
    last = models.IntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant", "year"], name="one_counter_per_year")
        ]

    def __str__(self) -> str:
        return f"{self.last}/{self.year}"


class Certificate(models.Model):
    """One certificate, frozen as it was issued; only its release and revocation are added later."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    code = models.CharField(max_length=16, unique=True)
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        related_name="certificates",
    )
    tenant = models.ForeignKey(
        "tenants.Tenant", on_delete=models.DO_NOTHING, db_constraint=False, related_name="+"
    )
    kind = models.CharField(max_length=12, choices=ThingKind)
    uuid = models.UUIDField()
    year = models.SmallIntegerField()
    number = models.CharField(max_length=80)

    holder_name = models.CharField(max_length=120)
    holder_number = models.CharField(max_length=18, blank=True)
    holder_number_kind = models.CharField(max_length=8, blank=True)
    holder_agency = models.CharField(max_length=200)
    # As the agency's staff list has them on the day of issue: golongan, jabatan, unit kerja.
    holder_grade = models.CharField(max_length=40, blank=True, default="", db_default="")
    holder_post = models.CharField(max_length=200, blank=True, default="", db_default="")
    holder_unit = models.CharField(max_length=200, blank=True, default="", db_default="")
    title = models.CharField(max_length=200)
    form = models.CharField(max_length=4, choices=Form)
    jp = JpField()
    started_on = models.DateField()
    completed_on = models.DateField()
    issued_at = models.DateTimeField()
    # The printed day of issue, in the tenant's zone at that moment.
    issued_on = models.DateField()
    right = models.PositiveSmallIntegerField()
    total = models.PositiveSmallIntegerField()
    # Where a test counts points and not right answers: those of `total`, rounded down.
    points = models.DecimalField(max_digits=9, decimal_places=2, null=True)
    # [{"title": text, "jp": "0.40"}]; the JP add up to `jp`.
    curriculum = models.JSONField(default=list)
    provider_name = models.CharField(max_length=120)
    provider_agency = models.CharField(max_length=200)
    signer_name = models.CharField(max_length=120, blank=True)
    signer_position = models.CharField(max_length=160, blank=True)
    place = models.CharField(max_length=60, blank=True)
    colour = models.CharField(max_length=7)
    logo_sha256 = models.CharField(max_length=64, blank=True)
    # The class (angkatan) and the place where it was held.
    batch = models.CharField(max_length=60, blank=True, default="", db_default="")
    venue = models.CharField(max_length=120, blank=True, default="", db_default="")
    # How the page is drawn, and from which state of a template; none is the built-in one.
    layout = models.PositiveSmallIntegerField(default=1, db_default=1)
    template_version = models.ForeignKey(
        CertificateTemplateVersion,
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        null=True,
        related_name="+",
    )
    # A corrected certificate takes the place of an earlier one, which is then revoked.
    version = models.PositiveSmallIntegerField(default=1, db_default=1)
    replaces = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, related_name="replacement"
    )

    # Whether the survey was sent; not when, so that no time stands beside an anonymous answer.
    released = models.BooleanField(default=False)
    revoked_at = models.DateTimeField(null=True)
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        db_index=False,
        null=True,
        related_name="+",
    )
    revoked_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant", "number"], name="one_number_per_tenant"),
            models.UniqueConstraint(
                fields=["account", "tenant", "kind", "uuid"],
                condition=models.Q(revoked_at__isnull=True),
                name="one_valid_certificate_per_source",
            ),
            models.CheckConstraint(
                condition=models.Q(revoked_at__isnull=True, revoked_reason="")
                | (models.Q(revoked_at__isnull=False) & ~models.Q(revoked_reason="")),
                name="revocation_has_a_reason",
            ),
        ]
        indexes = [
            models.Index(fields=["tenant", "-issued_at"], name="certificates_of_tenant"),
            models.Index(fields=["tenant", "uuid"], name="certificates_of_source"),
        ]

    def __str__(self) -> str:
        return self.number


class Rendition(models.Model):
    """One PDF of a certificate that was handed out, known again by its hash."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    certificate = models.ForeignKey(
        Certificate, on_delete=models.PROTECT, related_name="renditions"
    )
    sha256 = models.CharField(max_length=64, unique=True)
    renderer = models.CharField(max_length=40)
    size = models.PositiveIntegerField()
    made_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return self.sha256[:12]
