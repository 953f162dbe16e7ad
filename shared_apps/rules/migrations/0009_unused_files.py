"""Default of how long files stay that nobody uses."""

import datetime

from django.db import migrations

START = datetime.date(2018, 1, 1)
DEFAULTS = [
    ("files.unused_days", 30, "product default: days after which an unused upload is deleted"),
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

    dependencies = [("rules", "0008_offerings")]
    operations = [migrations.RunPython(add_defaults, migrations.RunPython.noop)]
