"""Kept sums of people, agencies and tenants."""

from django.conf import settings
from django.db import models

from shared_apps.recognition.models.fields import JpField


class PersonTotal(models.Model):
    """Kept sums of one person in one duty period; locked before any award to the person."""

    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.DO_NOTHING, db_constraint=False, related_name="+"
    )
    period_start = models.DateField()
    period_end = models.DateField()
    # Where this period counts: the agency that holds the person, and whether it confirmed them.
    # The sums of agencies are sums of these rows, so a move takes out exactly what was put in.
    agency = models.ForeignKey(
        "tenants.Agency",
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        related_name="+",
    )
    confirmed = models.BooleanField(default=False)
    # Kind of civil servant (PNS, PPPK), which decides the target; empty for none.
    kind = models.CharField(max_length=8, blank=True)
    jp_credited = JpField(default=0)
    jp_printed = JpField(default=0)
    certificates = models.IntegerField(default=0)
    met = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["account", "period_start"], name="one_total_per_duty_period"
            )
        ]

    def __str__(self) -> str:
        return f"{self.jp_credited} JP from {self.period_start}"


class AgencyTotal(models.Model):
    """Kept sums of one agency's people in one year, confirmed and declared people apart.

    In shards, so that awards to many people of one agency do not queue for one row.
    """

    agency = models.ForeignKey(
        "tenants.Agency", on_delete=models.DO_NOTHING, db_constraint=False, related_name="+"
    )
    year = models.SmallIntegerField()
    confirmed = models.BooleanField()
    shard = models.PositiveSmallIntegerField()
    jp_credited = JpField(default=0)
    certificates = models.IntegerField(default=0)
    # People with at least one JP, and people who reached the year's target.
    learners = models.IntegerField(default=0)
    met = models.IntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "year", "confirmed", "shard"], name="one_agency_total_per_shard"
            )
        ]

    def __str__(self) -> str:
        return f"agency {self.agency_id} {self.year}"


class TenantTotal(models.Model):
    """Kept sums of what one tenant gave since it opened, in shards."""

    tenant = models.ForeignKey(
        "tenants.Tenant", on_delete=models.DO_NOTHING, db_constraint=False, related_name="+"
    )
    shard = models.PositiveSmallIntegerField()
    people = models.IntegerField(default=0)
    certificates = models.IntegerField(default=0)
    jp_printed = JpField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant", "shard"], name="one_tenant_total_per_shard")
        ]

    def __str__(self) -> str:
        return f"tenant {self.tenant_id}"
