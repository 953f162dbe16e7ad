"""Mails of notices: at once or once a day, never lost with the mail server, never empty."""

import datetime
import smtplib
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.utils import timezone

from shared_apps.notifications import mailing, services, tasks
from shared_apps.notifications.models import Digest, Notification
from tenants.schemas import in_tenant

Makes = Callable[..., Any]
# 07.30 in Jakarta, 09.30 in Jayapura; later than now, when the rows are made.
MORNING = datetime.datetime(2099, 11, 24, 0, 30, tzinfo=datetime.UTC)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[datetime.datetime]]:
    """The time that the product sees; set `clock[0]`."""
    now = [MORNING]
    monkeypatch.setattr(timezone, "now", lambda: now[0])
    yield now


@pytest.fixture
def ayu(make_account: Makes) -> Any:
    """A person whose address is known to be theirs."""
    return verified(make_account(email="ayu@contoh.test"))


def verified(account: Any) -> Any:
    EmailAddress.objects.create(user=account, email=account.email, primary=True, verified=True)
    return account


def send(tenant: Any, *people: Any, key: str = "1", role: str = "Penelaah") -> None:
    with in_tenant(tenant):
        services.notify(
            kind="role.granted",
            account_ids=[each.pk for each in people],
            data={"role": role},
            path="/kelola/",
            key=key,
        )


def daily(*people: Any) -> None:
    for person in people:
        services.choose_mail(by=person, choices={"role.granted": "daily"})


def test_what_goes_out_at_once(ayu: Any, tenant_a: Any, tenant_b: Any) -> None:
    send(tenant_a, ayu)
    assert tasks.send_waiting.call() == 1
    assert tasks.send_waiting.call() == 0
    (letter,) = mail.outbox
    assert letter.to == ["ayu@contoh.test"] and letter.subject == "Anda menjadi Penelaah"
    notice = Notification.objects.get()
    assert f"/saya/pemberitahuan/{notice.pk}/" in letter.body
    assert "/saya/pemberitahuan/berhenti/" in letter.body
    assert letter.extra_headers["List-Unsubscribe"].startswith("<http")
    assert notice.mailed_at is not None and notice.read_at is None
    send(tenant_a, ayu, key="2", role="Asesor")
    send(tenant_b, ayu, key="2", role="Pengajar")
    tasks.send_waiting.call()
    assert mail.outbox[1].subject == "2 pemberitahuan baru untuk Anda"
    assert "Asesor" in mail.outbox[1].body and "Rumah Belajar" in mail.outbox[1].body


def test_in_the_language_that_the_person_chose(ayu: Any, tenant_a: Any) -> None:
    ayu.language = "en"
    ayu.save()
    send(tenant_a, ayu)
    tasks.send_waiting.call()
    assert mail.outbox[0].subject == "You are now Penelaah"


def test_no_mail_to_unverified_closed_or_reading_people(
    make_account: Makes, ayu: Any, tenant_a: Any
) -> None:
    unverified, closed = make_account(), verified(make_account())
    closed.is_active = False
    closed.save()
    send(tenant_a, unverified, closed, ayu)
    services.mark_all_read(by=ayu)
    assert tasks.send_waiting.call() == 0
    assert mail.outbox == []
    # They do not come up again, and their inbox has the notice.
    assert Notification.objects.filter(delivery="off").count() == 2
    assert Notification.objects.count() == 3


def test_a_mail_server_that_refuses_loses_nothing(
    ayu: Any,
    make_account: Makes,
    tenant_a: Any,
    clock: list[datetime.datetime],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    other = verified(make_account())
    send(tenant_a, ayu, other)
    deliver = mailing.EmailMessage.send

    def refuse(letter: Any, *args: Any) -> int:
        if letter.to == ["ayu@contoh.test"]:
            raise smtplib.SMTPServerDisconnected("down")
        return deliver(letter)

    monkeypatch.setattr(mailing.EmailMessage, "send", refuse)
    assert tasks.send_waiting.call() == 1
    row = Notification.objects.get(account=ayu)
    assert (row.mailed_at, row.mail_tries) == (None, 1)
    assert tasks.send_waiting.call() == 0
    clock[0] += datetime.timedelta(minutes=3)
    tasks.send_waiting.call()
    assert Notification.objects.get(account=ayu).mail_tries == 2
    monkeypatch.setattr(mailing.EmailMessage, "send", deliver)
    clock[0] += datetime.timedelta(minutes=3)
    assert tasks.send_waiting.call() == 0
    clock[0] += datetime.timedelta(minutes=3)
    assert tasks.send_waiting.call() == 1
    for _ in range(mailing.MOST_TRIES):
        send(tenant_a, ayu, key="2")
        monkeypatch.setattr(mailing.EmailMessage, "send", refuse)
        tasks.send_waiting.call()
        clock[0] += datetime.timedelta(days=3)
    row = Notification.objects.get(account=ayu, key="2")
    assert row.delivery == "off" and row.read_at is None


def test_a_row_that_cannot_be_written_disturbs_nobody(
    ayu: Any, make_account: Makes, tenant_a: Any
) -> None:
    others = [verified(make_account()) for _ in range(3)]
    send(tenant_a, ayu, *others)
    Notification.objects.filter(account=ayu).update(kind="kata.lama")
    assert tasks.send_waiting.call() == 3
    assert Notification.objects.get(account=ayu).mail_tries == 1


def test_one_digest_a_day_in_the_zone_of_the_person(
    make_account: Makes, tenant_a: Any, ayu: Any, clock: list[datetime.datetime]
) -> None:
    papua = verified(make_account(agency=_agency("Papua"), email="papua@contoh.test"))
    daily(ayu, papua)
    # 06.30 in Jakarta, 08.30 in Jayapura.
    clock[0] = MORNING - datetime.timedelta(hours=1)
    send(tenant_a, ayu, papua)
    send(tenant_a, ayu, papua, key="2", role="Asesor")
    assert tasks.send_digests.call() == 1
    assert [letter.to for letter in mail.outbox] == [["papua@contoh.test"]]
    clock[0] = MORNING
    assert tasks.send_digests.call() == 1
    assert mail.outbox[1].to == ["ayu@contoh.test"]
    assert mail.outbox[1].subject == "Ringkasan hari ini: 2 pemberitahuan"
    for notice in Notification.objects.filter(account=ayu):
        assert f"/saya/pemberitahuan/{notice.pk}/" in mail.outbox[1].body
    # What comes later waits for tomorrow; a digest of nothing is not sent.
    send(tenant_a, ayu, key="3", role="Pengajar")
    clock[0] += datetime.timedelta(hours=2)
    assert tasks.send_digests.call() == 0
    clock[0] += datetime.timedelta(days=1)
    assert tasks.send_digests.call() == 1
    clock[0] += datetime.timedelta(days=1)
    assert tasks.send_digests.call() == 0
    assert len(mail.outbox) == 3


def _agency(province: str) -> Any:
    from tenants.models import Agency

    return Agency.objects.filter(province=province, status="aktif").first()


def test_a_digest_of_read_notices_is_not_sent(
    ayu: Any, tenant_a: Any, clock: list[datetime.datetime]
) -> None:
    daily(ayu)
    send(tenant_a, ayu)
    services.mark_all_read(by=ayu)
    assert tasks.send_digests.call() == 0
    assert not Digest.objects.exists()


def test_a_death_between_sending_and_noting_repeats_the_digest_once(
    ayu: Any, tenant_a: Any, clock: list[datetime.datetime], monkeypatch: pytest.MonkeyPatch
) -> None:
    """At least once is what we chose: the transaction that notes the mail dies with the process."""
    daily(ayu)
    send(tenant_a, ayu)
    deliver = mailing.EmailMessage.send

    class Killed(BaseException):
        pass

    def die(letter: Any, *args: Any) -> int:
        deliver(letter)
        raise Killed

    monkeypatch.setattr(mailing.EmailMessage, "send", die)
    with pytest.raises(Killed):
        mailing.send_digests()
    assert not Digest.objects.exists() and len(mail.outbox) == 1
    monkeypatch.setattr(mailing.EmailMessage, "send", deliver)
    assert mailing.send_digests() == (1, True)
    assert mailing.send_digests() == (0, True)
    assert len(mail.outbox) == 2


def test_a_long_pass_leaves_the_rest_to_the_next(
    ayu: Any, make_account: Makes, tenant_a: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    send(tenant_a, ayu, verified(make_account()))
    monkeypatch.setattr(mailing, "PASS_SECONDS", -1.0)
    assert mailing.send_waiting() == (0, False)
    monkeypatch.undo()
    monkeypatch.setattr(mailing, "BATCH", 1)
    assert mailing.send_waiting() == (2, True)
