"""Guards that read the models: who points at whom, where tables live, complete migrations."""

from collections.abc import Iterable

from django.apps import apps
from django.conf import settings
from django.db import connection, models
from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ProjectState
from django.utils import translation

OWN = ("tenants", "toolkit", "shared_apps", "tenant_apps")
# The one table of a tenant that points at the national account.
LINK_TO_ACCOUNT = "members.Member"
# Shared tables that any tenant table may point at: small and never deleted from.
REFERENCES: set[str] = {"regulations.Regulation"}


def _is_own(model: type[models.Model]) -> bool:
    return model.__module__.split(".")[0] in OWN


def _is_tenant_model(model: type[models.Model]) -> bool:
    return model.__module__.startswith("tenant_apps.")


def wrong_relations(checked: Iterable[type[models.Model]]) -> list[str]:
    """Name each foreign key and many-to-many that the schemas of tenants do not allow."""
    faults = []
    for model in checked:
        if not _is_own(model):
            continue
        for field in (*model._meta.local_fields, *model._meta.local_many_to_many):
            target = field.related_model
            if target is None or isinstance(target, str):
                continue
            name, other = f"{model._meta.label}.{field.name}", target._meta.label
            if not _is_tenant_model(model):
                if _is_tenant_model(target):
                    faults.append(f"{name}: shared table points at tenant table {other}")
            elif not _is_tenant_model(target) and other not in REFERENCES:
                if other == settings.AUTH_USER_MODEL:
                    if model._meta.label != LINK_TO_ACCOUNT:
                        faults.append(f"{name}: only {LINK_TO_ACCOUNT} points at the account")
                else:
                    faults.append(f"{name}: {other} is not open to tenant tables")
    return faults


def all_models() -> list[type[models.Model]]:
    """Return every model, those made for many-to-many relations included."""
    return list(apps.get_models(include_auto_created=True))


def public_tables() -> set[str]:
    """Return the names of the tables in the public schema; partitions count as their parent."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace "
            "AND relkind IN ('r', 'p') AND NOT relispartition"
        )
        return {name for (name,) in cursor.fetchall()}


def placement_faults(tables: set[str], placement: dict[str, str]) -> list[str]:
    """Name tables without a place, places without a table and unknown kinds of place."""
    kinds = {"reference", "distributed", "local"}
    return sorted(
        [f"{name}: no place" for name in tables - set(placement)]
        + [f"{name}: no such table" for name in set(placement) - tables]
        + [f"{name}: {kind}?" for name, kind in placement.items() if kind not in kinds]
    )


def reference_faults(placement: dict[str, str], targets: set[str]) -> list[str]:
    """Name shared tables that tenant tables point at although they are not copied everywhere."""
    return sorted(name for name in targets if placement.get(name) != "reference")


def shared_targets() -> set[str]:
    """Return the public tables that tables of tenant apps point at."""
    return {
        field.related_model._meta.db_table
        for model in all_models()
        if _is_tenant_model(model)
        for field in model._meta.local_fields
        if isinstance(field.related_model, type) and not _is_tenant_model(field.related_model)
    }


def missing_migrations(wanted: ProjectState) -> dict[str, list[str]]:
    """Return by app what the migrations on disk lack of the wanted state."""
    loader = MigrationLoader(None, ignore_no_migrations=True)
    # Migrations hold the untranslated names of things.
    with translation.override(None):
        found = MigrationAutodetector(loader.project_state(), wanted)
        changes = found.changes(graph=loader.graph)
    return {
        app: [operation.describe() for each in found for operation in each.operations]
        for app, found in changes.items()
    }


def models_without_pk(checked: Iterable[type[models.Model]]) -> list[str]:
    """Name own models whose key is neither uuid, composite, natural nor a big integer."""
    small = (models.AutoField, models.SmallAutoField)
    return [
        model._meta.label
        for model in checked
        if _is_own(model)
        and isinstance(model._meta.pk, small)
        and not isinstance(model._meta.pk, models.BigAutoField)
    ]
