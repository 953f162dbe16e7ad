"""The conversion table: how a form of learning becomes JP."""

from django.db import models

from shared_apps.recognition.choices import CapMode, Form, Scope, Unit
from shared_apps.recognition.models.fields import JpField


class RuleSet(models.Model):
    """One version of the conversion table, valid from a day."""

    code = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=160)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)

    def __str__(self) -> str:
        return self.code


class FormRule(models.Model):
    """How one form counts within a rule set, at home or abroad."""

    rule_set = models.ForeignKey(RuleSet, on_delete=models.PROTECT, related_name="forms")
    form = models.CharField(max_length=4, choices=Form)
    scope = models.CharField(max_length=6, choices=Scope)
    unit = models.CharField(max_length=10, choices=Unit)
    # JP for one unit, where the unit is a day.
    value = JpField(null=True)
    multiplier = models.DecimalField(max_digits=5, decimal_places=2, default=1)
    cap_per_day = JpField(null=True)
    cap_mode = models.CharField(max_length=8, choices=CapMode, default=CapMode.OFF)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["rule_set", "form", "scope"], name="one_rule_per_form")
        ]

    def __str__(self) -> str:
        return f"{self.rule_set_id} {self.form} {self.scope}"
