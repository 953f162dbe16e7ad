"""When digests go out, and when a role's end is announced."""

import datetime

from django.db import migrations

START = datetime.date(2018, 1, 1)
DEFAULTS = [
    ("notices.digest_hour", 7, "product default: before work begins, in the person's zone"),
    ("roles.reminder_days", 14, "product default: days before a role ends"),
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

    dependencies = [("rules", "0003_employees")]
    operations = [migrations.RunPython(add_defaults, migrations.RunPython.noop)]
