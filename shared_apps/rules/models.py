"""Values of the rules, each valid from a date."""

from django.db import models


class Value(models.Model):
    """One rule's value from a day on, for the whole country or for one tenant."""

    key = models.CharField(max_length=60)
    tenant = models.ForeignKey(
        "tenants.Tenant", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    valid_from = models.DateField()
    value = models.JSONField()
    source = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["key", "tenant", "valid_from"],
                name="one_value_per_day",
                nulls_distinct=False,
            )
        ]

    def __str__(self) -> str:
        return f"{self.key} = {self.value} from {self.valid_from}"
