from django.db import migrations, models
from django.db.models import F


def take_over(apps, schema_editor):
    """What the register said so far is what it says apart from relations."""
    regulation = apps.get_model("regulations", "Regulation")
    regulation.objects.update(own_status=F("status"), look_from=F("change"))


STATUS = [
    ("unknown", "Belum diperiksa"),
    ("in_force", "Berlaku"),
    ("amended", "Diubah"),
    ("partly", "Dicabut sebagian"),
    ("revoked", "Dicabut"),
]


class Migration(migrations.Migration):
    dependencies = [("regulations", "0001_initial")]

    operations = [
        migrations.AddField(
            "regulation",
            "own_status",
            models.CharField(choices=STATUS, db_default="unknown", default="unknown", max_length=8),
        ),
        migrations.AddField("regulation", "checked_at", models.DateTimeField(null=True)),
        migrations.AddField("regulation", "checked_by", models.UUIDField(null=True)),
        migrations.AddField(
            "regulation", "look_from", models.PositiveIntegerField(db_default=0, default=0)
        ),
        migrations.AddField("relation", "made_change", models.PositiveIntegerField(null=True)),
        migrations.AddField("relation", "look_before", models.PositiveIntegerField(null=True)),
        migrations.RunPython(take_over, migrations.RunPython.noop),
    ]
