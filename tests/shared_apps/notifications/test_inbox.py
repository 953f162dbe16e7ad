"""The inbox on the portal: unread first, filters, marking, choosing mail."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.urls import reverse

from shared_apps.notifications import mailing, selectors, services
from shared_apps.notifications.models import Notification
from tenants.schemas import in_tenant
from tests.pages import words_of

Makes = Callable[..., Any]
INBOX = "/saya/pemberitahuan/"


def send(person: Any, tenant: Any, key: str = "1", role: str = "Penelaah") -> Any:
    with in_tenant(tenant):
        services.notify(
            kind="role.granted",
            account_ids=[person.pk],
            data={"role": role},
            path="/kelola/",
            key=key,
        )
    return Notification.objects.get(account=person, tenant=tenant, key=key)


def test_empty_inbox_says_what_will_come(make_account: Makes, client_for: Makes) -> None:
    page = client_for(None, make_account()).get(INBOX)
    assert "Belum ada pemberitahuan" in words_of(page)
    assert "Tandai semua" not in words_of(page)


def test_unread_first_then_marked_on_opening(
    make_account: Makes, client_for: Makes, tenant_a: Any, tenant_b: Any
) -> None:
    ayu = make_account()
    old, new = send(ayu, tenant_a), send(ayu, tenant_b, role="Asesor")
    client = client_for(None, ayu)
    answer = client.get(f"{INBOX}{new.pk}/")
    assert answer.headers["Location"] == "http://rumahbelajar.lintas.localhost:8000/kelola/"
    page = words_of(client.get(INBOX))
    assert page.index("Anda menjadi Penelaah") < page.index("Anda menjadi Asesor")
    assert page.count(" Baru ") == 1
    assert "BKN Kantor Regional X" in page
    assert "1 baru" in words_of(client.get("/saya/"))
    client.head(f"{INBOX}{old.pk}/")
    assert selectors.unread_count(ayu.pk) == 1
    assert "1 pemberitahuan ditandai" in words_of(client.post(f"{INBOX}dibaca/", follow=True))
    assert selectors.unread_count(ayu.pk) == 0
    assert "Anda menjadi" in words_of(client.get(INBOX))
    english = words_of(client.get(INBOX + "?bahasa=en"))
    assert "You are now Penelaah" in english


def test_filters(make_account: Makes, client_for: Makes, tenant_a: Any, tenant_b: Any) -> None:
    ayu = make_account()
    services.mark_read(by=ayu, notice=send(ayu, tenant_a))
    send(ayu, tenant_b, role="Asesor")
    client = client_for(None, ayu)
    only_a = words_of(client.get(INBOX, {"penyelenggara": "kanreg10"}))
    assert "Penelaah" in only_a and "Asesor" not in only_a
    unread = words_of(client.get(INBOX, {"status": "baru", "jenis": "role.granted"}))
    assert "Penelaah" not in unread and "Asesor" in unread
    none = words_of(client.get(INBOX, {"penyelenggara": "kanreg10", "status": "baru"}))
    assert "Tidak ada yang cocok" in none
    assert "Asesor" in words_of(client.get(INBOX, {"penyelenggara": "\0'", "halaman": "x"}))


def test_others_see_nothing_of_it(make_account: Makes, client_for: Makes, tenant_a: Any) -> None:
    ayu, other = make_account(), make_account()
    notice = send(ayu, tenant_a)
    client = client_for(None, other)
    assert client.get(f"{INBOX}{notice.pk}/").status_code == 404
    assert "Penelaah" not in words_of(client.get(INBOX))
    assert client.get(f"{INBOX}dibaca/").status_code == 405
    assert selectors.unread_count(ayu.pk) == 1


def test_the_list_costs_the_same_for_many(
    make_account: Makes,
    client_for: Makes,
    tenant_a: Any,
    tenant_b: Any,
    django_assert_num_queries: Any,
) -> None:
    ayu = make_account()
    client = client_for(None, ayu)
    for number in range(40):
        send(ayu, tenant_a if number % 2 else tenant_b, key=str(number))
    client.get(INBOX)
    with django_assert_num_queries(7):
        # Session, senders, kinds, count, rows, unread, roles.
        client.get(INBOX)


def test_choosing_mail(make_account: Makes, client_for: Makes) -> None:
    ayu = make_account()
    client = client_for(None, ayu)
    page = client.get(f"{INBOX}setelan/")
    assert 'value="now"\n' in page.content.decode() and "checked" in page.content.decode()
    answer = client.post(f"{INBOX}setelan/", {"role.granted": "off", "x": "now"}, follow=True)
    assert "Pilihan Anda tersimpan" in words_of(answer)
    assert selectors.mail_choices(ayu.pk)["role.granted"] == "off"


def test_the_link_in_a_mail_ends_it_without_signing_in(
    make_account: Makes, client_for: Makes, tenant_a: Any
) -> None:
    ayu = make_account()
    send(ayu, tenant_a)
    url = mailing.stop_url(ayu.pk, "role.granted")
    path = url.removeprefix(settings.PORTAL_URL)
    stranger = client_for(None)
    assert "Peran Anda" in words_of(stranger.get(path))
    # Looking does nothing: mail programs open links by themselves.
    assert selectors.mail_choices(ayu.pk)["role.granted"] == "now"
    assert "tidak dikirim lagi" in words_of(stranger.post(path))
    assert selectors.mail_choices(ayu.pk)["role.granted"] == "off"
    assert Notification.objects.get().delivery == "off"
    assert stranger.get(path[:-3] + "x/").status_code == 404
    everything = mailing.stop_url(ayu.pk, "").removeprefix(settings.PORTAL_URL)
    assert "semua e-mail" in words_of(stranger.get(everything))
    stranger.post(everything)
    assert set(selectors.mail_choices(ayu.pk).values()) == {"off"}
    assert reverse("notices", urlconf=settings.PUBLIC_SCHEMA_URLCONF) == INBOX
