"""Every address says who may see it, and refuses everyone else."""

from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import include, path, re_path
from django.utils.module_loading import import_string

from tests.architecture import addresses
from tests.architecture.addresses import Address
from toolkit.access_rules import needs, public, signed_in

ALL = addresses.all_addresses()
CLOSED = [address for address in ALL if address.rule and address.rule.signed_in]
GUARDED = [address for address in CLOSED if address.rule and address.rule.permission]
OPEN = [address for address in ALL if address.rule and not address.rule.signed_in]
ROLES = import_string(settings.ROLES)
# Which role is the nearest to a right, to show that the refusals are no blanket ones.
HOLDER = {
    permission: name for name, role in reversed(ROLES.items()) for permission in role.permissions
}
PORTAL = "config.urls_portal"
Makes = Callable[..., Any]


def both_methods(client: Client, address: Address) -> list[Any]:
    """Ask with GET and with POST: the rule comes before the view's own choice of method."""
    return [client.get(address.path), client.post(address.path)]


@pytest.fixture
def at(tenant_a: Any, client_for: Makes) -> Makes:
    """Return a maker of clients for the host that an address belongs to."""

    def client(address: Address, account: Any = None) -> Client:
        made: Client = client_for(None if address.urlconf == PORTAL else tenant_a, account)
        return made

    return client


def leads_to_sign_in(response: Any) -> bool:
    """Say whether the answer is a redirect to the portal's sign-in page."""
    target = response.headers.get("Location", "") if response.status_code == 302 else ""
    return target.startswith(f"{settings.PORTAL_URL}{settings.LOGIN_URL}") or urlsplit(
        target
    ).path == str(settings.LOGIN_URL)


def test_every_address_declares_a_rule_and_has_a_sample() -> None:
    assert len(ALL) > 30
    assert addresses.without_rule(ALL) == []
    assert addresses.without_sample(ALL) == []
    assert addresses.unused_samples(ALL) == set()


def test_every_permission_is_granted_by_a_role() -> None:
    asked = {address.rule.permission for address in GUARDED if address.rule}
    assert asked <= set(HOLDER)


def test_strangers_are_sent_to_sign_in(db: None, at: Makes) -> None:
    assert CLOSED
    for address in CLOSED:
        client = at(address)
        for response in both_methods(client, address):
            assert leads_to_sign_in(response), f"{address}: {response.status_code}"
            back = parse_qs(urlsplit(response.headers["Location"]).query)["next"][0]
            assert urlsplit(back).path == address.path


def test_open_addresses_answer_strangers(db: None, at: Makes) -> None:
    for address in OPEN:
        response = at(address).get(address.path)
        assert response.status_code < 500, address
        assert response.status_code != 403, address
        assert not leads_to_sign_in(response), f"{address} is declared public"


def test_closed_addresses_answer_who_is_signed_in(at: Makes, make_account: Makes) -> None:
    learner = make_account()
    for address in CLOSED:
        if address not in GUARDED:
            response = at(address, learner).get(address.path)
            assert response.status_code < 500, address
            assert response.status_code != 403, address
            assert not leads_to_sign_in(response), address


def test_learners_are_refused(at: Makes, make_account: Makes) -> None:
    assert GUARDED
    learner = make_account(state="confirmed")
    for address in GUARDED:
        for response in both_methods(at(address, learner), address):
            assert response.status_code == 403, address


def test_wrong_roles_are_refused(tenant_a: Any, at: Makes, make_account: Makes) -> None:
    for name, role in ROLES.items():
        if role.on_portal:
            continue
        worker = make_account()
        _grant(worker, tenant_a, name)
        for address in GUARDED:
            assert address.rule
            if address.urlconf == PORTAL or address.rule.permission not in role.permissions:
                for response in both_methods(at(address, worker), address):
                    assert response.status_code == 403, f"{name} at {address}"


def test_members_of_another_tenant_are_refused(
    tenant_b: Any, at: Makes, make_account: Makes
) -> None:
    stranger = make_account()
    for name, role in ROLES.items():
        if not role.on_portal:
            _grant(stranger, tenant_b, name)
    for address in GUARDED:
        for response in both_methods(at(address, stranger), address):
            assert response.status_code == 403, address


def test_the_right_role_is_let_in(tenant_a: Any, at: Makes, make_account: Makes) -> None:
    tenant_a.oversees = True
    tenant_a.save(update_fields=["oversees"])
    for address in GUARDED:
        assert address.rule
        worker = make_account()
        _grant(worker, tenant_a, HOLDER[address.rule.permission])
        response = at(address, worker).get(address.path)
        assert response.status_code in {200, 302, 404, 405}, address
        assert not leads_to_sign_in(response)


def _grant(account: Any, tenant: Any, role: str) -> None:
    from shared_apps.access.services import grant_role

    grant_role(account=account, tenant=tenant, role=role, by=None)


def view(request: HttpRequest, **kwargs: object) -> HttpResponse:
    """A view that forgot its rule."""
    return HttpResponse()


def test_planted_addresses() -> None:
    def shown(request: HttpRequest, **kwargs: object) -> HttpResponse:
        return HttpResponse()

    patterns = [
        path("a/", public(shown)),
        path("b/", view),
        path("c/", include([path("<int:unheard_of>/", view), path("", view)])),
        re_path(r"^d/(?P<unheard_of_too>\w+)/$", needs("workspace.view")(lambda request: None)),
    ]
    found = list(addresses.walk(patterns, "planted.urls_planted"))
    assert addresses.without_rule(found) == ["planted:/b/", "planted:/c/<int:unheard_of>/",
                                             "planted:/c/"]  # fmt: skip
    assert [each.path for each in found] == ["/a/", "/b/", None, "/c/", None]
    assert len(addresses.without_sample(found)) == 2
    assert addresses.unused_samples(found) == set(addresses.SAMPLES)


def test_a_view_without_a_rule_is_refused_by_the_middleware() -> None:
    from django.core.exceptions import ImproperlyConfigured

    from shared_apps.access.middleware import ViewRuleMiddleware

    middleware = ViewRuleMiddleware(lambda request: HttpResponse())
    with pytest.raises(ImproperlyConfigured, match="declares no access rule"):
        middleware.process_view(HttpRequest(), view, (), {})


def test_rules_say_what_they_ask_for() -> None:
    assert (public.signed_in, signed_in.signed_in) == (False, True)
    assert (needs("a.b").signed_in, needs("a.b").permission) == (True, "a.b")
