"""Leaves room in each page of papers, so that saving an answer rewrites its row in place.

An answer changes no indexed column: with room in the page PostgreSQL needs no new index entry.
"""

from django.db import migrations


class Migration(migrations.Migration):
    """Storage parameter only."""

    dependencies = [("sittings", "0001_initial")]
    operations = [
        migrations.RunSQL(
            "ALTER TABLE sittings_paperitem SET (fillfactor = 50)",
            "ALTER TABLE sittings_paperitem RESET (fillfactor)",
        )
    ]
