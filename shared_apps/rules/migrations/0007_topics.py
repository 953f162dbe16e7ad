"""Review of topics, sizes of files and the hosts whose videos may be shown."""

import datetime

from django.db import migrations

START = datetime.date(2018, 1, 1)
DEFAULTS = [
    ("topic.review_required", False, "product default: who may publish needs no second person"),
    ("files.image_mb", 5, "product default"),
    ("files.pdf_mb", 20, "product default"),
    ("files.pdf_pages", 150, "product default: more pages are better given as a book"),
    ("files.video_mb", 200, "product default: about 15 minutes at the quality of a phone"),
    ("files.tenant_gb", 20, "product default: all files of one tenant together"),
    (
        "video.hosts",
        ["www.youtube-nocookie.com", "player.vimeo.com"],
        "product default: players that work without cookies of their own",
    ),
]


def add_defaults(apps, schema_editor):
    """Add one value for each key."""
    value = apps.get_model("rules", "Value")
    value.objects.bulk_create(
        value(key=key, value=default, valid_from=START, source=source)
        for key, default, source in DEFAULTS
    )


class Migration(migrations.Migration):
    """Data only."""

    dependencies = [("rules", "0006_questions")]
    operations = [migrations.RunPython(add_defaults, migrations.RunPython.noop)]
