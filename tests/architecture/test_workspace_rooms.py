"""Every room of the workspace's side navigation is a page, and asks for what its link promises."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings
from django.urls import resolve
from django.utils.module_loading import import_string

from toolkit.access_rules import rule_of

TENANT = "config.urls_tenant"
ROOMS = [room for wing in import_string(settings.WORKSPACE) for room in wing.rooms]
ROLES = import_string(settings.ROLES)
Makes = Callable[..., Any]


@pytest.mark.parametrize("room", ROOMS, ids=lambda room: room.path)
def test_a_room_asks_for_the_right_of_its_link(room: Any) -> None:
    """Else somebody would see a link that refuses them, or no link to a page they may open."""
    rule = rule_of(resolve(room.path, urlconf=TENANT).func)
    assert rule is not None
    assert rule.permission == room.permission


def test_no_room_is_listed_twice() -> None:
    paths = [room.path for room in ROOMS]
    assert len(ROOMS) > 10
    assert len(set(paths)) == len(paths)


@pytest.mark.parametrize("name", [name for name, role in ROLES.items() if not role.on_portal])
def test_each_role_walks_through_its_rooms(
    name: str, tenant_a: Any, client_for: Makes, make_account: Makes
) -> None:
    """What the side navigation of a new tenant shows a role opens, and is marked as open."""
    from shared_apps.access.services import grant_role

    worker = make_account(agency="bkn", state="confirmed")
    grant_role(account=worker, tenant=tenant_a, role=name, by=None)
    client = client_for(tenant_a, worker)
    mine = [room for room in ROOMS if room.permission in ROLES[name].permissions]
    assert mine
    for room in mine:
        answer = client.get(room.path)
        assert answer.status_code == 200, room.path
        page = answer.content.decode()
        links = page.split('class="workspace-menu"')[1].split("</nav>")[0]
        assert re.findall(r'<a href="([^"]+)"', links) == [each.path for each in mine], room.path
        (here,) = re.findall(r'<a href="([^"]+)"\s+aria-current="page"', links)
        assert here == room.path
