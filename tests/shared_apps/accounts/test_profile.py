"""One's own account: identity stated anew, sessions ended, mails by link."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.conf import settings
from django.test import Client

from shared_apps.accounts.models import Account, Identity, Session, SignInCount
from shared_apps.accounts.throttle import begin_sign_in

Makes = Callable[..., Any]


@pytest.fixture
def own(client_for: Makes, ayu: Account) -> Client:
    client: Client = client_for(None, ayu)
    return client


def test_profile_shows_who_i_am(own: Client, ayu: Account, django_assert_num_queries: Any) -> None:
    own.get("/akun/")
    with django_assert_num_queries(5):  # session, identity, e-mail, sessions, roles
        page = own.get("/akun/").content.decode()
    assert "19900101 201504 2 001" in page
    assert ayu.home_agency.name in page
    assert "Dinyatakan sendiri" in page


def test_stranger_is_led_to_sign_in_and_back(portal_client: Client) -> None:
    response = portal_client.get("/akun/")
    assert "/akun/masuk/?next=" in response["Location"]


def test_redeclare(own: Client, ayu: Account) -> None:
    page = own.get("/akun/identitas/").content.decode()
    assert "19900101 201504 2 001" in page
    bad = own.post("/akun/identitas/", {"number": "123", "agency": "BKN"})
    assert "18 angka" in bad.content.decode()
    good = own.post("/akun/identitas/", {"number": "199001012015042002", "agency": "BKN"})
    assert good["Location"] == "/akun/"
    identity = Identity.objects.get(pk=ayu.pk)
    assert (identity.number, identity.agency.code) == ("199001012015042002", "bkn")
    Identity.objects.filter(pk=ayu.pk).update(state="confirmed")
    assert own.get("/akun/identitas/")["Location"] == "/akun/"


def test_rejected_person_reads_why(own: Client, ayu: Account) -> None:
    Identity.objects.filter(pk=ayu.pk).update(state="rejected", reason="Nomor salah ketik.")
    assert "Nomor salah ketik." in own.get("/akun/").content.decode()
    assert "Nomor salah ketik." in own.get("/akun/identitas/").content.decode()


def test_other_devices_are_sent_away(own: Client, client_for: Makes, ayu: Account) -> None:
    others = [client_for(None, ayu) for _ in range(3)]
    stranger: Client = client_for(None, ayu.__class__.objects.create(name="B", email="b@b.test"))
    page = own.get("/akun/").content.decode()
    for client in [own, *others]:
        assert client.cookies[settings.SESSION_COOKIE_NAME].value not in page
    mark = re.findall(r'name="sesi"\s+value="(\w+)"', page)[0]
    own.post("/akun/sesi/keluarkan/", {"sesi": mark})
    assert Session.objects.filter(account_id=ayu.pk).count() == 3
    stranger.post("/akun/sesi/keluarkan/", {"sesi": mark})
    own.post("/akun/sesi/keluarkan/")
    assert Session.objects.filter(account_id=ayu.pk).count() == 1
    assert own.get("/akun/").status_code == 200
    assert all(client.get("/akun/").status_code == 302 for client in others)
    assert stranger.get("/akun/").status_code == 200
    assert own.get("/akun/sesi/keluarkan/").status_code == 405


def link_in(mail: dict[str, Any]) -> str:
    found = re.search(r"https?://[^/\s]+(/akun/\S+)", mail["body"])
    assert found is not None
    return found[1]


def test_reset_by_mail(portal_client: Client, ayu: Account, mailbox: list[Any]) -> None:
    for _ in range(6):
        blocked = begin_sign_in(account_key=str(ayu.pk), address="203.0.113.7")
    assert blocked.blocked_until is not None
    Client(headers={"host": settings.BASE_DOMAIN}).force_login(
        ayu, backend="shared_apps.accounts.backends.NipOrEmailBackend"
    )
    known = portal_client.post("/akun/sandi/lupa/", {"email": "AYU@contoh.test"})
    unknown = portal_client.post("/akun/sandi/lupa/", {"email": "entah@contoh.test"})
    assert known["Location"] == unknown["Location"] == "/akun/sandi/lupa/terkirim/"
    assert portal_client.get(known["Location"]).status_code == 200
    mail = next(mail for mail in mailbox if mail["recipients"] == ["ayu@contoh.test"])
    assert mail["subject"] == "Kata sandi baru untuk akun Lintas Anda"
    assert "\n" not in mail["subject"]
    address = portal_client.get(link_in(mail))["Location"]
    assert portal_client.get(address).status_code == 200
    new = {"password1": "teh-poci-21-cangkir", "password2": "teh-poci-21-cangkir"}
    different = {**new, "password2": "lain"}
    assert "tidak sama" in portal_client.post(address, different).content.decode()
    assert portal_client.post(address, new)["Location"] == "/saya/"
    assert portal_client.get("/akun/").status_code == 200
    ayu.refresh_from_db()
    assert ayu.check_password("teh-poci-21-cangkir")
    assert not SignInCount.objects.filter(count__gt=6).exists()
    assert Session.objects.filter(account_id=ayu.pk).count() == 1
    # A link works once.
    again = Client(headers={"host": settings.BASE_DOMAIN}).get(link_in(mail))
    assert "sudah dipakai" in again.content.decode()


def test_email_is_confirmed_by_link(own: Client, ayu: Account, mailbox: list[Any]) -> None:
    assert "belum dikonfirmasi" in own.get("/akun/").content.decode()
    own.post("/akun/email/kirim-ulang/")
    (mail,) = mailbox
    address = link_in(mail)
    assert "ayu@contoh.test" in own.get(address).content.decode()
    assert own.post(address).status_code == 302
    assert EmailAddress.objects.get().verified
    assert "belum dikonfirmasi" not in own.get("/akun/").content.decode()
    broken = own.get("/akun/email/konfirmasi/salah/")
    assert "kedaluwarsa" in broken.content.decode()


def test_mail_waits_for_the_transaction_and_is_sent_by_the_worker(mailoutbox: list[Any]) -> None:
    from shared_apps.accounts.tasks import send_mail

    send_mail.func("Judul", "Isi", "Lintas <a@contoh.test>", ["b@contoh.test"])
    (mail,) = mailoutbox
    assert (mail.subject, mail.body, mail.to) == ("Judul", "Isi", ["b@contoh.test"])
