"""National defaults of long jobs and of reports."""

import datetime

from django.db import migrations

START = datetime.date(2018, 1, 1)
DEFAULTS = [
    ("jobs.keep_days", 7, "product default: days that the file of a finished job is kept"),
    ("report.stuck_days", 14, "product default: started so long ago and no progress since"),
    ("report.n_gain_high", "0.7", "Hake 1998, as used in Indonesian evaluations of learning"),
    ("report.n_gain_medium", "0.3", "Hake 1998, as used in Indonesian evaluations of learning"),
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

    dependencies = [("rules", "0004_notices")]
    operations = [migrations.RunPython(add_defaults, migrations.RunPython.noop)]
