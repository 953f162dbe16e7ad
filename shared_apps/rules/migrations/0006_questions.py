"""Essays, time extensions and item analysis."""

import datetime

from django.db import migrations

START = datetime.date(2018, 1, 1)
DEFAULTS = [
    (
        "learning.essay_pass_on_submission",
        True,
        "product default: a test with essays is passed on the day it was submitted, not marked",
    ),
    ("sittings.essay_anonymous", True, "product default: markers see a number, no name"),
    ("sittings.extension_percent", 130, "130 for 100 minutes, Kepmenpan-RB 321/2024"),
    ("question_bank.analysis_minimum", 30, "product default: answers before a verdict is given"),
]


def add_defaults(apps, schema_editor):
    """Add one value for each key."""
    value = apps.get_model("rules", "Value")
    value.objects.bulk_create(
        value(key=key, value=default, valid_from=START, source=source)
        for key, default, source in DEFAULTS
    )


class Migration(migrations.Migration):
    """Data only."""

    dependencies = [("rules", "0005_reports")]
    operations = [migrations.RunPython(add_defaults, migrations.RunPython.noop)]
