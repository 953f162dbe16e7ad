"""What a made-up Host header can reach: neither the links of mails nor another's form."""

from typing import Any

import pytest
from django.conf import settings
from django.test import Client

pytestmark = pytest.mark.django_db
FORGED = f"{settings.BASE_DOMAIN}:1337"


def test_links_of_mails_lead_to_the_portal(make_account: Any, mailbox: list[Any]) -> None:
    """The port of the Host header is anybody's to choose; the one of the settings counts."""
    account = make_account(email="ayu@contoh.test", password="panjang-dan-rahasia-7")
    client = Client(headers={"host": FORGED})
    for email in (account.email, "tiada@contoh.test"):
        client.post("/akun/sandi/lupa/", {"email": email})
    client.force_login(account, backend="shared_apps.accounts.backends.NipOrEmailBackend")
    client.post("/akun/email/kirim-ulang/")
    assert len(mailbox) >= 2
    for sent in mailbox:
        assert ":1337" not in sent["body"]
        assert f"{settings.PORTAL_URL}/akun/" in sent["body"]


def test_a_form_of_one_tenant_is_refused_by_another(
    tenant_a: Any, tenant_b: Any, make_account: Any, client_for: Any
) -> None:
    """All hosts share the session, so the origin and the host's own cookie must be right."""
    client = client_for(tenant_a, make_account(), enforce_csrf_checks=True)
    origin = f"{settings.PUBLIC_SCHEME}://{tenant_b.code}.{settings.BASE_DOMAIN}"
    client.cookies["lintas_csrf"] = "a" * 32
    data = {"csrfmiddlewaretoken": "a" * 32}
    for wrong in (origin, "null", "http://contoh.test"):
        answer = client.post("/topik/tidak-ada/mulai/", data, headers={"origin": wrong})
        assert answer.status_code == 403, wrong
    assert client.post("/topik/tidak-ada/mulai/", data).status_code == 404


def test_a_form_that_came_twice_at_once_leads_into_the_account(
    portal_client: Client, monkeypatch: pytest.MonkeyPatch, db: None
) -> None:
    """The slower of two equal registrations finds the account made, not a complaint."""
    from shared_apps.accounts import forms
    from shared_apps.accounts.models import Account

    data = {
        "number": "199001152015041001", "name": "Ayu Lestari", "email": "ayu@contoh.test",
        "agency": "Kemenkumham", "password1": "panjang-dan-rahasia-7",
        "password2": "panjang-dan-rahasia-7",
    }  # fmt: skip
    assert portal_client.post("/akun/daftar/", data).status_code == 302
    # The second one looked before the first one had written.
    monkeypatch.setattr(forms.RegistrationForm, "clean", _clean_without_looking)
    second = Client(headers={"host": settings.BASE_DOMAIN})
    assert second.post("/akun/daftar/", data).status_code == 302
    other = data | {"password1": "lain-dan-rahasia-7", "password2": "lain-dan-rahasia-7"}
    third = Client(headers={"host": settings.BASE_DOMAIN})
    assert third.post("/akun/daftar/", other).status_code == 200
    assert Account.objects.count() == 1


def _clean_without_looking(form: Any) -> Any:
    form.repeated = None
    return form.cleaned_data
