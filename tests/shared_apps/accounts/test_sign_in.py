"""Sign-in by NIP or e-mail, where it leads, and the one session of all hosts."""

import re
from collections.abc import Callable
from typing import Any
from unittest import mock

import pytest
from django.conf import settings
from django.test import Client
from django.urls import NoReverseMatch, reverse

from shared_apps.accounts import selectors
from shared_apps.accounts.models import Account, Session, SignInCount
from shared_apps.accounts.session_store import SessionStore
from tests.shared_apps.accounts.people import NUMBER, PASSWORD

Makes = Callable[..., Any]


def sign_in(client: Client, login: str, password: str = PASSWORD, **more: str) -> Any:
    return client.post("/akun/masuk/", {"login": login, "password": password, **more})


@pytest.mark.parametrize(
    "login", [NUMBER, "19900101 201504 2 001", "19900101.201504.2.001", " AYU@Contoh.test "]
)
def test_number_or_email(portal_client: Client, ayu: Account, login: str) -> None:
    response = sign_in(portal_client, login)
    assert (response.status_code, response["Location"]) == (302, "/saya/")
    assert portal_client.get("/akun/").status_code == 200


@pytest.mark.parametrize(
    "login", [NUMBER, "ayu@contoh.test", "lain@contoh.test", "entah", "1" * 18]
)
def test_wrong_password_says_the_same_for_every_login(
    portal_client: Client, ayu: Account, login: str
) -> None:
    page = sign_in(portal_client, login, "salah").content.decode()
    assert "NIP, alamat e-mail, atau kata sandi tidak cocok." in page
    assert f'value="{login}"' in page
    assert ayu.name not in page


@pytest.mark.parametrize("login", [NUMBER, "ayu@contoh.test", "lain@contoh.test", "entah"])
def test_every_attempt_hashes_one_password(portal_client: Client, ayu: Account, login: str) -> None:
    """Else the time of the answer would tell which accounts exist."""
    from django.contrib.auth.hashers import MD5PasswordHasher

    with mock.patch.object(
        MD5PasswordHasher, "encode", autospec=True, side_effect=MD5PasswordHasher.encode
    ) as encode:
        sign_in(portal_client, login, "salah")
    assert encode.call_count == 1


def test_disputed_and_closed_accounts(
    portal_client: Client, ayu: Account, make_account: Makes
) -> None:
    second = make_account(
        number=NUMBER, state="disputed", email="dua@contoh.test", password="lain-lagi-99x"
    )
    sign_in(portal_client, NUMBER, "lain-lagi-99x")
    assert Session.objects.count() == 0
    sign_in(portal_client, "dua@contoh.test", "lain-lagi-99x")
    assert Session.objects.get().account_id == second.pk
    Account.objects.filter(pk=ayu.pk).update(is_active=False)
    other = Client(headers={"host": settings.BASE_DOMAIN})
    assert sign_in(other, NUMBER)["Location"] == "/akun/nonaktif/"
    assert other.get("/akun/").status_code == 302


def test_next_leads_to_known_hosts_only(portal_client: Client, ayu: Account, tenant_a: Any) -> None:
    host = f"{tenant_a.code}.{settings.BASE_DOMAIN}"
    port = f":{settings.PUBLIC_PORT}" if settings.PUBLIC_PORT else ""
    good = f"{settings.PUBLIC_SCHEME}://{host}{port}/topik/disiplin-pns/"
    page = portal_client.get("/akun/masuk/", {"next": good}).content.decode()
    assert f'name="next" value="{good}"' in page
    assert sign_in(portal_client, NUMBER, next=good)["Location"] == good
    # Who is signed in already goes straight on.
    assert portal_client.get("/akun/masuk/", {"next": good})["Location"] == good


@pytest.mark.parametrize(
    "url",
    [
        "https://jahat.test/",
        "//jahat.test/",
        "/\\jahat.test/",
        "http:///jahat.test/",
        f"http://entah.{settings.BASE_DOMAIN}/",
        f"http://{settings.BASE_DOMAIN}@jahat.test/",
        f"http://{settings.BASE_DOMAIN}.jahat.test/",
        f"ftp://{settings.BASE_DOMAIN}/",
        "javascript:alert(1)",
        "http://[",
    ],
)
def test_next_to_foreign_hosts_is_dropped(portal_client: Client, ayu: Account, url: str) -> None:
    assert sign_in(portal_client, NUMBER, next=url)["Location"] == "/saya/"
    assert portal_client.get("/akun/masuk/", {"next": url})["Location"] == "/saya/"


def test_one_session_serves_all_hosts(
    portal_client: Client, ayu: Account, client_for: Makes, tenant_a: Any
) -> None:
    sign_in(portal_client, NUMBER)
    cookie = portal_client.cookies[settings.SESSION_COOKIE_NAME]
    assert cookie["domain"] == settings.BASE_DOMAIN
    elsewhere = client_for(tenant_a)
    elsewhere.cookies[settings.SESSION_COOKIE_NAME] = cookie.value
    response = elsewhere.get("/")
    assert ayu.name in response.content.decode()


def test_tenant_hosts_have_no_account_pages(client_for: Makes, tenant_a: Any) -> None:
    assert client_for(tenant_a).get("/akun/masuk/").status_code == 404
    with pytest.raises(NoReverseMatch):
        reverse("account_login", urlconf=settings.ROOT_URLCONF)


def test_empty_form_asks_the_database_nothing(
    portal_client: Client, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(0):
        response = portal_client.get("/akun/masuk/")
    assert response.status_code == 200
    assert "no-store" in response["Cache-Control"]


def test_kept_page_carries_a_token_of_its_own(ayu: Account) -> None:
    """The page is drawn once for all strangers; the token in it is each one's own."""
    seen = set()
    for _ in range(2):
        client = Client(headers={"host": settings.BASE_DOMAIN}, enforce_csrf_checks=True)
        page = client.get("/akun/masuk/").content.decode()
        token = re.findall(r'name="csrfmiddlewaretoken" value="(\w{64})"', page)[0]
        seen.add(token)
        assert sign_in(client, NUMBER, csrfmiddlewaretoken=token).status_code == 302
    assert len(seen) == 2
    stranger = Client(headers={"host": settings.BASE_DOMAIN}, enforce_csrf_checks=True)
    stranger.get("/akun/masuk/")
    assert sign_in(stranger, NUMBER, csrfmiddlewaretoken=token).status_code == 403


def test_kept_page_never_shows_another_visitors_words(portal_client: Client) -> None:
    with_next = portal_client.get("/akun/masuk/", {"next": "/rahasia/"}).content.decode()
    plain = portal_client.get("/akun/masuk/").content.decode()
    assert "rahasia" in with_next
    assert "rahasia" not in plain
    portal_client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    assert '<html lang="en">' in portal_client.get("/akun/masuk/").content.decode()


def test_session_and_account_are_one_query(ayu: Account, django_assert_num_queries: Any) -> None:
    from django.test import RequestFactory

    from shared_apps.accounts.middleware import SessionAccountMiddleware

    client = Client(headers={"host": settings.BASE_DOMAIN})
    sign_in(client, NUMBER)
    request: Any = RequestFactory().get("/")
    request.session = SessionStore(client.cookies[settings.SESSION_COOKIE_NAME].value)
    SessionAccountMiddleware(lambda request: None).process_request(request)  # type: ignore[arg-type]
    with django_assert_num_queries(1):
        assert request.user == ayu
        assert request.user.name == "Ayu Lestari"
        assert request.user.is_authenticated


def test_session_row_names_account_and_device(portal_client: Client, ayu: Account) -> None:
    portal_client.post(
        "/akun/masuk/",
        {"login": NUMBER, "password": PASSWORD},
        headers={"user-agent": "Mozilla/5.0 (Linux; Android 14) Chrome/130.0 Mobile Safari/537"},
    )
    row = Session.objects.get()
    assert (row.account_id, row.device) == (ayu.pk, "Chrome, Android")
    assert row.signed_in_at is not None


def test_new_password_ends_other_sessions(portal_client: Client, ayu: Account) -> None:
    other = Client(headers={"host": settings.BASE_DOMAIN})
    sign_in(portal_client, NUMBER)
    sign_in(other, NUMBER)
    data = {"oldpassword": PASSWORD, "password1": "teh-poci-21-cangkir"}
    data["password2"] = data["password1"]
    response = portal_client.post("/akun/sandi/", data)
    assert (response.status_code, response["Location"]) == (302, "/akun/")
    assert Session.objects.count() == 1
    assert portal_client.get("/akun/").status_code == 200
    assert other.get("/akun/").status_code == 302


def test_old_hash_does_not_hold(portal_client: Client, ayu: Account) -> None:
    """Also where the row of the session was not deleted."""
    sign_in(portal_client, NUMBER)
    ayu.set_password("teh-poci-21-cangkir")
    ayu.save()
    assert Session.objects.count() == 1
    assert portal_client.get("/akun/").status_code == 302
    assert Session.objects.count() == 0


def test_forged_or_ended_session_is_a_stranger(portal_client: Client, ayu: Account) -> None:
    sign_in(portal_client, NUMBER)
    Session.objects.all().delete()
    assert portal_client.get("/akun/").status_code == 302
    portal_client.cookies[settings.SESSION_COOKIE_NAME] = "x" * 32
    assert portal_client.get("/akun/").status_code == 302


def test_sign_out(portal_client: Client, ayu: Account) -> None:
    sign_in(portal_client, NUMBER)
    assert portal_client.get("/akun/keluar/").status_code == 200
    assert Session.objects.count() == 1
    assert portal_client.post("/akun/keluar/")["Location"] == "/"
    assert Session.objects.count() == 0


def test_limit_says_when_to_come_back(portal_client: Client, ayu: Account) -> None:
    for _ in range(5):
        sign_in(portal_client, NUMBER, "salah")
    page = sign_in(portal_client, NUMBER).content.decode()
    assert "Coba lagi mulai pukul" in page
    assert "WIB" in page
    assert Session.objects.count() == 0
    # By e-mail it is the same account and the same count.
    assert "Coba lagi mulai pukul" in sign_in(portal_client, "ayu@contoh.test").content.decode()


def test_success_is_not_counted(portal_client: Client, ayu: Account) -> None:
    for _ in range(4):
        sign_in(portal_client, NUMBER, "salah")
    assert sign_in(portal_client, NUMBER).status_code == 302
    assert sorted(SignInCount.objects.values_list("count", flat=True)) == [4, 4]
    assert selectors.login_key(NUMBER) == selectors.login_key("AYU@contoh.test") == str(ayu.pk)
    assert selectors.login_key(" Entah@Contoh.test") == "entah@contoh.test"
