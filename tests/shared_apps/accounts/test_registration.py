"""Registration: one account per person, disputed numbers, and what the form says."""

from collections.abc import Callable
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.test import Client

from shared_apps.accounts import selectors
from shared_apps.accounts.choices import IdentityState
from shared_apps.accounts.errors import RegistrationRefused
from shared_apps.accounts.models import Account, HeadCount, Identity, SignInCount
from shared_apps.accounts.nip import parse_number
from shared_apps.accounts.services import registration
from shared_apps.audit.models import Event
from tenants.models import Agency
from tenants.selectors import agencies_people_belong_to
from tests.shared_apps.accounts.people import PASSWORD

NUMBER = "19900101 201504 2 001"


def form(**changes: str) -> dict[str, str]:
    return {
        "number": NUMBER,
        "name": "Ayu  Lestari, S.Kom.",
        "email": "Ayu@Contoh.test",
        "agency": "BKN",
        "password1": PASSWORD,
        "password2": PASSWORD,
        **changes,
    }


def register(**changes: Any) -> Account:
    data: dict[str, Any] = {
        "number": parse_number(NUMBER),
        "name": "Ayu Lestari",
        "email": "ayu@contoh.test",
        "password": PASSWORD,
        "agency_id": Agency.objects.get(code="bkn").pk,
        **changes,
    }
    return registration.register(**data)


def test_registers_signs_in_and_counts(portal_client: Client, mailbox: list[Any]) -> None:
    response = portal_client.post("/akun/daftar/", form())
    assert response.status_code == 302
    account = Account.objects.get()
    assert (account.name, account.email) == ("Ayu Lestari, S.Kom.", "ayu@contoh.test")
    assert account.home_agency.code == "bkn"
    identity = account.identity
    assert (identity.number, identity.kind) == ("199001012015042001", "pns")
    assert identity.state == IdentityState.DECLARED
    assert selectors.head_counts() == {account.home_agency_id: {"declared": 1, "confirmed": 0}}
    assert EmailAddress.objects.get().user_id == account.pk
    assert Event.objects.filter(verb="account.registered", actor_id=account.pk).count() == 1
    assert portal_client.get("/akun/").status_code == 200
    (mail,) = mailbox
    assert mail["recipients"] == ["ayu@contoh.test"]
    assert "/akun/email/konfirmasi/" in mail["body"]
    assert "Ayu Lestari, S.Kom." in mail["body"]


def test_page_offers_every_agency(portal_client: Client) -> None:
    page = portal_client.get("/akun/daftar/").content.decode()
    assert page.count("<option") == agencies_people_belong_to().count() > 600
    assert 'list="daftar-instansi"' in page


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"number": "199002292015041001"}, "tanggal lahir"),
        ({"agency": "Kementerian"}, "lebih lengkap"),
        ({"agency": "Kabupaten Solok"}, "Maksud Anda"),
        ({"agency": "Negeri Antah Berantah"}, "tidak ada dalam daftar"),
        ({"password2": "lain-sama-sekali"}, "Kedua kata sandi tidak sama"),
        ({"password1": "12345678901", "password2": "12345678901"}, "angka"),
        ({"name": ""}, "id_name_error"),
        ({"email": "bukan-alamat"}, "id_email_error"),
    ],
)
def test_mistakes_stand_at_their_field_and_keep_the_rest(
    portal_client: Client, changes: dict[str, str], says: str
) -> None:
    response = portal_client.post("/akun/daftar/", form(**changes))
    page = response.content.decode()
    assert response.status_code == 200
    assert says in page
    if "number" not in changes:
        assert NUMBER in page
    assert PASSWORD not in page
    assert not Account.objects.exists()


def test_taken_email_is_refused_without_a_name(portal_client: Client) -> None:
    register(name="Rahasia Sekali")
    other = form(number="199001012015041002", email="AYU@contoh.test", password1="x" * 9 + "yz1")
    other["password2"] = other["password1"]
    page = portal_client.post("/akun/daftar/", other).content.decode()
    assert "sudah dipakai" in page
    assert "Rahasia" not in page
    assert Account.objects.count() == 1


def test_second_press_of_the_button_leads_into_the_account(portal_client: Client) -> None:
    portal_client.post("/akun/daftar/", form())
    second = Client(headers={"host": portal_client.defaults["HTTP_HOST"]})
    assert second.post("/akun/daftar/", form()).status_code == 302
    assert Account.objects.count() == 1
    assert HeadCount.objects.get().declared == 1
    assert second.get("/akun/").status_code == 200


def test_same_moment_makes_one_account(monkeypatch: pytest.MonkeyPatch) -> None:
    """Both requests see a free address; the database lets only one in."""
    register()
    monkeypatch.setattr(selectors, "account_by_email", lambda email: None)
    with pytest.raises(RegistrationRefused) as refusal:
        register(email="AYU@contoh.test", number=parse_number("199001012015041002"))
    assert refusal.value.field == "email"
    assert Account.objects.count() == Identity.objects.count() == 1


def test_same_number_at_the_same_moment_is_disputed(monkeypatch: pytest.MonkeyPatch) -> None:
    register()
    monkeypatch.setattr(selectors, "holder_exists", lambda number, besides=None: False)
    second = register(email="dua@contoh.test")
    assert second.identity.state == IdentityState.DISPUTED


def test_taken_number_is_disputed_and_never_says_whose(portal_client: Client) -> None:
    register(name="Rahasia Sekali", email="rahasia@contoh.test")
    assert portal_client.post("/akun/daftar/", form()).status_code == 302
    newcomer = Account.objects.get(email="ayu@contoh.test")
    assert newcomer.identity.state == IdentityState.DISPUTED
    page = portal_client.get("/akun/").content.decode()
    assert "Unit pelatihan instansi Anda akan menyelesaikannya" in page
    assert "ahasia" not in page
    # The number signs in its holder only; the newcomer uses the e-mail address.
    assert selectors.account_for_login(NUMBER).email == "rahasia@contoh.test"
    assert selectors.account_for_login("AYU@contoh.test") == newcomer
    assert sum(row.declared for row in HeadCount.objects.all()) == 2


def test_registrations_of_one_address_have_a_limit(
    portal_client: Client, set_rule: Callable[..., None]
) -> None:
    set_rule("registration.per_address", 1)
    portal_client.post("/akun/daftar/", form(name=""))
    response = portal_client.post("/akun/daftar/", form())
    assert response.status_code == 429
    assert "WIB" in response.content.decode()
    assert not Account.objects.exists()
    assert SignInCount.objects.count() == 1


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("badan kepegawaian negra", "Maksud Anda: Badan Kepegawaian Negara (BKN)?"),
        ("kementrian huku", "Kementerian Hukum (Kemenkum)"),
        ("Perusahaan Kopi", "Instansi ini tidak ada dalam daftar"),
    ],
)
def test_a_mistyped_agency_is_offered_and_never_taken(
    portal_client: Client, typed: str, offered: str
) -> None:
    response = portal_client.post("/akun/daftar/", form(agency=typed))
    assert offered in response.content.decode()
    assert not Account.objects.exists()


def test_a_refused_form_is_announced(portal_client: Client) -> None:
    """The title says it first, and the list of faults has the focus, without a script."""
    page = portal_client.post("/akun/daftar/", form(password1="ayu@contoh.test")).content.decode()
    assert "<title>Periksa isian:" in page
    assert "autofocus" in page
    assert "terlalu mirip dengan nama atau e-mail Anda" in page
