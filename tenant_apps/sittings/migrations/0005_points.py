"""Gives the tests of an existing tenant the points that they had: one for each right answer.

Plain SQL over existing rows only: a new tenant has none, so that a clone misses nothing.
"""

from django.db import migrations

SET = 'UPDATE sittings_sitting SET points = "right", max_points = total WHERE max_points = 0'


class Migration(migrations.Migration):
    dependencies = [("sittings", "0004_questions")]

    operations = [migrations.RunSQL(SET, migrations.RunSQL.noop)]
