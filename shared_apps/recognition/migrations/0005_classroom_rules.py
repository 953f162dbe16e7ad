"""Conversion of classroom forms and of distance training into JP.

Numbers: conversion table of PerLAN 10/2018 as printed by agencies. A programme counts its own JP
(abroad a fifth more); seminars, workshops and socialisations count by the day. Leadership training
(B1) is left out: it is recorded from outside, not awarded here.
"""

from decimal import Decimal

from django.db import migrations

PROGRAMME = ("B2", "B3", "B4", "B5", "B8", "B9", "B10", "C4")
BY_DAY = (("B6", "4.00", "6.00"), ("B7", "5.00", "7.00"), ("B11", "4.00", "6.00"))


def add_rules(apps, schema_editor):
    """Add the forms to the rule set `perlan-10-2018`."""
    rule_set = apps.get_model("recognition", "RuleSet").objects.get(code="perlan-10-2018")
    form_rule = apps.get_model("recognition", "FormRule")
    rows = []
    for form in PROGRAMME:
        for scope, multiplier in (("home", "1.00"), ("abroad", "1.20")):
            rows.append((form, scope, "programme", None, multiplier))
    for form, home, abroad in BY_DAY:
        rows.append((form, "home", "day", Decimal(home), "1.00"))
        rows.append((form, "abroad", "day", Decimal(abroad), "1.00"))
    form_rule.objects.bulk_create(
        form_rule(
            rule_set=rule_set,
            form=form,
            scope=scope,
            unit=unit,
            value=value,
            multiplier=Decimal(multiplier),
            cap_mode="off",
        )
        for form, scope, unit, value, multiplier in rows
    )


class Migration(migrations.Migration):
    """Data only."""

    dependencies = [("recognition", "0004_classroom_forms")]
    operations = [migrations.RunPython(add_rules, migrations.RunPython.noop)]
