"""A changed file is another file: what earlier versions of its owner show stays."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("files", "0001_initial")]

    operations = [
        migrations.RemoveConstraint(model_name="storedfile", name="one_file_per_name"),
        migrations.AddConstraint(
            model_name="storedfile",
            constraint=models.UniqueConstraint(
                fields=("owner_kind", "owner_uuid", "sha256"), name="one_file_per_content"
            ),
        ),
    ]
