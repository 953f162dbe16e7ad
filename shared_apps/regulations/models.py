"""Regulations and what they do to each other."""

import uuid

from django.db import models
from django.db.models import Q

from shared_apps.regulations.choices import RegulationKind, RegulationStatus, RelationKind


class Regulation(models.Model):
    """One regulation: of the national register, or local to one tenant. Never deleted.

    `change` counts what happened to it (amended, revoked …) and never goes back: who cites it
    remembers the number that they have looked at, and must look again below `look_from`.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    tenant = models.ForeignKey(
        "tenants.Tenant", on_delete=models.PROTECT, null=True, related_name="+"
    )
    # `pp-11-2017`: unique in the national register and within a tenant; stands in addresses.
    key = models.SlugField(max_length=60)
    kind = models.CharField(max_length=12, choices=RegulationKind)
    number = models.CharField(max_length=30)
    year = models.PositiveSmallIntegerField()
    about = models.CharField(max_length=400, blank=True)
    set_on = models.DateField(null=True)
    status = models.CharField(
        max_length=8, choices=RegulationStatus, default=RegulationStatus.UNKNOWN
    )
    # The status apart from relations; `status` is the graver of it and of what checked ones do.
    own_status = models.CharField(
        max_length=8,
        choices=RegulationStatus,
        default=RegulationStatus.UNKNOWN,
        db_default=RegulationStatus.UNKNOWN,
    )
    # Whether a person has compared number, title and status with the source; who did and when
    # is empty for rows that shipped so.
    checked = models.BooleanField(default=False)
    checked_at = models.DateTimeField(null=True)
    checked_by = models.UUIDField(null=True)
    source = models.CharField(max_length=300, blank=True)
    change = models.PositiveIntegerField(default=0)
    look_from = models.PositiveIntegerField(default=0, db_default=0)
    changed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["key"], condition=Q(tenant__isnull=True), name="one_national_key"
            ),
            models.UniqueConstraint(
                fields=["tenant", "key"], condition=Q(tenant__isnull=False), name="one_local_key"
            ),
        ]
        indexes = [models.Index(fields=["kind", "year", "number"], name="regulation_citation")]

    def __str__(self) -> str:
        return self.label

    @property
    def status_shown(self) -> str:
        """Its status in words; what nobody has checked is not told as a fact."""
        shown = self.status if self.checked or self.change else RegulationStatus.UNKNOWN
        return str(RegulationStatus(shown).label)

    @property
    def path(self) -> str:
        """Its address, the same on the portal and on tenants."""
        return f"/regulasi/{self.key}/"

    @property
    def label(self) -> str:
        """How people cite it: `PP 11/2017`."""
        return f"{self.get_kind_display()} {self.number}/{self.year}"


class Relation(models.Model):
    """What one regulation does to another, perhaps to one article of it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    source = models.ForeignKey(Regulation, on_delete=models.PROTECT, related_name="does")
    kind = models.CharField(max_length=10, choices=RelationKind)
    target = models.ForeignKey(Regulation, on_delete=models.PROTECT, related_name="suffers")
    # The article of the target as people write it (`203 ayat (4a)`), empty for the whole.
    article = models.CharField(max_length=60, blank=True)
    checked = models.BooleanField(default=False)
    # The change that it made to the target, and from where people had to look before it, so that
    # a mistake is taken back whole. Empty for what shipped.
    made_change = models.PositiveIntegerField(null=True)
    look_before = models.PositiveIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["source", "kind", "target", "article"], name="one_relation_of_a_kind"
            ),
            models.CheckConstraint(
                condition=~Q(source=models.F("target")), name="no_regulation_acts_on_itself"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source_id} {self.kind} {self.target_id}"
