"""iCalendar files (RFC 5545): the same event keeps its UID, so that programs renew it."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from django.http import HttpResponse
from icalendar import Calendar, Event

#: How often a program that subscribes should ask again.
REFRESH = datetime.timedelta(hours=4)


@dataclass(frozen=True)
class Appointment:
    """One event. Without `ends_at` it is a moment (a deadline); `cancelled` shows it struck out."""

    uid: str
    summary: str
    starts_at: datetime.datetime
    ends_at: datetime.datetime | None = None
    changed_at: datetime.datetime | None = None
    place: str = ""
    text: str = ""
    url: str = ""
    cancelled: bool = False


def calendar(name: str, appointments: Iterable[Appointment]) -> bytes:
    """Return the file: times in UTC, which every program shows in its owner's zone."""
    book = Calendar()
    book.add("prodid", "-//Lintas//ID")
    book.add("version", "2.0")
    book.add("method", "PUBLISH")
    book.add("name", name)
    book.add("x-wr-calname", name)
    book.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    book.add("x-published-ttl", REFRESH)
    for each in appointments:
        book.add_component(_event(each))
    return bytes(book.to_ical())


def _event(each: Appointment) -> Event:
    event = Event()
    starts_at = each.starts_at.astimezone(datetime.UTC)
    event.add("uid", each.uid)
    event.add("dtstamp", (each.changed_at or each.starts_at).astimezone(datetime.UTC))
    event.add("dtstart", starts_at)
    event.add("dtend", (each.ends_at or each.starts_at).astimezone(datetime.UTC))
    event.add("summary", each.summary)
    for key, value in (("location", each.place), ("description", each.text), ("url", each.url)):
        if value:
            event.add(key, value)
    event.add("status", "CANCELLED" if each.cancelled else "CONFIRMED")
    # A deadline takes nobody's time.
    event.add("transp", "OPAQUE" if each.ends_at else "TRANSPARENT")
    return event


def answer(filename: str, content: bytes, *, attached: bool = True) -> HttpResponse:
    """Return a response with a calendar; `filename` is ASCII without ending."""
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    kind = "attachment" if attached else "inline"
    response["Content-Disposition"] = f'{kind}; filename="{filename}.ics"'
    return response
