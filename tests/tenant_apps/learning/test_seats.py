"""Signing up, the waiting list, approval, and giving seats back."""

import datetime
from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from tenants.schemas import in_tenant
from tests.pages import words_of
from tests.tenant_apps.learning.classroom import grant, make_offering, make_topic

Makes = Callable[..., Any]


@pytest.fixture
def people(make_account: Makes) -> list[Any]:
    """Five people of BKN."""
    return [make_account(agency="bkn", name=f"Peserta {n}", state="confirmed") for n in range(5)]


def _states(offering: Any) -> list[str]:
    from tenant_apps.learning.models import Seat

    return list(
        Seat.objects.filter(offering=offering).order_by("made_at").values_list("state", flat=True)
    )


def _notices(account: Any) -> list[str]:
    from shared_apps.notifications.models import Notification

    rows = Notification.objects.filter(account=account).order_by("created_at")
    return list(rows.values_list("kind", flat=True))


def test_seats_then_waiting_list_then_moving_up(tenant_a: Any, people: list[Any]) -> None:
    from shared_apps.desk.models import Item
    from shared_apps.offerings.models import Announcement
    from tenant_apps.learning.models import Enrolment, Offering
    from tenant_apps.learning.selectors.offerings import place_in_queue, seat_of
    from tenant_apps.learning.services import seats

    with in_tenant(tenant_a):
        offering = make_offering(make_topic(), capacity=2)
        for person in people:
            seats.sign_up(by=person, offering=offering)
        assert _states(offering) == ["seated", "seated", "waiting", "waiting", "waiting"]
        third = seat_of(offering, people[2])
        assert third and place_in_queue(third) == 1
        enrolment = Enrolment.objects.get(member_id=people[0].pk)
        assert (enrolment.offering_id, enrolment.chain, enrolment.step) == (
            offering.pk, "room", "attendance",
        )  # fmt: skip
        assert not Enrolment.objects.filter(member_id=people[2].pk).exists()
        seats.withdraw(by=people[0], offering=offering)
        assert _states(offering)[:3] == ["withdrawn", "seated", "seated"]
        enrolment.refresh_from_db()
        assert (enrolment.offering_id, enrolment.chain, enrolment.step) == (
            None, "self", "pre_test",
        )  # fmt: skip
        assert Offering.objects.get(pk=offering.pk).seats_taken == 2
    assert _notices(people[2]) == ["seat.moved_up"]
    assert _notices(people[0]) == []
    assert Announcement.objects.get(uuid=offering.pk).seats_taken == 2
    steps = dict(Item.objects.filter(kind="offering").values_list("account_id", "step"))
    assert steps == {
        people[1].pk: "seated", people[2].pk: "seated",
        people[3].pk: "waiting", people[4].pk: "waiting",
    }  # fmt: skip


def test_signing_up_twice_and_again(tenant_a: Any, people: list[Any]) -> None:
    from tenant_apps.learning.models import Seat
    from tenant_apps.learning.services import seats

    with in_tenant(tenant_a):
        offering = make_offering(make_topic(), capacity=1)
        first = seats.sign_up(by=people[0], offering=offering)
        assert seats.sign_up(by=people[0], offering=offering).pk == first.pk
        seats.sign_up(by=people[1], offering=offering)
        seats.withdraw(by=people[0], offering=offering)
        again = seats.sign_up(by=people[0], offering=offering)
        assert (again.pk, again.state, again.number) == (first.pk, "waiting", 2)
        assert Seat.objects.filter(offering=offering).count() == 2


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"state": "draft"}, "tidak dibuka"),
        ({"state": "running"}, "tidak dibuka"),
        ({"enrol_until": timezone.now() - datetime.timedelta(minutes=1)}, "tidak dibuka"),
        ({"enrol_from": timezone.now() + datetime.timedelta(days=1)}, "tidak dibuka"),
        ({"enrolment": "assigned"}, "ditetapkan penyelenggara"),
    ],
)
def test_closed_for_signing_up(
    tenant_a: Any, people: list[Any], values: dict[str, Any], sentence: str
) -> None:
    from tenant_apps.learning.errors import SeatRefused
    from tenant_apps.learning.services import seats

    with in_tenant(tenant_a):
        offering = make_offering(make_topic(), **values)
        with pytest.raises(SeatRefused, match=sentence):
            seats.sign_up(by=people[0], offering=offering)
        assert _states(offering) == []


def test_who_completed_or_sits_elsewhere_is_refused(tenant_a: Any, people: list[Any]) -> None:
    from tenant_apps.learning.errors import SeatRefused
    from tenant_apps.learning.models import Enrolment
    from tenant_apps.learning.services import seats
    from tenant_apps.learning.services.completion import grant as complete
    from tenant_apps.learning.services.enrolments import start_topic

    with in_tenant(tenant_a):
        topic = make_topic()
        offering = make_offering(topic)
        other = make_offering(topic, slug="kelas-lain", title="Kelas Lain")
        enrolment = start_topic(by=people[0], topic=topic)
        complete(by=people[0], enrolment=enrolment, topic=topic, at=timezone.now())
        enrolment.save()
        with pytest.raises(SeatRefused, match="Sudah menyelesaikan Tata Naskah Dinas"):
            seats.sign_up(by=people[0], offering=offering)
        seats.sign_up(by=people[1], offering=other)
        with pytest.raises(SeatRefused, match="peserta kelas Kelas Lain"):
            seats.sign_up(by=people[1], offering=offering)
        # What somebody began alone belongs to the class from then on.
        start_topic(by=people[2], topic=topic)
        seats.sign_up(by=people[2], offering=offering)
        assert Enrolment.objects.get(member_id=people[2].pk).offering_id == offering.pk


def test_approval_decline_and_removal(
    tenant_a: Any, people: list[Any], make_account: Makes
) -> None:
    from tenant_apps.learning.errors import SeatRefused
    from tenant_apps.learning.models import Seat
    from tenant_apps.learning.services import seats

    manager = grant(make_account(agency="bkn"), tenant_a)
    with in_tenant(tenant_a):
        offering = make_offering(make_topic(), capacity=2, enrolment="approval")
        ids = [seats.sign_up(by=person, offering=offering).pk for person in people]
        assert set(_states(offering)) == {"applied"}
        assert seats.approve(by=manager, offering=offering, seat_ids=ids[:3]) == (2, 1)
        with pytest.raises(SeatRefused, match="Tulis alasannya") as refused:
            seats.decline(by=manager, offering=offering, seat_ids=ids[3:4], note=" ")
        assert refused.value.field == "note"
        assert seats.decline(by=manager, offering=offering, seat_ids=ids[3:4], note="Penuh") == 1
        assert seats.remove(by=manager, offering=offering, seat_ids=ids[:1], note="Mutasi") == 1
        assert _states(offering) == ["withdrawn", "seated", "seated", "declined", "applied"]
        assert Seat.objects.get(pk=ids[3]).note == "Penuh"
        with pytest.raises(SeatRefused, match="tidak diterima"):
            seats.sign_up(by=people[3], offering=offering)
        with pytest.raises(PermissionDenied):
            seats.approve(by=people[0], offering=offering, seat_ids=ids)
    assert _notices(people[3]) == ["seat.declined"]
    assert _notices(people[0]) == ["seat.given", "seat.removed"]
    assert _notices(people[2]) == ["seat.waiting", "seat.moved_up"]


def test_capacity_grows_and_never_shrinks_below_the_seats(
    tenant_a: Any, people: list[Any], make_account: Makes
) -> None:
    from django.db import IntegrityError, transaction

    from tenant_apps.learning.errors import OfferingRefused
    from tenant_apps.learning.models import Offering
    from tenant_apps.learning.services import seats
    from tenant_apps.learning.services.offerings import save_offering

    manager = grant(make_account(agency="bkn"), tenant_a)
    with in_tenant(tenant_a):
        offering = make_offering(make_topic(), capacity=2)
        for person in people:
            seats.sign_up(by=person, offering=offering)
        with pytest.raises(OfferingRefused, match="2 tempat sudah terisi") as refused:
            save_offering(by=manager, values={"capacity": 1}, offering=offering)
        assert refused.value.field == "capacity"
        with pytest.raises(OfferingRefused, match="sudah ada pendaftar"):
            save_offering(by=manager, values={"with_tests": True}, offering=offering)
        save_offering(by=manager, values={"capacity": 4}, offering=offering)
        assert _states(offering).count("seated") == 4
        # The database itself refuses to oversell.
        with pytest.raises(IntegrityError), transaction.atomic():
            Offering.objects.filter(pk=offering.pk).update(seats_taken=5)


def test_cancelling_tells_everybody(tenant_a: Any, people: list[Any], make_account: Makes) -> None:
    from shared_apps.desk.models import Item
    from tenant_apps.learning.services import seats
    from tenant_apps.learning.services.closing import cancel_offering

    manager = grant(make_account(agency="bkn"), tenant_a)
    with in_tenant(tenant_a):
        offering = make_offering(make_topic(), capacity=3)
        for person in people:
            seats.sign_up(by=person, offering=offering)
        assert cancel_offering(by=manager, offering=offering, note="Anggaran") == 5
        assert set(_states(offering)) == {"withdrawn"}
    assert _notices(people[0]) == ["offering.cancelled"]
    assert not Item.objects.filter(kind="offering").exists()


def test_page_of_a_class(
    tenant_a: Any, people: list[Any], client_for: Makes, django_assert_num_queries: Any
) -> None:

    with in_tenant(tenant_a):
        make_offering(make_topic(), capacity=1)
    stranger, first, second = client_for(tenant_a), client_for(tenant_a, people[0]), client_for(
        tenant_a, people[1]
    )  # fmt: skip
    assert "Kelas Tata Naskah" in words_of(stranger.get("/kelas/"))
    assert "Masuk untuk mendaftar" in words_of(stranger.get("/kelas/kelas-naskah/"))
    response = first.post("/kelas/kelas-naskah/daftar/", follow=True)
    assert "Anda terdaftar di kelas ini." in words_of(response)
    assert "Buka materi" in words_of(response)
    response = second.post("/kelas/kelas-naskah/daftar/", follow=True)
    assert "Anda nomor 1 di daftar tunggu" in words_of(response)
    assert "Kelas saya" in words_of(second.get("/kelas/"))
    assert "Ya, saya mundur" in words_of(first.get("/kelas/kelas-naskah/mundur/"))
    first.post("/kelas/kelas-naskah/mundur/")
    assert "Buka materi" in words_of(second.get("/kelas/kelas-naskah/"))
    assert "Kelas mendatang" in words_of(stranger.get("/topik/tata-naskah/"))
    assert stranger.get("/kelas/tidak-ada/").status_code == 404


def test_own_class_is_hidden_from_other_agencies(
    tenant_a: Any, people: list[Any], make_account: Makes, client_for: Makes
) -> None:
    other = make_account(agency="lan", state="confirmed")
    declared = make_account(agency="bkn", state="declared")
    with in_tenant(tenant_a):
        make_offering(make_topic(), visibility="own")
    for account, status in ((people[0], 200), (other, 404), (declared, 404), (None, 404)):
        client = client_for(tenant_a, account)
        assert client.get("/kelas/kelas-naskah/").status_code == status
        assert client.post("/kelas/kelas-naskah/daftar/").status_code in {302, 404}
