"""Start-up checks on the database that tenancy depends on."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register
from django.db import connection


@register(Tags.database)
def database_is_safe_for_tenants(databases: Any = None, **_: Any) -> list[CheckMessage]:
    """Refuse a pooler in transaction mode and warn about a superuser role.

    A pooler that hands out another connection per transaction loses `search_path` silently and
    reads another tenant's rows; a superuser passes every REVOKE that guards the ledger.
    """
    if not databases:
        return []
    found: list[CheckMessage] = []
    port = str(settings.DATABASES["default"].get("PORT", ""))
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user")
        if cursor.fetchone()[0]:
            found.append(
                Warning(
                    "The application's database role is a superuser, so PostgreSQL does not "
                    "guard the ledger.",
                    hint="Use a role made with NOSUPERUSER that owns the database.",
                    id="tenants.W001",
                )
            )
        if port == "6432" or _is_pooled(cursor):
            found.append(
                Error(
                    "DATABASE_URL leads to a connection pooler; schemas would be mixed up.",
                    hint="Connect to PostgreSQL directly, or pool in session mode on another port.",
                    id="tenants.E001",
                )
            )
    return found


def _is_pooled(cursor: Any) -> bool:
    """Say whether a session setting is lost between two transactions."""
    cursor.execute("SET application_name = 'lintas-pool-probe'")
    cursor.execute("SELECT pg_backend_pid()")
    first = cursor.fetchone()[0]
    cursor.execute("SELECT pg_backend_pid(), current_setting('application_name')")
    second, name = cursor.fetchone()
    return bool(first != second or name != "lintas-pool-probe")
