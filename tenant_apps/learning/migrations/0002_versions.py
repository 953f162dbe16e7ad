"""Versions of topics: new tables and columns. Existing rows are filled by the next migration."""

import uuid

import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.datetime
import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("learning", "0001_initial"), ("members", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="TopicVersion",
            fields=[
                ("title", models.CharField(max_length=200)),
                ("summary", models.CharField(max_length=400)),
                ("goals", models.JSONField(default=list)),
                ("regulations", models.JSONField(default=list)),
                ("keywords", models.JSONField(default=list)),
                ("jp", models.DecimalField(decimal_places=2, max_digits=9)),
                (
                    "visibility",
                    models.CharField(
                        choices=[
                            ("own", "Instansi sendiri"),
                            ("chosen", "Instansi terpilih"),
                            ("all_asn", "Semua ASN"),
                            ("public", "Umum"),
                        ],
                        default="all_asn",
                        max_length=8,
                    ),
                ),
                (
                    "agencies",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.IntegerField(), blank=True, default=list, size=None
                    ),
                ),
                ("pass_percent", models.PositiveSmallIntegerField(null=True)),
                ("questions_per_test", models.PositiveSmallIntegerField(null=True)),
                ("minutes", models.PositiveIntegerField(default=0)),
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("number", models.PositiveIntegerField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Draf"),
                            ("review", "Ditelaah"),
                            ("published", "Terbit"),
                            ("superseded", "Digantikan"),
                        ],
                        default="draft",
                        max_length=10,
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=400)),
                ("remark", models.TextField(blank=True)),
                ("revision", models.PositiveIntegerField(default=0)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("updated_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("published_at", models.DateTimeField(null=True)),
            ],
            options={
                "ordering": ["topic", "number"],
            },
        ),
        migrations.AddField(
            model_name="section",
            name="revision",
            field=models.PositiveIntegerField(db_default=0, default=0),
        ),
        migrations.AddField(
            model_name="section",
            name="updated_at",
            field=models.DateTimeField(
                db_default=django.db.models.functions.datetime.Now(),
                default=django.utils.timezone.now,
            ),
        ),
        migrations.AlterField(
            model_name="topic",
            name="state",
            field=models.CharField(
                choices=[("draft", "Draf"), ("published", "Terbit"), ("archived", "Arsip")],
                default="draft",
                max_length=10,
            ),
        ),
        migrations.AlterField(
            model_name="topic",
            name="version",
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="topicversion",
            name="author",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="members.member",
            ),
        ),
        migrations.AddField(
            model_name="topicversion",
            name="reviewer",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="members.member",
            ),
        ),
        migrations.AddField(
            model_name="topicversion",
            name="topic",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="versions",
                to="learning.topic",
            ),
        ),
        migrations.AddField(
            model_name="enrolment",
            name="version",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="learning.topicversion",
            ),
        ),
        migrations.AddField(
            model_name="section",
            name="version",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="sections",
                to="learning.topicversion",
            ),
        ),
        migrations.AddField(
            model_name="topic",
            name="current",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="learning.topicversion",
            ),
        ),
        migrations.AddField(
            model_name="topic",
            name="draft",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="learning.topicversion",
            ),
        ),
        migrations.AddConstraint(
            model_name="topicversion",
            constraint=models.UniqueConstraint(
                fields=("topic", "number"), name="one_version_per_number"
            ),
        ),
    ]
