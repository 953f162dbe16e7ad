"""First rule set of the conversion table, and partitions up to next year.

Numbers: conversion table of PerLAN 10/2018 as printed by agencies; e-learning at home counts the
programme's JP with a cap of 3 a day (abroad 4) that ships switched off, since the practice that
this product follows issues 2 JP for each topic.
"""

import datetime
from decimal import Decimal

from django.db import migrations


def add_rules(apps, schema_editor):
    """Add the rule set `perlan-10-2018` with the form e-learning."""
    rule_set = apps.get_model("recognition", "RuleSet").objects.create(
        code="perlan-10-2018",
        name="Tabel konversi JP (Peraturan LAN 10/2018)",
        valid_from=datetime.date(2018, 1, 1),
    )
    form_rule = apps.get_model("recognition", "FormRule")
    for scope, cap in (("home", "3.00"), ("abroad", "4.00")):
        form_rule.objects.create(
            rule_set=rule_set,
            form="C3",
            scope=scope,
            unit="programme",
            multiplier=Decimal("1.00"),
            cap_per_day=Decimal(cap),
            cap_mode="off",
        )


def make_partitions(apps, schema_editor):
    """Make the yearly partitions."""
    from shared_apps.recognition.partitions import ensure_partitions

    ensure_partitions()


class Migration(migrations.Migration):
    """Data only."""

    dependencies = [("recognition", "0001_initial")]
    operations = [
        migrations.RunPython(add_rules, migrations.RunPython.noop),
        migrations.RunPython(make_partitions, migrations.RunPython.noop),
    ]
