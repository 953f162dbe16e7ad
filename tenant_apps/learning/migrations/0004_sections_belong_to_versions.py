"""Sections belong to versions, enrolments keep one; what they replace goes."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("learning", "0003_first_versions")]

    operations = [
        migrations.RemoveConstraint(
            model_name="section",
            name="one_section_per_key",
        ),
        migrations.RemoveField(
            model_name="section",
            name="retired",
        ),
        migrations.RemoveField(
            model_name="section",
            name="topic",
        ),
        migrations.AlterField(
            model_name="enrolment",
            name="version",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="learning.topicversion",
            ),
        ),
        migrations.AlterField(
            model_name="section",
            name="version",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="sections",
                to="learning.topicversion",
            ),
        ),
        migrations.AddConstraint(
            model_name="section",
            constraint=models.UniqueConstraint(
                fields=("version", "key"), name="one_section_per_version"
            ),
        ),
    ]
