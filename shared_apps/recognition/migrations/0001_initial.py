"""Recognition: rules, the partitioned ledger, totals and certificates."""

import uuid

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import shared_apps.recognition.models
from toolkit.append_only import refuse_changes

TABLE = """
CREATE TABLE recognition_ledgerentry (
    account_id uuid NOT NULL,
    year smallint NOT NULL,
    id uuid NOT NULL,
    tenant_id bigint NOT NULL,
    kind varchar(12) NOT NULL,
    uuid uuid NOT NULL,
    revision smallint NOT NULL CHECK (revision >= 0),
    answers uuid,
    form varchar(4) NOT NULL,
    scope varchar(6) NOT NULL,
    rule_set varchar(40) NOT NULL,
    title varchar(200) NOT NULL,
    jp_claimed numeric(9, 2) NOT NULL,
    jp_computed numeric(9, 2) NOT NULL,
    jp_printed numeric(9, 2) NOT NULL,
    jp_credited numeric(9, 2) NOT NULL,
    cap_reason varchar(40) NOT NULL,
    agency_id bigint NOT NULL,
    completed_on date NOT NULL,
    recorded_at timestamptz NOT NULL,
    PRIMARY KEY (account_id, year, id),
    CONSTRAINT one_ledger_row_per_revision
        UNIQUE (account_id, year, tenant_id, kind, uuid, revision)
) PARTITION BY RANGE (year);
CREATE TABLE recognition_ledgerentry_other PARTITION OF recognition_ledgerentry DEFAULT;
"""

# The table is partitioned and append-only, which Django's schema editor cannot express.
LEDGER = migrations.SeparateDatabaseAndState(
    database_operations=[
        migrations.RunSQL(TABLE, "DROP TABLE recognition_ledgerentry"),
        migrations.RunSQL(
            refuse_changes("recognition_ledgerentry", "recognition_ledgerentry_other"),
            migrations.RunSQL.noop,
        ),
    ],
    state_operations=[
        migrations.CreateModel(
            name="LedgerEntry",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "account_id",
                        "year",
                        "id",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("year", models.SmallIntegerField()),
                ("id", models.UUIDField(default=uuid.uuid4)),
                ("kind", models.CharField(choices=[("topic", "Topik")], max_length=12)),
                ("uuid", models.UUIDField()),
                ("revision", models.PositiveSmallIntegerField(default=0)),
                ("answers", models.UUIDField(null=True)),
                ("form", models.CharField(choices=[("C3", "E-learning")], max_length=4)),
                (
                    "scope",
                    models.CharField(
                        choices=[("home", "Dalam negeri"), ("abroad", "Luar negeri")], max_length=6
                    ),
                ),
                ("rule_set", models.CharField(max_length=40)),
                ("title", models.CharField(max_length=200)),
                (
                    "jp_claimed",
                    shared_apps.recognition.models.JpField(decimal_places=2, max_digits=9),
                ),
                (
                    "jp_computed",
                    shared_apps.recognition.models.JpField(decimal_places=2, max_digits=9),
                ),
                (
                    "jp_printed",
                    shared_apps.recognition.models.JpField(decimal_places=2, max_digits=9),
                ),
                (
                    "jp_credited",
                    shared_apps.recognition.models.JpField(decimal_places=2, max_digits=9),
                ),
                ("cap_reason", models.CharField(blank=True, max_length=40)),
                ("completed_on", models.DateField()),
                ("recorded_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "account",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "agency",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="tenants.agency",
                    ),
                ),
                (
                    "tenant",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="tenants.tenant",
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="ledgerentry",
            constraint=models.UniqueConstraint(
                fields=("account", "year", "tenant", "kind", "uuid", "revision"),
                name="one_ledger_row_per_revision",
            ),
        ),
    ],
)


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("tenants", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="RuleSet",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=40, unique=True)),
                ("name", models.CharField(max_length=160)),
                ("valid_from", models.DateField()),
                ("valid_to", models.DateField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="Certificate",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("code", models.CharField(max_length=16, unique=True)),
                ("kind", models.CharField(choices=[("topic", "Topik")], max_length=12)),
                ("uuid", models.UUIDField()),
                ("year", models.SmallIntegerField()),
                ("number", models.CharField(max_length=80)),
                ("holder_name", models.CharField(max_length=120)),
                ("holder_number", models.CharField(blank=True, max_length=18)),
                ("holder_number_kind", models.CharField(blank=True, max_length=8)),
                ("holder_agency", models.CharField(max_length=200)),
                ("title", models.CharField(max_length=200)),
                ("form", models.CharField(choices=[("C3", "E-learning")], max_length=4)),
                ("jp", shared_apps.recognition.models.JpField(decimal_places=2, max_digits=9)),
                ("started_on", models.DateField()),
                ("completed_on", models.DateField()),
                ("issued_at", models.DateTimeField()),
                ("issued_on", models.DateField()),
                ("right", models.PositiveSmallIntegerField()),
                ("total", models.PositiveSmallIntegerField()),
                ("curriculum", models.JSONField(default=list)),
                ("provider_name", models.CharField(max_length=120)),
                ("provider_agency", models.CharField(max_length=200)),
                ("signer_name", models.CharField(blank=True, max_length=120)),
                ("signer_position", models.CharField(blank=True, max_length=160)),
                ("place", models.CharField(blank=True, max_length=60)),
                ("colour", models.CharField(max_length=7)),
                ("logo_sha256", models.CharField(blank=True, max_length=64)),
                ("released", models.BooleanField(default=False)),
                ("revoked_at", models.DateTimeField(null=True)),
                ("revoked_reason", models.CharField(blank=True, max_length=300)),
                (
                    "account",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="certificates",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "revoked_by",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "tenant",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="tenants.tenant",
                    ),
                ),
            ],
        ),
        LEDGER,
        migrations.CreateModel(
            name="NumberCounter",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("year", models.SmallIntegerField()),
                ("last", models.IntegerField(default=0)),
                (
                    "tenant",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="tenants.tenant",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="PersonTotal",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("period_start", models.DateField()),
                ("period_end", models.DateField()),
                (
                    "agency",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="tenants.agency",
                    ),
                ),
                ("confirmed", models.BooleanField(default=False)),
                ("kind", models.CharField(blank=True, max_length=8)),
                (
                    "jp_credited",
                    shared_apps.recognition.models.JpField(
                        decimal_places=2, default=0, max_digits=9
                    ),
                ),
                (
                    "jp_printed",
                    shared_apps.recognition.models.JpField(
                        decimal_places=2, default=0, max_digits=9
                    ),
                ),
                ("certificates", models.IntegerField(default=0)),
                ("met", models.BooleanField(default=False)),
                (
                    "account",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="RecognisedSource",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("kind", models.CharField(choices=[("topic", "Topik")], max_length=12)),
                ("uuid", models.UUIDField()),
                ("year", models.SmallIntegerField()),
                (
                    "account",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "tenant",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="tenants.tenant",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Rendition",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("sha256", models.CharField(max_length=64, unique=True)),
                ("renderer", models.CharField(max_length=40)),
                ("size", models.PositiveIntegerField()),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "certificate",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="renditions",
                        to="recognition.certificate",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="FormRule",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("form", models.CharField(choices=[("C3", "E-learning")], max_length=4)),
                (
                    "scope",
                    models.CharField(
                        choices=[("home", "Dalam negeri"), ("abroad", "Luar negeri")], max_length=6
                    ),
                ),
                ("unit", models.CharField(choices=[("programme", "JP program")], max_length=10)),
                ("multiplier", models.DecimalField(decimal_places=2, default=1, max_digits=5)),
                (
                    "cap_per_day",
                    shared_apps.recognition.models.JpField(
                        decimal_places=2, max_digits=9, null=True
                    ),
                ),
                (
                    "cap_mode",
                    models.CharField(
                        choices=[
                            ("off", "Tidak dibatasi"),
                            ("flag", "Ditandai"),
                            ("truncate", "Dipotong"),
                        ],
                        default="off",
                        max_length=8,
                    ),
                ),
                (
                    "rule_set",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="forms",
                        to="recognition.ruleset",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="TenantTotal",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("shard", models.PositiveSmallIntegerField()),
                ("people", models.IntegerField(default=0)),
                ("certificates", models.IntegerField(default=0)),
                (
                    "jp_printed",
                    shared_apps.recognition.models.JpField(
                        decimal_places=2, default=0, max_digits=9
                    ),
                ),
                (
                    "tenant",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="tenants.tenant",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="AgencyTotal",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("year", models.SmallIntegerField()),
                ("confirmed", models.BooleanField()),
                ("shard", models.PositiveSmallIntegerField()),
                (
                    "jp_credited",
                    shared_apps.recognition.models.JpField(
                        decimal_places=2, default=0, max_digits=9
                    ),
                ),
                ("certificates", models.IntegerField(default=0)),
                ("learners", models.IntegerField(default=0)),
                ("met", models.IntegerField(default=0)),
                (
                    "agency",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="tenants.agency",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("agency", "year", "confirmed", "shard"),
                        name="one_agency_total_per_shard",
                    )
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="certificate",
            constraint=models.UniqueConstraint(
                fields=("tenant", "number"), name="one_number_per_tenant"
            ),
        ),
        migrations.AddConstraint(
            model_name="certificate",
            constraint=models.UniqueConstraint(
                condition=models.Q(("revoked_at__isnull", True)),
                fields=("account", "tenant", "kind", "uuid"),
                name="one_valid_certificate_per_source",
            ),
        ),
        migrations.AddConstraint(
            model_name="certificate",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("revoked_at__isnull", True), ("revoked_reason", "")),
                    models.Q(
                        ("revoked_at__isnull", False),
                        models.Q(("revoked_reason", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="revocation_has_a_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="numbercounter",
            constraint=models.UniqueConstraint(
                fields=("tenant", "year"), name="one_counter_per_year"
            ),
        ),
        migrations.AddConstraint(
            model_name="persontotal",
            constraint=models.UniqueConstraint(
                fields=("account", "period_start"), name="one_total_per_duty_period"
            ),
        ),
        migrations.AddConstraint(
            model_name="recognisedsource",
            constraint=models.UniqueConstraint(
                fields=("account", "tenant", "kind", "uuid"), name="one_year_per_source"
            ),
        ),
        migrations.AddConstraint(
            model_name="formrule",
            constraint=models.UniqueConstraint(
                fields=("rule_set", "form", "scope"), name="one_rule_per_form"
            ),
        ),
        migrations.AddConstraint(
            model_name="tenanttotal",
            constraint=models.UniqueConstraint(
                fields=("tenant", "shard"), name="one_tenant_total_per_shard"
            ),
        ),
    ]
