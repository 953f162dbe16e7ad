"""Roles per tenant, and the one place that enforces the rule of each view."""

from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured, PermissionDenied
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from django.utils.functional import SimpleLazyObject

from shared_apps.access.context import page_frame
from shared_apps.access.errors import UnknownRole
from shared_apps.access.middleware import ViewRuleMiddleware, sign_in_url
from shared_apps.access.models import RoleAssignment
from shared_apps.access.selectors import permissions_of
from shared_apps.access.services import grant_role, withdraw_role
from shared_apps.audit.models import Event
from tenants.models import Tenant
from tenants.schemas import in_tenant
from toolkit.access_rules import needs, public, signed_in

Makes = Callable[..., Any]


def test_roles_hold_at_their_tenant_only(make_account: Makes, tenant_a: Any, tenant_b: Any) -> None:
    account = make_account()
    grant_role(account=account, tenant=tenant_a, role="manager", by=None)
    grant_role(account=account, tenant=tenant_a, role="manager", by=None)
    assert RoleAssignment.objects.count() == 1
    assert Event.objects.filter(verb="role.granted").count() == 1
    assert "identity.confirm" in permissions_of(account, tenant_a)
    assert permissions_of(account, tenant_b) == permissions_of(account, None) == frozenset()
    with in_tenant(tenant_a):
        assert account.has_perm("identity.confirm")
    with in_tenant(tenant_b):
        assert not account.has_perm("identity.confirm")
    assert not account.has_perm("identity.confirm")


def test_withdrawn_role_is_gone(make_account: Makes, tenant_a: Any) -> None:
    account = make_account()
    grant_role(account=account, tenant=tenant_a, role="author", by=None)
    withdraw_role(account=account, tenant=tenant_a, role="author", by=None)
    withdraw_role(account=account, tenant=tenant_a, role="author", by=None)
    assert permissions_of(account, tenant_a) == frozenset()
    assert Event.objects.filter(verb="role.withdrawn").count() == 1


def test_overseer_holds_on_the_portal_for_tenants_that_oversee(
    make_account: Makes, tenant_a: Any
) -> None:
    account = make_account()
    with pytest.raises(UnknownRole):
        grant_role(account=account, tenant=tenant_a, role="overseer", by=None)
    with pytest.raises(UnknownRole):
        grant_role(account=account, tenant=tenant_a, role="raja", by=None)
    Tenant.objects.filter(pk=tenant_a.pk).update(oversees=True)
    tenant_a.refresh_from_db()
    grant_role(account=account, tenant=tenant_a, role="overseer", by=None)
    assert "national.view" in permissions_of(account, None)
    assert "national.view" not in permissions_of(account, tenant_a)


def test_closed_account_may_nothing(make_account: Makes, tenant_a: Any) -> None:
    account = make_account()
    grant_role(account=account, tenant=tenant_a, role="manager", by=None)
    account.is_active = False
    assert permissions_of(account, tenant_a) == frozenset()
    assert permissions_of(None, tenant_a) == frozenset()


def view_of(rule: Any) -> Any:
    def view(request: HttpRequest) -> HttpResponse:
        return HttpResponse("ok")

    return rule(view) if rule else view


def check(rule: Any, user: Any, tenant: Any = None) -> HttpResponse | None:
    request: Any = RequestFactory(headers={"host": settings.BASE_DOMAIN}).get("/kelola/?a=1")
    request.user = user
    request.tenant = tenant
    return ViewRuleMiddleware(lambda request: HttpResponse()).process_view(
        request, view_of(rule), (), {}
    )


def test_rules_of_views(make_account: Makes, tenant_a: Any) -> None:
    from django.contrib.auth.models import AnonymousUser

    account, stranger = make_account(), AnonymousUser()
    grant_role(account=account, tenant=tenant_a, role="manager", by=None)
    with pytest.raises(ImproperlyConfigured, match="declares no access rule"):
        check(None, account)
    untouched = SimpleLazyObject(lambda: pytest.fail("a public page does not ask who it is"))
    assert check(public, untouched) is None
    assert check(signed_in, account) is None
    response = check(signed_in, stranger)
    assert response is not None
    assert response["Location"].startswith(f"{settings.PORTAL_URL}/akun/masuk/?next=")
    assert check(needs("identity.confirm"), account, tenant_a) is None
    with pytest.raises(PermissionDenied):
        check(needs("identity.confirm"), account)
    with pytest.raises(PermissionDenied):
        check(needs("national.view"), account, tenant_a)


def test_sign_in_link_does_not_lead_back_to_sign_in(portal_client: Any) -> None:
    page = portal_client.get("/akun/masuk/").content.decode()
    assert f'href="{settings.PORTAL_URL}/akun/masuk/"' in page
    assert "next=" not in page
    kept = portal_client.get("/akun/masuk/", {"next": "/saya/"}).content.decode()
    assert f'href="{settings.PORTAL_URL}/akun/masuk/?next=%2Fsaya%2F"' in kept


def test_form_of_a_stranger_leads_back_to_its_page() -> None:
    request = RequestFactory(headers={"host": settings.BASE_DOMAIN}).post("/saya/?a=1")
    assert sign_in_url(request).endswith("saya%2F")


def test_frame_of_a_tenant(make_account: Makes, tenant_a: Any, client_for: Makes) -> None:
    account = make_account()
    grant_role(account=account, tenant=tenant_a, role="manager", by=None)
    request: Any = RequestFactory(headers={"host": settings.BASE_DOMAIN}).get("/kelola/")
    request.user, request.tenant = account, tenant_a
    frame = page_frame(request)
    active = [item["url"] for item in frame["nav_items"] if item["active"]]
    assert active == ["/kelola/"]
    assert frame["account"] == account
    assert frame["tenant_look"]["name"] == tenant_a.name
    assert connection.schema_name == "public"
