"""Which employees count in denominators."""

import datetime

from django.db import migrations

START = datetime.date(2018, 1, 1)
SOURCE = (
    "only active people count; unpaid leave, temporary dismissal and secondment outside are left "
    "out by the Ministry of Finance (PMK 216/2018)"
)


def add_defaults(apps, schema_editor):
    """Add the legal positions that count as active."""
    apps.get_model("rules", "Value").objects.create(
        key="employees.active", value=["aktif"], valid_from=START, source=SOURCE
    )


class Migration(migrations.Migration):
    """Data only."""

    dependencies = [("rules", "0002_national_defaults")]
    operations = [migrations.RunPython(add_defaults, migrations.RunPython.noop)]
