"""Regulations and what they do to each other."""

import uuid

from django.db import models
from django.db.models import Q

from shared_apps.regulations.choices import RegulationKind, RegulationStatus, RelationKind


class Regulation(models.Model):
    """One regulation: of the national register, or local to one tenant. Never deleted.

    `change` counts what happened to it (amended, revoked …): who cites it remembers the number
    that they have looked at.
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
    # Whether a person has compared number, title and status with the source.
    checked = models.BooleanField(default=False)
    source = models.CharField(max_length=300, blank=True)
    change = models.PositiveIntegerField(default=0)
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
