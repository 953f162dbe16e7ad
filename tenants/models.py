"""Agencies of the national register, tenants, their host names and the schema template."""

from django.db import models
from django.db.models.functions import Lower
from django_tenants.models import DomainMixin, TenantMixin

from tenants.choices import AgencyKind, AgencyStatus, TenantState


# The base of Tenant has no types, so its managers are unknown.
class Agency(models.Model):  # type: ignore[django-manager-missing]
    """One government agency (instansi), whether or not it uses Lintas."""

    code = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=200)
    short_name = models.CharField(max_length=80, unique=True)
    kind = models.CharField(max_length=20, choices=AgencyKind)
    province = models.CharField(max_length=60, blank=True)
    bkn_regional_office = models.CharField(max_length=60, blank=True)
    status = models.CharField(
        max_length=10, choices=AgencyStatus, default=AgencyStatus.ACTIVE, db_index=True
    )
    predecessors = models.ManyToManyField(
        "self", symmetrical=False, related_name="successors", blank=True
    )

    class Meta:
        ordering = [Lower("name")]

    def __str__(self) -> str:
        return self.name


class Tenant(TenantMixin):
    """One training provider with a schema, a host name and a look; it belongs to one agency."""

    # Schemas are made by tenants.provisioning, never by saving a row.
    auto_create_schema = False

    code = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=120)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="tenants")
    state = models.CharField(max_length=12, choices=TenantState, default=TenantState.OPENING)
    # Fingerprint of the tenant migrations that the schema stands at.
    schema_state = models.CharField(max_length=64, blank=True)
    # LAN's tenant: its agency holds the overseer role on the portal.
    oversees = models.BooleanField(default=False)
    time_zone = models.CharField(max_length=40, default="Asia/Jakarta")
    tagline = models.CharField(max_length=200, blank=True)
    colour = models.CharField(max_length=7, default="#0b5563")
    # SHA-256 of the logo PNG under MEDIA_ROOT/looks, empty for none.
    logo_sha256 = models.CharField(max_length=64, blank=True)
    signer_name = models.CharField(max_length=120, blank=True)
    signer_position = models.CharField(max_length=160, blank=True)
    place = models.CharField(max_length=60, blank=True)
    # Markdown, for the page that says who teaches here.
    description = models.TextField(blank=True, db_default="")
    address = models.CharField(max_length=300, blank=True, db_default="")
    phone = models.CharField(max_length=40, blank=True, db_default="")
    email = models.EmailField(max_length=254, blank=True, db_default="")
    website = models.URLField(max_length=200, blank=True, db_default="")
    opened_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["code"]

    def __str__(self) -> str:
        return self.name


class Domain(DomainMixin):
    """One host name of a tenant; the primary one goes into links."""


class SchemaTemplate(models.Model):
    """DDL of an empty tenant schema at one migration state, for one server version."""

    fingerprint = models.CharField(max_length=64)
    server_major = models.PositiveSmallIntegerField()
    ddl = models.TextField()
    # (app, name) of each migration that the DDL stands for, in order.
    migrations = models.JSONField()
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["fingerprint", "server_major"], name="one_template_per_state"
            )
        ]

    def __str__(self) -> str:
        return f"{self.fingerprint[:12]} on PostgreSQL {self.server_major}"
