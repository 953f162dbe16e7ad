"""National defaults of every configurable number; tenants may override where allowed."""

import datetime

from django.db import migrations

START = datetime.date(2018, 1, 1)
DEFAULTS = [
    # Learning flow
    ("learning.pass_percent", 70, "KMS MASN: 70 % of the questions answered right"),
    ("learning.questions_per_test", 10, "product default"),
    ("learning.attempts", 0, "product default: 0 = without limit"),
    ("learning.cooldown_minutes", 10, "product default"),
    ("learning.minimum_reading_seconds", 0, "product default: no minimum"),
    ("learning.reading_pause_seconds", 120, "product default: longer silence counts as absence"),
    ("learning.reading_pause_without_script_seconds", 900, "product default"),
    # Satisfaction survey
    ("survey.minimum_answers", 5, "product default"),
    ("survey.free_service", True, "U4 is not asked and stored as 4"),
    # Recognition
    ("jp.target.pns", "20", "PP 11/2017 art. 203(4) jo PP 17/2020"),
    ("jp.target.pppk", "20", "product default; PerLAN 15/2020 gives a ceiling of 24 only"),
    ("jp.minutes", 45, "1 JP = 45 minutes, PerLAN 10/2018"),
    ("jp.tariff_rupiah", 200000, "cost per JP as reckoned by KMS MASN, March 2024"),
    # Sign-in
    ("sign_in.failures_per_account", 10, "product default, per 15 minutes"),
    ("sign_in.failures_per_account_and_address", 5, "product default, per 15 minutes"),
    ("sign_in.failures_per_address", 3000, "whole offices share one address"),
    ("sign_in.window_minutes", 15, "product default"),
    ("sign_in.trusted_addresses", [], "addresses of offices that are never limited"),
    ("registration.per_address", 2000, "whole offices share one address; per window"),
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

    dependencies = [("rules", "0001_initial")]
    operations = [migrations.RunPython(add_defaults, migrations.RunPython.noop)]
