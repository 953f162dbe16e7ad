"""Nobody reaches an object of another tenant or person by its id, whatever they may do at home.

Tenant A has one object of each kind, all of whose texts carry one word. Every address of tenant B
is asked with the ids of these objects by somebody who holds every role at B, who has a topic, a
path and a class of the same addresses, so that A's parts are asked for below objects of B.
"""

import io
import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.test import Client
from django.urls import get_resolver
from django.utils.module_loading import import_string

from tenants.schemas import in_tenant
from tests.architecture import addresses, canary
from tests.architecture.addresses import Address
from tests.architecture.canary import NO_OBJECT, PARTS, WORD, Canary

Makes = Callable[..., Any]
TENANT = "config.urls_tenant"
PORTAL = "config.urls_portal"
ROLES = import_string(django_settings.ROLES)
#: Certificates are there for everybody to verify.
PUBLIC_BY_PURPOSE = ("portal:/v/",)


def parameters(address: Address) -> set[str]:
    """Return the parameters of an address's route."""
    return set(re.findall(r"<(?:\w+:)?(\w+)>", address.route)) | set(
        re.findall(r"\?P<(\w+)>", address.route)
    )


def names_an_object(address: Address) -> bool:
    """Say whether an address names an object by an id: not by a slug, which B has as well."""
    return bool(parameters(address) - NO_OBJECT - set(PARTS) - {"slug"})


def body_of(response: Any) -> bytes:
    """Return everything that an answer says: headers, text, and the parts of a zip or XLSX."""
    content = b"".join(response.streaming_content) if response.streaming else response.content
    said = content + str(response.headers).encode()
    if content[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            said += b"".join(archive.read(name) for name in archive.namelist())
    return said


def asked(urlconf: str, ids: dict[str, object]) -> list[Address]:
    """Return the addresses of a URL configuration with these ids filled in."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(addresses, "SAMPLES", ids)
        return list(addresses.walk(get_resolver(urlconf).url_patterns, urlconf))


@pytest.fixture
def work(make_account: Makes) -> Makes:
    """Return `work(tenant, agency) -> account` with every role there."""
    from shared_apps.access.services import grant_role

    def make(tenant: Any, agency: str, name: str = "Wayan Lain") -> Any:
        account = make_account(name=name, agency=agency, state="confirmed")
        for role, found in ROLES.items():
            if not found.on_portal:
                grant_role(account=account, tenant=tenant, role=role, by=None)
        return account

    return make


@pytest.fixture
def kept(tenant_a: Any, work: Makes, make_account: Makes, settings: Any, tmp_path: Path) -> Canary:
    """Tenant A with one object of each kind."""
    settings.MEDIA_ROOT = tmp_path
    person = make_account(name=f"Ayu {WORD}", agency="bkn", state="confirmed")
    made = Canary(tenant_a, work(tenant_a, "bkn", f"Made {WORD}"), person)
    made.make()
    return made


@pytest.fixture
def intruder(tenant_b: Any, work: Makes) -> Any:
    """Somebody with every role at tenant B, which has things of the same addresses as A's."""
    from tenant_apps.learning.models import LearningPath

    account = work(tenant_b, "kemenkumham")
    with in_tenant(tenant_b):
        canary.offering(canary.topic(canary.SLUG, "Milik sendiri"), "Milik sendiri")
        LearningPath.objects.create(
            slug=canary.SLUG, title="Milik sendiri", summary="Milik sendiri", state="published"
        )
    return account


def downloads(address: Address) -> list[dict[str, str]]:
    """Return the queries to ask an address with: its page, and its files."""
    return [{}] if parameters(address) else [{}, {"format": "xlsx"}, {"format": "csv"}]


def leaks(client: Client, found: list[Address]) -> list[str]:
    """Ask each address and name those that say the word or open an object by its id."""
    bad = []
    for address in found:
        for query in downloads(address):
            response = client.get(address.path, query)
            if WORD.encode() in body_of(response).lower():
                bad.append(f"GET {address} {query}: says the word")
            if names_an_object(address) and response.status_code in {200, 206}:
                bad.append(f"GET {address}: {response.status_code}")
    return bad


def test_every_object_has_one_in_the_walk(kept: Canary) -> None:
    """A new parameter of an address is an object of the canary, or said to be none."""
    used = set().union(*(parameters(each) for each in addresses.all_addresses()))
    unknown = used - NO_OBJECT - set(PARTS) - set(kept.ids)
    assert not unknown
    made = {str(row.pk) for row in kept.kept} | {canary.SLUG, canary.CODE}
    assert {name for name in used - NO_OBJECT - set(PARTS) if str(kept.ids[name]) not in made} <= {
        "account_id", "member_id",
    }  # fmt: skip


def test_the_owner_reads_the_word(kept: Canary, tenant_a: Any, client_for: Makes) -> None:
    """The walk asks for what is there: each object shows itself to who may see it."""
    client = client_for(tenant_a, kept.owner)
    shown: set[str] = set()
    for address in asked(TENANT, kept.ids):
        if parameters(address) and WORD.encode() in body_of(client.get(address.path)).lower():
            shown |= parameters(address)
    portal = client_for(None, kept.owner)
    for address in asked(PORTAL, kept.ids):
        if "notice_id" in parameters(address):
            shown |= {"notice_id"} if WORD in str(portal.get(address.path).headers) else set()
    used = set().union(*(parameters(each) for each in addresses.all_addresses()))
    assert used - NO_OBJECT - shown == {"citation_id", "member_id", "version"}


def test_another_tenant_s_workers_read_nothing(
    kept: Canary, intruder: Any, tenant_b: Any, client_for: Makes
) -> None:
    assert leaks(client_for(tenant_b, intruder), asked(TENANT, kept.ids)) == []


def test_the_portal_shows_nobody_else_s_things(
    kept: Canary, intruder: Any, client_for: Makes
) -> None:
    found = [
        address
        for address in asked(PORTAL, kept.ids)
        if not (str(address).startswith(PUBLIC_BY_PURPOSE) and not address.rule.signed_in)  # type: ignore[union-attr]
    ]
    assert leaks(client_for(None, intruder), found) == []


def test_colleagues_do_not_read_each_other_s_work(
    kept: Canary, tenant_a: Any, work: Makes, client_for: Makes
) -> None:
    """Jobs, their files and notices are their person's alone, at the same tenant too."""
    colleague = work(tenant_a, "bkn")
    for urlconf, tenant, name in ((TENANT, tenant_a, "job_id"), (PORTAL, None, "notice_id")):
        client = client_for(tenant, colleague)
        found = [each for each in asked(urlconf, kept.ids) if name in parameters(each)]
        assert found
        for address in found:
            assert client.get(address.path).status_code in {404, 405}, address
            assert client.post(address.path).status_code in {404, 405}, address


@pytest.mark.parametrize("action", ["setujui", "terima", "tolak", "keluarkan", "hapus", ""])
def test_another_tenant_s_workers_change_nothing(
    kept: Canary, intruder: Any, tenant_b: Any, client_for: Makes, action: str
) -> None:
    """Ids of A in the address and in the form change nothing at A and are not answered."""
    everything = [str(row.pk) for row in kept.kept]
    proposed = next(row for row in kept.kept if row._meta.model_name == "proposalperson")
    data = {
        "pilih": everything, "hadir": everything, "ada": everything, "aksi": action,
        "orang": str(proposed.pk) if action else str(kept.person.pk), "catatan": "x",
        "reason": "x", "remark": "x", "pasti": "1",
    }  # fmt: skip
    client = client_for(tenant_b, intruder)
    assert kept.changed() == []
    for address in asked(TENANT, kept.ids):
        if address.path == "/akun/keluar/":
            continue
        response = client.post(address.path, data)
        assert WORD.encode() not in body_of(response).lower(), address
        assert response.status_code < 500, address
        if names_an_object(address):
            assert response.status_code != 200, address
    assert kept.changed() == []
