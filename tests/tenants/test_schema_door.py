"""The schema door: blocks nest and come back, threads do not meet, start-up refuses poolers."""

import threading
from typing import Any

import pytest
from django.conf import settings
from django.core.checks import Error
from django.db import connection, connections

from tenants import checks, looks, schemas
from tenants.models import Tenant


def place() -> str:
    """Return the schema that PostgreSQL itself would write to."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_schema()")
        name: str = cursor.fetchone()[0]
        return name


def test_blocks_nest_and_come_back(tenant_a: Tenant, tenant_b: Tenant) -> None:
    assert place() == "public"
    with schemas.in_tenant(tenant_a) as given:
        assert given == tenant_a == schemas.current_tenant()
        assert place() == tenant_a.schema_name
        with schemas.in_tenant(tenant_b):
            assert (place(), schemas.current_tenant()) == (tenant_b.schema_name, tenant_b)
            with schemas.in_public():
                assert place() == "public"
        assert (place(), schemas.current_tenant()) == (tenant_a.schema_name, tenant_a)
        with pytest.raises(ZeroDivisionError), schemas.in_tenant(tenant_b):
            _ = 1 / 0
        assert place() == tenant_a.schema_name
    assert place() == "public"
    with pytest.raises(LookupError):
        schemas.current_tenant()


def test_each_active_tenant_in_its_own_schema(tenant_a: Tenant, tenant_b: Tenant) -> None:
    found = schemas.for_each_tenant(lambda tenant: place())
    assert found == [(tenant_a, tenant_a.schema_name), (tenant_b, tenant_b.schema_name)]
    Tenant.objects.filter(pk=tenant_b.pk).update(state="suspended")
    assert [tenant for tenant, _ in schemas.for_each_tenant(lambda tenant: None)] == [tenant_a]
    assert place() == "public"


def test_a_request_switches_only_when_it_must(
    tenant_a: Tenant, tenant_b: Tenant, django_assert_num_queries: Any
) -> None:
    schemas.enter_for_request(tenant_a)
    assert place() == tenant_a.schema_name
    newer = Tenant.objects.get(pk=tenant_a.pk)
    schemas.enter_for_request(newer)
    with django_assert_num_queries(1):
        # The question alone, without a SET before it.
        assert place() == tenant_a.schema_name
    assert connection.tenant is newer
    schemas.enter_for_request(tenant_b)
    assert place() == tenant_b.schema_name
    schemas.enter_for_request(None)
    assert place() == "public"


def test_threads_do_not_swap_schemas(tenant_a: Tenant, tenant_b: Tenant) -> None:
    """What `with tenant:` of django-tenants gets wrong: its stack belongs to the class."""
    wrong: list[str] = []
    meet = threading.Barrier(2)

    def work(tenant: Tenant) -> None:
        try:
            for _ in range(20):
                meet.wait(10)
                with schemas.in_tenant(tenant):
                    meet.wait(10)
                    if connection.schema_name != tenant.schema_name:
                        wrong.append(connection.schema_name)
                meet.wait(10)
                if connection.schema_name != "public":
                    wrong.append(connection.schema_name)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=work, args=(tenant,)) for tenant in (tenant_a, tenant_b)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []


def test_start_up_refuses_a_pooler(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    assert checks.database_is_safe_for_tenants(databases=None) == []
    assert checks.database_is_safe_for_tenants(databases=["default"]) == []
    with monkeypatch.context() as patch:
        patch.setitem(settings.DATABASES["default"], "PORT", "6432")
        (found,) = checks.database_is_safe_for_tenants(databases=["default"])
        assert isinstance(found, Error) and found.id == "tenants.E001"
    with monkeypatch.context() as patch:
        patch.setattr(checks, "_is_pooled", lambda cursor: True)
        assert checks.database_is_safe_for_tenants(databases=["default"])[0].id == "tenants.E001"


class FakeCursor:
    """Answers like a pooler that hands out another connection for each transaction."""

    def __init__(self, *answers: tuple[Any, ...]) -> None:
        self.answers = list(answers)

    def execute(self, sql: str) -> None:
        """Take any statement."""

    def fetchone(self) -> tuple[Any, ...]:
        """Give the next answer."""
        return self.answers.pop(0)


def test_a_lost_setting_tells_a_pooler() -> None:
    assert checks._is_pooled(FakeCursor((1,), (2, "lintas-pool-probe"))) is True
    assert checks._is_pooled(FakeCursor((1,), (1, "other"))) is True
    assert checks._is_pooled(FakeCursor((1,), (1, "lintas-pool-probe"))) is False


def test_looks(tenant_a: Tenant, tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    from PIL import Image

    monkeypatch.setattr(settings, "MEDIA_ROOT", tmp_path)
    Image.new("RGB", (900, 300), "red").save(tmp_path / "a.jpg")
    looks.store_logo(tenant_a, tmp_path / "a.jpg")
    tenant_a.refresh_from_db()
    with Image.open(looks.logo_path(tenant_a.logo_sha256)) as image:
        assert (image.format, image.size) == ("PNG", (320, 107))
    before = tenant_a.logo_sha256
    looks.store_logo(tenant_a, tmp_path / "a.jpg")
    assert tenant_a.logo_sha256 == before
    assert looks.stylesheet("#0b5563") == ":root{--tenant:#0b5563}\n"
    assert looks.stylesheet_name("#0b5563") == "0b5563.css"
