"""The shape of the database: relations, places of tables, migrations; with planted faults."""

import pytest
from django.apps import apps
from django.conf import settings
from django.db import models
from django.db.migrations.state import ProjectState
from django.test.utils import isolate_apps

from tenants.placement import PLACEMENT
from tests.architecture import database


def test_relations_follow_the_schemas() -> None:
    found = database.all_models()
    assert len(found) > 25
    assert database.wrong_relations(found) == []
    assert database.models_without_pk(found) == []


def _plant(module: str, app_label: str, to: object) -> type[models.Model]:
    """Return a model that looks as if it stood in `module` and points at `to`."""
    meta = type("Meta", (), {"app_label": app_label})
    return type(
        "Planted",
        (models.Model,),
        {
            "__module__": module,
            "Meta": meta,
            "thing": models.ForeignKey(to, on_delete=models.PROTECT, related_name="+"),
        },
    )


@pytest.mark.parametrize(
    ("module", "app_label", "target", "part"),
    [
        ("shared_apps.audit.models", "audit", "members.Member", "shared table points at"),
        ("tenants.models", "tenants", "learning.Topic", "shared table points at"),
        ("tenant_apps.files.models", "files", "accounts.Account", "only members.Member"),
        ("tenant_apps.files.models", "files", "tenants.Agency", "not open to tenant tables"),
        ("tenant_apps.files.models", "files", "catalog.Entry", "not open to tenant tables"),
    ],
)
def test_planted_relation(module: str, app_label: str, target: str, part: str) -> None:
    with isolate_apps("shared_apps.audit", "tenant_apps.files", "tenants"):
        planted = _plant(module, app_label, apps.get_model(target))
        (fault,) = database.wrong_relations([planted])
    assert part in fault and "Planted.thing" in fault


def test_a_tenant_table_may_point_at_the_member() -> None:
    with isolate_apps("tenant_apps.files"):
        planted = _plant("tenant_apps.files.models", "files", apps.get_model("members.Member"))
        assert database.wrong_relations([planted]) == []


def test_a_small_key_is_named() -> None:
    with isolate_apps("shared_apps.audit"):
        meta = type("Meta", (), {"app_label": "audit"})
        body = {
            "__module__": "shared_apps.audit.models",
            "Meta": meta,
            "id": models.AutoField(primary_key=True),
        }
        small = type("Small", (models.Model,), body)
        assert database.models_without_pk([small]) == ["audit.Small"]


def test_apps_of_tenants_and_shared_apps_are_installed_where_they_belong() -> None:
    assert not [app for app in settings.SHARED_APPS if app.startswith("tenant_apps.")]
    assert not [app for app in settings.TENANT_APPS if app.startswith(("shared_apps.", "tenants"))]
    both = set(settings.SHARED_APPS) & set(settings.TENANT_APPS)
    assert both == {"guardian"}


def test_every_shared_table_has_a_place(db: None) -> None:
    tables = database.public_tables()
    modelled = {
        model._meta.db_table
        for model in database.all_models()
        if not model.__module__.startswith("tenant_apps.") and not model._meta.proxy
    }
    assert modelled <= tables
    assert database.placement_faults(tables, PLACEMENT) == []
    assert database.reference_faults(PLACEMENT, database.shared_targets()) == []


def test_planted_table_without_a_place() -> None:
    faults = database.placement_faults({"a", "b"}, {"b": "local", "c": "local"})
    assert faults == ["a: no place", "c: no such table"]
    assert database.placement_faults({"a"}, {"a": "somewhere"}) == ["a: somewhere?"]
    assert database.reference_faults({"a": "local", "b": "reference"}, {"a", "b"}) == ["a"]


def test_migrations_are_complete() -> None:
    assert database.missing_migrations(ProjectState.from_apps(apps)) == {}


def test_planted_missing_migration() -> None:
    wanted = ProjectState.from_apps(apps)
    wanted.models["members", "member"].fields["nickname"] = models.CharField(
        max_length=9, default=""
    )
    assert database.missing_migrations(wanted) == {"members": ["Add field nickname to member"]}
