"""Defaults of classes: attendance, rotating codes, and when reminders go out."""

import datetime

from django.db import migrations

START = datetime.date(2018, 1, 1)
DEFAULTS = [
    ("offering.minimum_attendance", 80, "product default: percent of the sessions"),
    ("offering.qr_opens_minutes_before", 30, "product default"),
    ("offering.qr_closes_minutes_after", 30, "product default: after the end of the session"),
    ("offering.reminder_hours", 24, "product default: before the first session"),
    ("offering.assign_most_rows", 20000, "product default"),
]


def add_defaults(apps, schema_editor):
    """Add one value for each key, valid from the first accepted year."""
    value = apps.get_model("rules", "Value")
    value.objects.bulk_create(
        value(key=key, value=default, valid_from=START, source=source)
        for key, default, source in DEFAULTS
    )


class Migration(migrations.Migration):
    """Data only."""

    dependencies = [("rules", "0007_topics")]
    operations = [migrations.RunPython(add_defaults, migrations.RunPython.noop)]
