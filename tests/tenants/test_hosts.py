"""Host names: which tenant, which schema, which answer; and what processes remember of them."""

from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client

from tenants import hosts
from tenants.models import Domain, Tenant

HOST_A = f"kanreg10.{settings.BASE_DOMAIN}"
Makes = Callable[..., Any]


def get(host: str, path: str = "/healthz-not") -> Any:
    """Ask a host for a page."""
    return Client(headers={"host": host}).get(path)


def test_a_host_is_looked_up_once(tenant_a: Tenant, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(1):
        assert [hosts.tenant_for_host(HOST_A) for _ in range(3)] == [tenant_a] * 3
    with django_assert_num_queries(0):
        found = hosts.tenant_for_host(HOST_A)
        assert found and found.agency.code == "bkn"
    with django_assert_num_queries(1):
        assert [hosts.tenant_for_host("unknown.example") for _ in range(3)] == [None] * 3


def test_a_new_host_is_seen_after_forgetting(tenant_a: Tenant) -> None:
    other = f"baru.{settings.BASE_DOMAIN}"
    assert hosts.tenant_for_host(other) is None
    Domain.objects.create(domain=other, tenant=tenant_a, is_primary=False)
    assert hosts.tenant_for_host(other) is None
    hosts.forget_hosts()
    assert hosts.tenant_for_host(other) == tenant_a
    assert hosts.tenant_url(tenant_a.pk, "/topik/").startswith(
        f"{settings.PUBLIC_SCHEME}://{HOST_A}"
    )


def test_addresses(tenant_a: Tenant, django_assert_num_queries: Any) -> None:
    port = f":{settings.PUBLIC_PORT}" if settings.PUBLIC_PORT else ""
    with django_assert_num_queries(1):
        for _ in range(2):
            assert hosts.tenant_url(tenant_a.pk, "/topik/") == (
                f"{settings.PUBLIC_SCHEME}://{HOST_A}{port}/topik/"
            )
    assert hosts.portal_url("/saya/") == f"{settings.PORTAL_URL}/saya/"


@pytest.mark.parametrize(
    ("host", "known"),
    [
        (settings.BASE_DOMAIN, True),
        (HOST_A, True),
        (HOST_A.upper(), False),
        (f"{HOST_A}:1", False),
        (f"tidak-ada.{settings.BASE_DOMAIN}", False),
        (f"{settings.BASE_DOMAIN}.evil.example", False),
        (f"evil{settings.BASE_DOMAIN}", False),
        (f"{settings.BASE_DOMAIN}@evil.example", False),
        (f"{settings.BASE_DOMAIN}:80@evil.example", False),
        (f"evil.example/{settings.BASE_DOMAIN}", False),
        (f"{settings.BASE_DOMAIN}\\.evil.example", False),
        ("", False),
        ("evil.example", False),
    ],
)
def test_only_our_hosts_are_safe_to_redirect_to(tenant_a: Tenant, host: str, known: bool) -> None:
    assert hosts.is_known_host(host) is known
    if known and settings.PUBLIC_PORT:
        assert hosts.is_known_host(f"{host}:{settings.PUBLIC_PORT}")


@pytest.mark.parametrize(
    "host", [f"tidak-ada.{settings.BASE_DOMAIN}", f"a.b.{settings.BASE_DOMAIN}"]
)
def test_an_unknown_host_is_404(db: None, host: str) -> None:
    answer = get(host, "/")
    assert answer.status_code == 404
    assert b"<html" in answer.content
    assert connection.schema_name == "public"


@pytest.mark.parametrize("host", ["evil.example", f"{settings.BASE_DOMAIN}.evil.example", "a_b!c"])
def test_a_foreign_host_is_404_without_a_page(db: None, host: str) -> None:
    answer = get(host, "/")
    assert (answer.status_code, answer.content) == (404, b"Unknown host.")


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "localhost:8000", "LOCALHOST"])
def test_bare_localhost_leads_to_the_portal(db: None, host: str) -> None:
    answer = get(host, "/katalog/?q=cuti%20besar")
    assert answer.status_code == 302
    assert answer["Location"] == f"{settings.PORTAL_URL}/katalog/?q=cuti%20besar"
    # Not an open redirect: what stands in the path cannot become a host.
    assert get(host, "//evil.example/")["Location"].startswith(f"{settings.PORTAL_URL}/")


@pytest.mark.parametrize(
    "change",
    [{"schema_state": "older"}, {"state": "opening"}, {"state": "suspended"}, {"schema_state": ""}],
)
def test_a_tenant_that_is_not_ready_is_503(tenant_a: Tenant, change: dict[str, str]) -> None:
    Tenant.objects.filter(pk=tenant_a.pk).update(**change)
    answer = get(HOST_A, "/")
    assert answer.status_code == 503
    assert answer["Retry-After"] == "60"
    assert connection.schema_name == "public"


def test_the_schema_follows_the_host(tenant_a: Tenant, tenant_b: Tenant) -> None:
    """One connection serves many hosts one after the other, and never keeps the last schema."""
    seen = []
    for tenant in (tenant_a, tenant_b, None, tenant_b, tenant_a):
        host = f"{tenant.code}.{settings.BASE_DOMAIN}" if tenant else settings.BASE_DOMAIN
        assert get(host).status_code == 404
        with connection.cursor() as cursor:
            cursor.execute("SELECT current_schema()")
            seen.append(cursor.fetchone()[0])
    assert seen == [
        tenant_a.schema_name, tenant_b.schema_name, "public", tenant_b.schema_name,
        tenant_a.schema_name,
    ]  # fmt: skip


def test_a_tenant_has_its_own_addresses(tenant_a: Tenant) -> None:
    assert get(HOST_A, "/akun/masuk/").status_code == 404
    assert get(settings.BASE_DOMAIN, "/kelola/").status_code == 404
