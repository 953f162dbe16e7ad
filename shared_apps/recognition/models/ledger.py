"""The ledger of learning hours (JP), and the one year of each source."""

import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone

from shared_apps.recognition.choices import Form, Scope
from shared_apps.recognition.models.fields import JpField
from tenants.choices import ThingKind


class LedgerEntry(models.Model):
    """One award or reversal of JP; append-only, partitioned by year (see the first migration).

    `revision` 0 is the award; each reversal or re-award takes the next number and names the row
    that it answers. Foreign keys are not enforced by the database: the rows outlive everything
    and may live on other machines than what they name.
    """

    pk = models.CompositePrimaryKey("account_id", "year", "id")
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        db_index=False,
        related_name="+",
    )
    year = models.SmallIntegerField()
    id = models.UUIDField(default=uuid.uuid4)
    tenant = models.ForeignKey(
        "tenants.Tenant", on_delete=models.DO_NOTHING, db_constraint=False, related_name="+"
    )
    kind = models.CharField(max_length=12, choices=ThingKind)
    uuid = models.UUIDField()
    revision = models.PositiveSmallIntegerField(default=0)
    answers = models.UUIDField(null=True)
    form = models.CharField(max_length=4, choices=Form)
    scope = models.CharField(max_length=6, choices=Scope)
    rule_set = models.CharField(max_length=40)
    title = models.CharField(max_length=200)
    jp_claimed = JpField()
    jp_computed = JpField()
    jp_printed = JpField()
    jp_credited = JpField()
    cap_reason = models.CharField(max_length=40, blank=True)
    agency = models.ForeignKey(
        "tenants.Agency",
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        db_index=False,
        related_name="+",
    )
    completed_on = models.DateField()
    recorded_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["account", "year", "tenant", "kind", "uuid", "revision"],
                name="one_ledger_row_per_revision",
            )
        ]

    def __str__(self) -> str:
        return f"{self.jp_credited} JP {self.title} ({self.year}.{self.revision})"


class RecognisedSource(models.Model):
    """The year in which one source counts for one person: it can never count in a second one."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.DO_NOTHING, db_constraint=False, related_name="+"
    )
    tenant = models.ForeignKey(
        "tenants.Tenant",
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        db_index=False,
        related_name="+",
    )
    kind = models.CharField(max_length=12, choices=ThingKind)
    uuid = models.UUIDField()
    year = models.SmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["account", "tenant", "kind", "uuid"], name="one_year_per_source"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.uuid} in {self.year}"
