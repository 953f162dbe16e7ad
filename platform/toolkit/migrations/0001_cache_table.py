"""Table of the shared cache (django.core.cache.backends.db)."""

from django.db import migrations


class Migration(migrations.Migration):
    """Same columns as `createcachetable`; unlogged, since a cache may be lost."""

    dependencies: list[tuple[str, str]] = []
    operations = [
        migrations.RunSQL(
            """
            CREATE UNLOGGED TABLE toolkit_cache (
                cache_key varchar(255) PRIMARY KEY,
                value text NOT NULL,
                expires timestamptz NOT NULL
            );
            CREATE INDEX toolkit_cache_expires ON toolkit_cache (expires);
            """,
            "DROP TABLE toolkit_cache",
        )
    ]
