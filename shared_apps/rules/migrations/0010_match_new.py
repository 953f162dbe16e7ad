"""Default of whether new identities are matched with the staff list by themselves."""

import datetime

from django.db import migrations

START = datetime.date(2018, 1, 1)
DEFAULTS = [
    ("employees.match_new", True, "product default: number and name as in the staff list"),
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

    dependencies = [("rules", "0009_unused_files")]
    operations = [migrations.RunPython(add_defaults, migrations.RunPython.noop)]
