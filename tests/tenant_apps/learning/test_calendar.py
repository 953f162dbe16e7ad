"""The personal calendar, the file of a class, and reminders."""

import datetime
from collections.abc import Callable
from typing import Any

from icalendar import Calendar

from tenants.schemas import in_tenant
from tests.pages import words_of
from tests.tenant_apps.learning.classroom import make_offering, make_topic

Makes = Callable[..., Any]


def _events(content: bytes) -> list[Any]:
    return list(Calendar.from_ical(content).walk("VEVENT"))


def test_feed_with_status_and_stable_uid(
    tenant_a: Any, make_account: Makes, client_for: Makes, portal_client: Any,
    django_assert_max_num_queries: Any,
) -> None:  # fmt: skip
    from shared_apps.desk.models import CalendarAddress
    from tenant_apps.learning.services import seats

    first, second = make_account(agency="bkn"), make_account(agency="bkn")
    with in_tenant(tenant_a):
        offering = make_offering(make_topic(), capacity=1)
        for person in (first, second):
            seats.sign_up(by=person, offering=offering)
    clients = [client_for(None, person) for person in (first, second)]
    for client in clients:
        assert "Buat alamat kalender" in words_of(client.get("/kalender/"))
        client.post("/kalender/", {"aksi": "baru"})
    tokens = [CalendarAddress.objects.get(pk=person.pk).token for person in (first, second)]
    with django_assert_max_num_queries(6):
        response = portal_client.get(f"/kalender/{tokens[0]}.ics")
    assert response.headers["Content-Type"].startswith("text/calendar")
    assert b"REFRESH-INTERVAL;VALUE=DURATION:PT4H" in response.content
    events = _events(response.content)
    assert [str(event["SUMMARY"]) for event in events] == [
        "Kelas Tata Naskah: Sesi 1 (terdaftar)", "Kelas Tata Naskah: Sesi 2 (terdaftar)",
    ]  # fmt: skip
    waiting = _events(portal_client.get(f"/kalender/{tokens[1]}.ics").content)
    assert str(waiting[0]["SUMMARY"]).endswith("(daftar tunggu)")
    own = client_for(tenant_a, first).get("/kelas/kelas-naskah/kalender.ics")
    assert [str(e["UID"]) for e in _events(own.content)] == [str(e["UID"]) for e in events]
    with in_tenant(tenant_a):
        session = offering.sessions.first()
    one = client_for(tenant_a, first).get(f"/kelas/kelas-naskah/kalender.ics?sesi={session.pk}")
    assert len(_events(one.content)) == 1
    # Moving up is told in the same feed; a new address makes the old one worthless.
    with in_tenant(tenant_a):
        seats.withdraw(by=first, offering=offering)
    moved = _events(portal_client.get(f"/kalender/{tokens[1]}.ics").content)
    assert str(moved[0]["SUMMARY"]).endswith("(terdaftar)")
    assert _events(portal_client.get(f"/kalender/{tokens[0]}.ics").content) == []
    clients[0].post("/kalender/", {"aksi": "baru"})
    assert portal_client.get(f"/kalender/{tokens[0]}.ics").status_code == 404
    clients[1].post("/kalender/", {"aksi": "hapus"})
    assert portal_client.get(f"/kalender/{tokens[1]}.ics").status_code == 404


def test_reminder_goes_out_once_for_each_start(tenant_a: Any, make_account: Makes) -> None:
    from shared_apps.desk.tasks import remind
    from shared_apps.notifications.models import Notification
    from shared_apps.offerings.models import Announcement
    from tenant_apps.learning.services import seats

    person, waiting = make_account(agency="bkn"), make_account(agency="bkn")
    with in_tenant(tenant_a):
        offering = make_offering(make_topic(), capacity=1, days_ahead=0)
        for account in (person, waiting):
            seats.sign_up(by=account, offering=offering)
    soon = datetime.datetime.now(datetime.UTC) + datetime.timedelta(hours=3)
    Announcement.objects.filter(uuid=offering.pk).update(starts_at=soon)
    assert (remind.call(), remind.call()) == (1, 0)
    notice = Notification.objects.get(kind="offering.reminder")
    assert (notice.account_id, notice.tenant_id) == (person.pk, tenant_a.pk)
    Announcement.objects.update(starts_at=soon + datetime.timedelta(hours=1))
    assert remind.call() == 1


def test_the_address_of_a_meeting_is_for_who_has_a_seat(
    tenant_a: Any, make_account: Makes, client_for: Makes
) -> None:
    """On the page, in the file of the class and in the personal calendar."""
    from shared_apps.desk.services import renew_calendar
    from tenant_apps.learning.services import seats
    from tenant_apps.learning.services.offerings import announce

    first, waiting, other = (make_account(agency="bkn") for _number in range(3))
    with in_tenant(tenant_a):
        offering = make_offering(make_topic(), capacity=1)
        offering.sessions.update(link="https://rapat.contoh.test/rahasia")
        announce(offering)
        for person in (first, waiting):
            seats.sign_up(by=person, offering=offering)
    for person, seated in ((first, True), (waiting, False), (other, False)):
        client = client_for(tenant_a, person)
        for url in ("/kelas/kelas-naskah/", "/kelas/kelas-naskah/kalender.ics"):
            said = client.get(url).content.replace(b"\r\n ", b"")
            assert (b"rapat.contoh.test" in said) == seated, url
        token = renew_calendar(by=person).token
        feed = client_for(None).get(f"/kalender/{token}.ics").content.replace(b"\r\n ", b"")
        assert (b"rapat.contoh.test" in feed) == seated
    with in_tenant(tenant_a):
        seats.withdraw(by=first, offering=offering)
    assert b"rapat.contoh" not in client_for(tenant_a, first).get("/kelas/kelas-naskah/").content
