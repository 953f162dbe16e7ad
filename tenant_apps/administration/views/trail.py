"""Who did what at this tenant: `/kelola/jejak/`."""

import datetime
import re
import uuid
from typing import Any
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from shared_apps.access.selectors import permissions_of
from shared_apps.accounts import selectors as accounts
from shared_apps.accounts.requests import SignedInRequest
from shared_apps.audit import selectors
from shared_apps.audit.selectors import Wanted
from shared_apps.audit.sentences import KINDS, SENTENCES
from tenant_apps.administration.permissions import AUDIT
from tenant_apps.administration.selectors.trail import lines
from tenants.schemas import current_tenant
from tenants.selectors import today_at
from toolkit import indonesian, xlsx
from toolkit.access_rules import needs

PAGE, MOST_EXPORTED, DEFAULT_DAYS = 50, 5_000, 30
#: Nobody has this one: what an unknown name leads to.
NOBODY = uuid.UUID(int=0)


def _key(text: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(text)
    except ValueError:
        return None


def _day(text: str) -> datetime.date | None:
    try:
        return parse_date(text)
    except ValueError:
        return None


def _asked(request: SignedInRequest) -> tuple[dict[str, str], Wanted]:
    """Return the filter's values as the form shows them, and what they mean.

    A person is an account's key, from a link of the list, or a number or address typed in full.
    """
    tenant = current_tenant()
    zone, today = ZoneInfo(tenant.time_zone), today_at(tenant)
    names = ("orang", "perbuatan", "benda", "dari", "sampai")
    values = {name: request.GET.get(name, "").replace("\0", "").strip()[:100] for name in names}
    first = _day(values["dari"]) or today - datetime.timedelta(days=DEFAULT_DAYS)
    last = _day(values["sampai"]) or today
    values.update(dari=first.isoformat(), sampai=last.isoformat())
    person = None
    if values["orang"]:
        found = None if _key(values["orang"]) else accounts.account_for_login(values["orang"])
        person = _key(values["orang"]) or (found.pk if found else NOBODY)
    wanted = Wanted(
        actor_id=person,
        verb=values["perbuatan"] if values["perbuatan"] in SENTENCES else "",
        kind=values["benda"] if values["benda"] in KINDS else "",
        since=datetime.datetime.combine(first, datetime.time.min, zone),
        until=datetime.datetime.combine(
            min(last, datetime.date.max - datetime.timedelta(days=1)) + datetime.timedelta(days=1),
            datetime.time.min,
            zone,
        ),
    )
    return values, wanted


def _mark(text: str) -> tuple[datetime.datetime, uuid.UUID] | None:
    """Return where the page before this one ended, as its link says."""
    at, _sign, key = text.partition("_")
    try:
        moment = datetime.datetime.fromisoformat(at)
        return (moment, uuid.UUID(key)) if moment.tzinfo else None
    except ValueError:
        return None


def _choices(words: Any, chosen: str) -> list[tuple[str, str, bool]]:
    """Return the options of a select, by label."""
    plain = {key: re.sub(r"\{\w+\}", "…", str(text)) for key, text in words.items()}
    options = sorted(plain.items(), key=lambda each: each[1].lower())
    return [(key, label[:1].upper() + label[1:], key == chosen) for key, label in options]


@needs(AUDIT)
@require_safe
def trail(request: SignedInRequest) -> HttpResponse:
    """The events of a period as sentences, newest first; pages go on from a mark."""
    tenant = current_tenant()
    values, wanted = _asked(request)
    rows = selectors.events_of(tenant.pk, wanted)
    if request.GET.get("format") == "xlsx":
        return xlsx.download(
            "jejak",
            [_("Waktu"), _("Orang"), _("Perbuatan")],
            [
                [indonesian.date_time(line.at, tenant.time_zone), line.actor, line.did]
                for line in lines(list(rows[:MOST_EXPORTED]))
            ],
        )
    before = _mark(request.GET.get("sebelum", ""))
    events, more = selectors.page_of(rows, size=PAGE, before=before)
    query = {key: value for key, value in values.items() if value}
    older = ""
    if more:
        mark = f"{events[-1].at.isoformat()}_{events[-1].pk}"
        older = "?" + urlencode({**query, "sebelum": mark})
    # Only of who has acted here: whoever types numbers must not learn whose they are.
    person = accounts.holders([wanted.actor_id]) if wanted.actor_id and events else {}
    return render(
        request,
        "administration/trail.html",
        {
            "values": values,
            "person": next(iter(person.values()), None),
            "verbs": _choices(SENTENCES, values["perbuatan"]),
            "kinds": _choices(KINDS, values["benda"]),
            "lines": lines(events, allowed=permissions_of(request.user, tenant)),
            "older": older,
            "newest": "?" + urlencode(query) if before else "",
            "download": "?" + urlencode({**query, "format": "xlsx"}),
            "filtered": bool(request.GET),
            "others": "?" + urlencode({**query, "orang": ""}),
            "zone": tenant.time_zone,
            "most": MOST_EXPORTED,
        },
    )
