from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("citations", "0001_initial"), ("regulations", "0002_changes")]

    operations = [
        migrations.AddField(
            "citation", "told_change", models.PositiveIntegerField(db_default=0, default=0)
        ),
    ]
