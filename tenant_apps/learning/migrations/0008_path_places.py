"""Lets topics name their places in paths."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("learning", "0007_workshop"),
    ]

    operations = [
        migrations.AlterField(
            model_name="pathtopic",
            name="topic",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="places",
                to="learning.topic",
            ),
        ),
    ]
