"""Opens tenants: a schema cloned from stored DDL, or migrated where none fits.

The template is a schema migrated once per deploy, dumped with the server's own `pg_dump` and
dropped again; a clone of its DDL takes a tenth of the time of the migrations.
"""

import hashlib
import re
import secrets
from functools import lru_cache

from django.conf import settings
from django.core.management import call_command
from django.db import connection, transaction
from django.db.migrations.loader import MigrationLoader
from django.utils.translation import gettext as _
from psycopg2 import errorcodes

from tenants import hosts, schemas
from tenants.choices import TenantState
from tenants.dump import dump_schema_ddl, server_major
from tenants.errors import InvalidTenant, TenantExists
from tenants.models import Agency, Domain, SchemaTemplate, Tenant

CODE = re.compile(r"[a-z][a-z0-9-]{1,38}[a-z0-9]")
HOST = re.compile(r"(?=.{4,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,}")
COLOUR = re.compile(r"#[0-9a-f]{6}")


def _tenant_app_labels() -> set[str]:
    return {name.rsplit(".", 1)[-1] for name in settings.TENANT_APPS}


@lru_cache(maxsize=1)
def tenant_migrations() -> tuple[tuple[str, str], ...]:
    """Return (app, name) of every migration on disk that a tenant schema needs, in order."""
    loader = MigrationLoader(None, ignore_no_migrations=True)
    labels = _tenant_app_labels()
    return tuple(sorted(key for key in loader.disk_migrations if key[0] in labels))


@lru_cache(maxsize=1)
def current_fingerprint() -> str:
    """Return the fingerprint of the tenant migrations on disk (64 hex digits)."""
    text = "\n".join(f"{app}.{name}" for app, name in tenant_migrations())
    return hashlib.sha256(text.encode()).hexdigest()


def ready_warnings() -> list[str]:
    """Return operator warnings on tenants whose schema is behind the code or half open."""
    behind = (
        Tenant.objects.exclude(state=TenantState.SUSPENDED)
        .exclude(schema_state=current_fingerprint(), state=TenantState.ACTIVE)
        .count()
    )
    return [f"{behind} tenant(s) are not ready: run `manage.py upgrade_schemas`"] if behind else []


def migrate_schema(schema_name: str) -> None:
    """Bring one schema to the code's migrations with Django's own command, quietly."""
    call_command("migrate_schemas", schema_name=schema_name, verbosity=0, interactive=False)


def ensure_template() -> SchemaTemplate | None:
    """Return the stored template of the current state, making it when missing.

    Returns None where no `pg_dump` of the server's own version exists: tenants are then opened
    by migrations.
    """
    major = server_major()
    found = SchemaTemplate.objects.filter(
        fingerprint=current_fingerprint(), server_major=major
    ).first()
    if found:
        return found
    # Nobody can guess the name, so no request can ever be led to the half-made schema.
    name = f"template_{secrets.token_hex(12)}"
    try:
        with connection.cursor() as cursor:
            cursor.execute(f'CREATE SCHEMA "{name}"')
        migrate_schema(name)
        with schemas.in_schema(name), connection.cursor() as cursor:
            cursor.execute("SELECT app, name FROM django_migrations ORDER BY id")
            migrations = [list(row) for row in cursor.fetchall()]
        ddl = dump_schema_ddl(name)
    finally:
        with schemas.in_public(), connection.cursor() as cursor:
            cursor.execute(f'DROP SCHEMA IF EXISTS "{name}" CASCADE')
    if ddl is None:
        return None
    return SchemaTemplate.objects.create(
        fingerprint=current_fingerprint(),
        server_major=major,
        ddl=ddl.replace(name, "{schema}"),
        migrations=migrations,
    )


def _clone(template: SchemaTemplate, schema_name: str) -> None:
    """Make the schema from the template in one short transaction on a connection of its own."""
    own = connection.copy()
    try:
        with own.cursor() as cursor:
            own.set_autocommit(False)
            cursor.execute("SET LOCAL lock_timeout = '5s'")
            cursor.execute(f'CREATE SCHEMA "{schema_name}"')
            # No parameters: psycopg2 then leaves the percent signs of the DDL alone.
            cursor.execute(template.ddl.replace("{schema}", schema_name))
            rows = ", ".join(["(%s, %s, now())"] * len(template.migrations))
            cursor.execute(
                f'INSERT INTO "{schema_name}".django_migrations (app, name, applied) VALUES {rows}',
                [value for row in template.migrations for value in row],
            )
            own.commit()
    finally:
        own.close()


def create_schema(schema_name: str) -> None:
    """Make an empty tenant schema at the current migration state; drops a half-made one."""
    with connection.cursor() as cursor:
        cursor.execute(f'DROP SCHEMA IF EXISTS "{schema_name}" CASCADE')
    template = ensure_template()
    if template is None:
        with connection.cursor() as cursor:
            cursor.execute(f'CREATE SCHEMA "{schema_name}"')
        migrate_schema(schema_name)
        return
    for attempt in range(3):
        try:
            _clone(template, schema_name)
            return
        except Exception as error:
            code = getattr(error.__cause__, "pgcode", None)
            if code != errorcodes.LOCK_NOT_AVAILABLE or attempt == 2:
                raise


def open_tenant(
    *,
    code: str,
    name: str,
    agency: Agency,
    domain: str,
    oversees: bool = False,
    tagline: str = "",
    colour: str = "#0b5563",
    time_zone: str = "Asia/Jakarta",
    signer_name: str = "",
    signer_position: str = "",
    place: str = "",
) -> Tenant:
    """Open a tenant: its row, its host name and its schema; safe to repeat after a failure.

    Raises InvalidTenant for an unusable code, host or colour and TenantExists when an active
    tenant has the code or any tenant has the host name.
    """
    domain = domain.lower().strip()
    if not CODE.fullmatch(code):
        raise InvalidTenant(
            _(
                "Kode penyelenggara berisi 3–40 huruf kecil, angka, atau tanda hubung: {code}"
            ).format(code=code),
            field="code",
        )
    if domain == settings.BASE_DOMAIN or not HOST.fullmatch(domain):
        raise InvalidTenant(
            _("Nama host tidak dapat dipakai: {domain}").format(domain=domain), field="domain"
        )
    if not COLOUR.fullmatch(colour):
        raise InvalidTenant(_("Warna ditulis seperti #0b5563."), field="colour")
    with transaction.atomic():
        tenant = Tenant.objects.select_for_update().filter(code=code).first()
        if tenant and tenant.state != TenantState.OPENING:
            raise TenantExists(_("Kode {code} sudah dipakai.").format(code=code), field="code")
        if Domain.objects.filter(domain=domain).exclude(tenant=tenant).exists():
            raise TenantExists(
                _("Nama host {domain} sudah dipakai.").format(domain=domain), field="domain"
            )
        if tenant is None:
            tenant = Tenant(code=code, schema_name="t_" + code.replace("-", "_"))
        tenant.name = name
        tenant.agency = agency
        tenant.oversees = oversees
        tenant.tagline = tagline
        tenant.colour = colour
        tenant.time_zone = time_zone
        tenant.signer_name = signer_name
        tenant.signer_position = signer_position
        tenant.place = place
        tenant.save()
        Domain.objects.update_or_create(
            domain=domain, defaults={"tenant": tenant, "is_primary": True}
        )
    # A crash from here on leaves the state `opening`; repeating the call starts the schema anew.
    create_schema(tenant.schema_name)
    tenant.state = TenantState.ACTIVE
    tenant.schema_state = current_fingerprint()
    tenant.save(update_fields=["state", "schema_state"])
    hosts.forget_hosts()
    return tenant


def upgrade_tenant(tenant: Tenant) -> bool:
    """Migrate one tenant's schema if it is behind; returns whether there was anything to do."""
    if tenant.state == TenantState.OPENING or tenant.schema_state == current_fingerprint():
        return False
    migrate_schema(tenant.schema_name)
    tenant.schema_state = current_fingerprint()
    tenant.save(update_fields=["schema_state"])
    return True
