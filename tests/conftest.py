"""Fixtures: two real tenants made once per session, accounts, and clients for each host."""

import itertools
import uuid
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.utils.translation.reloader import translation_file_changed

from toolkit.translations import CATALOGUE, compile_catalogues

# On a fresh clone nothing is compiled yet, and Django has already read what there was.
if compile_catalogues():
    translation_file_changed(sender=None, file_path=CATALOGUE.with_suffix(".mo"))

Makes = Callable[..., Any]


@pytest.fixture(scope="session")
def django_db_setup(
    request: pytest.FixtureRequest, django_db_setup: None, django_db_blocker: Any
) -> None:
    """Add the register of agencies and two tenants to the test database, once."""
    from tenants import provisioning
    from tenants.agencies import import_agencies
    from tenants.models import Agency, Tenant

    with django_db_blocker.unblock():
        import_agencies()
        for code, name, agency, colour in (
            ("kanreg10", "BKN Kantor Regional X", "bkn", "#7a1f2b"),
            ("rumahbelajar", "Rumah Belajar", "kemenkumham", "#12355b"),
        ):
            tenant = Tenant.objects.filter(code=code).first()
            if tenant is None or tenant.state == "opening":
                provisioning.open_tenant(
                    code=code,
                    name=name,
                    agency=Agency.objects.get(code=agency),
                    domain=f"{code}.{settings.BASE_DOMAIN}",
                    colour=colour,
                    place="Denpasar",
                    signer_name="Kepala Kantor Contoh",
                    signer_position="Kepala",
                )
            else:
                provisioning.upgrade_tenant(tenant)


@pytest.fixture(autouse=True)
def _fresh_memory(db: None) -> Iterator[None]:
    """Start each test on the public schema and without what processes remember."""
    from shared_apps.catalog.providers import forget_providers
    from shared_apps.rules.selectors import forget_values
    from tenant_apps.administration.selectors.announcements import forget_announcements
    from tenants import hosts, schemas

    schemas.enter_for_request(None)
    hosts.forget_hosts()
    forget_announcements()
    forget_providers()
    forget_values()
    yield
    schemas.enter_for_request(None)


@pytest.fixture
def tenant_a(db: None) -> Any:
    """BKN Kantor Regional X, of agency BKN."""
    from tenants.models import Tenant

    return Tenant.objects.select_related("agency").get(code="kanreg10")


@pytest.fixture
def tenant_b(db: None) -> Any:
    """Rumah Belajar, of agency Kemenkumham."""
    from tenants.models import Tenant

    return Tenant.objects.select_related("agency").get(code="rumahbelajar")


_numbers = itertools.count(1)


def new_number(kind: str = "pns") -> str:
    """Return a valid synthetic NIP (or NI PPPK) that no other test used."""
    index = next(_numbers)
    birth = f"19{70 + index % 25:02d}{1 + index % 12:02d}{1 + index % 28:02d}"
    middle = "201504" if kind == "pns" else "202321"
    return f"{birth}{middle}{1 + index % 2}{1 + index // 300 % 999:03d}"


@pytest.fixture
def make_account(db: None) -> Makes:
    """Return a maker of accounts with an identity: name, agency code, number, kind, state."""
    from shared_apps.accounts.models import Account, Identity
    from tenants.models import Agency

    def make(
        *,
        name: str = "Ayu Lestari",
        agency: Any = "kemenkumham",
        number: str | None = None,
        kind: str = "pns",
        state: str = "declared",
        email: str | None = None,
        password: str | None = None,
    ) -> Any:
        if isinstance(agency, str):
            agency = Agency.objects.get(code=agency)
        account = Account(
            name=name, email=email or f"{uuid.uuid4().hex[:12]}@contoh.test", home_agency=agency
        )
        if password:
            account.set_password(password)
        else:
            account.set_unusable_password()
        account.save()
        Identity.objects.create(
            account=account,
            number=number or new_number(kind),
            kind=kind,
            agency=agency,
            state=state,
        )
        return account

    return make


def _client(host: str, account: Any, **extra: Any) -> Client:
    client = Client(headers={"host": host}, **extra)
    if account is not None:
        client.force_login(account, backend="shared_apps.accounts.backends.NipOrEmailBackend")
    return client


@pytest.fixture
def client_for(db: None) -> Makes:
    """Return a maker of test clients: `client_for(tenant or None, account=None)`."""

    def make(tenant: Any = None, account: Any = None, **extra: Any) -> Client:
        host = f"{tenant.code}.{settings.BASE_DOMAIN}" if tenant else settings.BASE_DOMAIN
        return _client(host, account, **extra)

    return make


@pytest.fixture
def portal_client(client_for: Makes) -> Client:
    """A stranger's client on the portal."""
    client: Client = client_for(None)
    return client
