"""The trail may only grow."""

from django.db import migrations

from toolkit.append_only import refuse_changes


class Migration(migrations.Migration):
    """Privileges only."""

    dependencies = [("audit", "0001_initial")]
    operations = [
        migrations.RunSQL(refuse_changes("audit_event"), migrations.RunSQL.noop),
    ]
