"""Topics with their sections, and what each member has done in them."""

import uuid

import django.contrib.postgres.fields
import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("members", "0001_initial"),
        ("question_bank", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Section",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("key", models.SlugField(max_length=60)),
                ("position", models.PositiveSmallIntegerField()),
                ("title", models.CharField(max_length=200)),
                ("markdown", models.TextField()),
                ("html", models.TextField()),
                ("words", models.PositiveIntegerField(default=0)),
                ("retired", models.BooleanField(default=False)),
            ],
            options={
                "ordering": ["position"],
            },
        ),
        migrations.CreateModel(
            name="Enrolment",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                (
                    "step",
                    models.CharField(
                        choices=[
                            ("pre_test", "Pre-test"),
                            ("reading", "Membaca materi"),
                            ("post_test", "Post-test"),
                            ("survey", "Survei kepuasan"),
                            ("certificate", "Sertifikat"),
                        ],
                        default="pre_test",
                        max_length=12,
                    ),
                ),
                ("started_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("last_seen_at", models.DateTimeField(null=True)),
                ("pre_right", models.PositiveSmallIntegerField(null=True)),
                ("pre_total", models.PositiveSmallIntegerField(null=True)),
                ("post_right", models.PositiveSmallIntegerField(null=True)),
                ("post_total", models.PositiveSmallIntegerField(null=True)),
                ("failed_at", models.DateTimeField(null=True)),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("completed_at", models.DateTimeField(null=True)),
                ("survey_sent", models.BooleanField(default=False)),
                ("certificate_id", models.UUIDField(null=True)),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="enrolments",
                        to="members.member",
                    ),
                ),
                (
                    "section",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="learning.section",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="SectionReading",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "enrolment_id",
                        "section_id",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("seconds", models.PositiveIntegerField(default=0)),
                ("opened_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("done_at", models.DateTimeField(null=True)),
                (
                    "enrolment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="readings",
                        to="learning.enrolment",
                    ),
                ),
                (
                    "section",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="learning.section",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Topic",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("slug", models.SlugField(max_length=80, unique=True)),
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
                (
                    "state",
                    models.CharField(
                        choices=[("draft", "Draf"), ("published", "Terbit")],
                        default="draft",
                        max_length=10,
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1)),
                ("pass_percent", models.PositiveSmallIntegerField(null=True)),
                ("questions_per_test", models.PositiveSmallIntegerField(null=True)),
                ("source_hash", models.CharField(blank=True, max_length=64)),
                ("minutes", models.PositiveIntegerField(default=0)),
                ("published_at", models.DateTimeField(null=True)),
                ("updated_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "categories",
                    models.ManyToManyField(related_name="+", to="question_bank.category"),
                ),
            ],
            options={
                "ordering": ["title"],
            },
        ),
        migrations.AddField(
            model_name="section",
            name="topic",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="sections",
                to="learning.topic",
            ),
        ),
        migrations.AddField(
            model_name="enrolment",
            name="topic",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="enrolments",
                to="learning.topic",
            ),
        ),
        migrations.AddConstraint(
            model_name="section",
            constraint=models.UniqueConstraint(fields=("topic", "key"), name="one_section_per_key"),
        ),
        migrations.AddIndex(
            model_name="enrolment",
            index=models.Index(fields=["topic", "step"], name="enrolment_of_topic"),
        ),
        migrations.AddConstraint(
            model_name="enrolment",
            constraint=models.UniqueConstraint(
                fields=("member", "topic"), name="one_enrolment_per_topic"
            ),
        ),
        migrations.AddConstraint(
            model_name="enrolment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("certificate_id__isnull", True), ("completed_at__isnull", True)),
                    models.Q(("certificate_id__isnull", False), ("completed_at__isnull", False)),
                    _connector="OR",
                ),
                name="completion_has_a_certificate",
            ),
        ),
    ]
