"""Describes a schema completely, and compares a cloned with a migrated one.

Run as a program it does so on the empty database that DATABASE_URL names:
`python tests/tenants/schema_shape.py` prints {"major": …, "tables": …, "differences": […]}.
"""

import json
import os
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]

# Each query gives rows of texts about one schema, named by %(schema)s; its name becomes «S».
QUERIES = {
    "tables": """
        SELECT relname, relkind::text, relpersistence::text, reloptions::text, relacl::text,
               relrowsecurity::text, pg_get_userbyid(relowner)
        FROM pg_class WHERE relnamespace = %(schema)s::regnamespace
        AND relkind NOT IN ('i', 'I')""",
    "columns": """
        SELECT c.relname,
               row_number() OVER (PARTITION BY c.oid ORDER BY a.attnum)::text, a.attname,
               format_type(a.atttypid, a.atttypmod), a.attnotnull::text, a.attidentity::text,
               a.attgenerated::text, pg_get_expr(d.adbin, d.adrelid),
               a.attcollation::regcollation::text, a.attstorage::text, a.attacl::text
        FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
        LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
        WHERE c.relnamespace = %(schema)s::regnamespace AND c.relkind IN ('r', 'p', 'v', 'm')
        AND a.attnum > 0 AND NOT a.attisdropped""",
    "indexes": """
        SELECT t.relname, i.relname, pg_get_indexdef(x.indexrelid), x.indisvalid::text,
               x.indisunique::text, x.indisprimary::text, x.indisreplident::text
        FROM pg_index x
        JOIN pg_class i ON i.oid = x.indexrelid JOIN pg_class t ON t.oid = x.indrelid
        WHERE t.relnamespace = %(schema)s::regnamespace""",
    "constraints": """
        SELECT c.relname, n.conname, n.contype::text, pg_get_constraintdef(n.oid),
               n.convalidated::text, n.condeferrable::text, n.condeferred::text
        FROM pg_constraint n JOIN pg_class c ON c.oid = n.conrelid
        WHERE n.connamespace = %(schema)s::regnamespace""",
    "sequences": """
        SELECT c.relname, format_type(s.seqtypid, NULL), s.seqstart::text, s.seqincrement::text,
               s.seqmin::text, s.seqmax::text, s.seqcache::text, s.seqcycle::text,
               d.deptype::text, d.refobjid::regclass::text, a.attname
        FROM pg_sequence s JOIN pg_class c ON c.oid = s.seqrelid
        LEFT JOIN pg_depend d ON d.objid = c.oid AND d.classid = 'pg_class'::regclass
             AND d.refclassid = 'pg_class'::regclass AND d.deptype IN ('a', 'i')
        LEFT JOIN pg_attribute a ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid
        WHERE c.relnamespace = %(schema)s::regnamespace""",
    "functions": """
        SELECT proname, pg_get_functiondef(oid) FROM pg_proc
        WHERE pronamespace = %(schema)s::regnamespace AND prokind IN ('f', 'p')""",
    "triggers": """
        SELECT c.relname, t.tgname, pg_get_triggerdef(t.oid) FROM pg_trigger t
        JOIN pg_class c ON c.oid = t.tgrelid
        WHERE c.relnamespace = %(schema)s::regnamespace AND NOT t.tgisinternal""",
    "types": """
        SELECT typname, typtype::text FROM pg_type
        WHERE typnamespace = %(schema)s::regnamespace AND typtype NOT IN ('b', 'c')""",
}


def shape(cursor: Any, schema: str) -> dict[str, list[list[str]]]:
    """Return all that PostgreSQL knows of a schema's structure, its own name left out."""
    found = {}
    for kind, query in QUERIES.items():
        cursor.execute(query, {"schema": f'"{schema}"'})
        found[kind] = sorted(
            [
                str(value).replace(f'"{schema}".', "«S».").replace(f"{schema}.", "«S».")
                for value in row
            ]
            for row in cursor.fetchall()
        )
    cursor.execute(f'SELECT app, name FROM "{schema}".django_migrations ORDER BY app, name')
    found["migrations"] = [list(row) for row in cursor.fetchall()]
    return found


def rows_in(cursor: Any, schema: str) -> list[str]:
    """Return the tables of a schema that hold rows, the list of migrations left out."""
    cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = %s", [schema])
    tables = [name for (name,) in cursor.fetchall() if name != "django_migrations"]
    filled = []
    for table in tables:
        cursor.execute(f'SELECT EXISTS (SELECT FROM "{schema}"."{table}")')
        if cursor.fetchone()[0]:
            filled.append(table)
    return filled


def differences(first: dict[str, Any], second: dict[str, Any]) -> list[str]:
    """Return each line that only one of two shapes has."""
    found = []
    for kind in first:
        one, two = ({json.dumps(row) for row in shape[kind]} for shape in (first, second))
        found += [f"{kind}: only in the first: {row}" for row in sorted(one - two)]
        found += [f"{kind}: only in the second: {row}" for row in sorted(two - one)]
    return found


def main() -> None:
    """Migrate, make the template, open one schema from it and one by migrations, compare."""
    sys.path[:0] = [str(ROOT / "platform"), str(ROOT)]
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    import django
    from django.core.management import call_command
    from django.db import connection

    django.setup()
    from tenants import provisioning
    from tenants.dump import server_major

    call_command("migrate_schemas", shared=True, verbosity=0, interactive=False)
    template = provisioning.ensure_template()
    provisioning.create_schema("t_cloned")
    with connection.cursor() as cursor:
        cursor.execute("CREATE SCHEMA t_migrated")
    provisioning.migrate_schema("t_migrated")
    with connection.cursor() as cursor:
        cloned, migrated = shape(cursor, "t_cloned"), shape(cursor, "t_migrated")
        result = {
            "major": server_major(),
            "template": template is not None,
            "tables": len(cloned["tables"]),
            "rows": rows_in(cursor, "t_migrated"),
            "differences": differences(migrated, cloned),
        }
    print(json.dumps(result))


if __name__ == "__main__":
    main()
